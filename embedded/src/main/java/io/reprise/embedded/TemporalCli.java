package io.reprise.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporal's command line program.
 *
 * @param serverVersion the version of the server inside, which decides the format of the data
 */
record TemporalCli(Path program, String serverVersion) {

    private static final Pattern SERVER = Pattern.compile("\\(Server ([0-9A-Za-z.-]+)");
    private static final long ANSWER_SECONDS = 20;

    static Optional<TemporalCli> at(Path program) {
        if (!Files.isExecutable(program) || Files.isDirectory(program)) {
            return Optional.empty();
        }
        Matcher version = SERVER.matcher(versionOf(program));
        return version.find() ? Optional.of(new TemporalCli(program, version.group(1))) : Optional.empty();
    }

    private static String versionOf(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            asked.getOutputStream().close();
            if (!asked.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                asked.destroyForcibly();
                return "";
            }
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notAProgram) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
