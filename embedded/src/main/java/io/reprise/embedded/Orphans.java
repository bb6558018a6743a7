package io.reprise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Server processes that outlived a killed parent. They are known by the data folder among their
 * arguments. */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private Orphans() {}

    static List<ProcessHandle> using(String program, Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .map(Path::of)
                        .map(Path::getFileName)
                        .filter(name -> name.toString().startsWith(program))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> Arrays.stream(arguments).anyMatch(argument -> isIn(folder, argument)))
                        .isPresent())
                .toList();
    }

    private static boolean isIn(Path folder, String argument) {
        return argument.equals(folder.toString()) || argument.startsWith(folder + "/");
    }

    /** The caller owns the data folder, so nobody alive misses the process. */
    static void end(String program, Path folder) {
        for (ProcessHandle orphan : using(program, folder)) {
            LOG.info("{} (process {}) was left behind in {}: ending it", program, orphan.pid(), folder);
            stop(orphan, "INT");
        }
    }

    /** Asks with the signal, waits, and kills what did not listen. */
    static void stop(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + signal + " to process " + process.pid(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot await the end of process " + process.pid(), e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
