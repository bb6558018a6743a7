package io.reprise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine reprise =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void helpNamesEveryCommandAndEndsWellAndQuietly() {
        assertThat(reprise.execute("--help")).isEqualTo(ExitCode.DONE.code());
        assertThat(out.toString()).contains(reprise.getSubcommands().keySet());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aWrongWordIsAnsweredWithTheUsage() {
        assertThat(reprise.execute("devv")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("devv");
        assertThat(reprise.execute()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void aCommandThatFailsSaysOneSentenceAndItsCode() {
        CommandLine refusing = Main.configured(new CommandLine(new Refusing())).setErr(new PrintWriter(err));

        assertThat(refusing.execute()).isEqualTo(ExitCode.REFUSED.code());
        assertThat(err.toString().trim()).isEqualTo("reprise: not today");
    }

    @Command(name = "refuse")
    private static final class Refusing implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new CommandFailed(ExitCode.REFUSED, "not today");
        }
    }
}
