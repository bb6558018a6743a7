package io.reprise.cli;

import java.util.List;
import picocli.CommandLine;

/** Runs short commands one after the other while a build watches: what they load starts fast from then on. */
final class Rehearsal {

    private static final List<String> HELP = List.of("--help");

    private Rehearsal() {}

    /**
     * Ends well whatever the commands say.
     *
     * @param arguments a catalog's folder
     */
    public static void main(String[] arguments) {
        for (List<String> command : List.of(HELP, List.of("contract", "check", arguments[0]))) {
            CommandLine reprise = Verbs.addedTo(new CommandLine(new Main()), command::contains);
            Main.configured(reprise).execute(command.toArray(String[]::new));
        }
    }
}
