package io.reprise.bench.shared;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command as a person starts it: {@code ./reprise} of the repository. */
public final class Launcher {

    private final Path script;

    private Launcher(Path script) {
        this.script = script;
    }

    /**
     * That of a checkout.
     *
     * @param root of the repository
     */
    public static Launcher of(Path root) {
        Path script = root.resolve("reprise").toAbsolutePath().normalize();
        if (!Files.isExecutable(script)) {
            throw new IllegalArgumentException("cannot measure what a person starts: found no launcher " + script
                    + " (expected: the repository's ./reprise)");
        }
        return new Launcher(script);
    }

    /** How long a short command takes from its start to its end, which must be a good one. */
    public double secondsOf(String... arguments) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int exit = command(arguments).redirectOutput(Redirect.DISCARD).start().waitFor();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException(
                    "cannot measure reprise " + String.join(" ", arguments) + ": it ended with " + exit);
        }
        return seconds;
    }

    /** Errors go where the output goes. */
    public ProcessBuilder command(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = script.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
