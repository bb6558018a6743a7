package io.reprise.cli.shared;

import picocli.CommandLine.Option;

/** The {@code --output} of every command that prints what it found: use it as a mixin. */
public final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print: a table for people, or one JSON document (default: ${DEFAULT-VALUE})")
    private OutputFormat format = OutputFormat.TABLE;

    public OutputFormat format() {
        return format;
    }
}
