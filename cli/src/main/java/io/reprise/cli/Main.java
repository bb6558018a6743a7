package io.reprise.cli;

import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code reprise} command. A new verb is a class of its own and one line in {@link Verbs}. */
@Command(
        name = "reprise",
        description = "Runs business and data workflows whose steps happen once and can be undone.",
        mixinStandardHelpOptions = true,
        version = "reprise 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    public static void main(String[] arguments) {
        CommandLine command = Verbs.addedTo(new CommandLine(new Main()), List.of(arguments)::contains);
        System.exit(configured(command).execute(arguments));
    }

    /** The command with all of its verbs unfolded. */
    public static CommandLine commandLine() {
        return configured(Verbs.addedTo(new CommandLine(new Main()), _ -> true));
    }

    static CommandLine configured(CommandLine command) {
        return command.setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(Main::exitCodeOf)
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    report(failure, failed);
                    return exitCodeOf(failure);
                });
    }

    private static void report(Exception failure, CommandLine command) {
        command.getErr().println("reprise: " + failure.getMessage());
        if (!(failure instanceof CommandFailed)) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
    }

    private static int exitCodeOf(Throwable failure) {
        if (failure instanceof CommandFailed failed) {
            return failed.exitCode().code();
        }
        return failure instanceof ParameterException ? ExitCode.USAGE.code() : ExitCode.FAILED.code();
    }
}
