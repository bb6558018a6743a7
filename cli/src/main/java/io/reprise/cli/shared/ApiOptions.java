package io.reprise.cli.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command that talks to the api has: where it is, and how to print what it answered. Use it as a mixin. */
public final class ApiOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:REPRISE_URL:-http://127.0.0.1:8080}",
            description = "Where the api is (default: REPRISE_URL, else http://127.0.0.1:8080)")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Mixin
    private OutputOption output = new OutputOption();

    public ApiClient client() {
        return new ApiClient(url, token(), System.getProperty("user.name", "unnamed"));
    }

    /** Prints the answer as one JSON document, or as the table that it makes. */
    public void print(JsonNode answer, Function<JsonNode, Table> table) {
        PrintWriter out = out();
        switch (output.format()) {
            case JSON -> out.println(pretty(answer));
            case TABLE -> table.apply(answer).print(out);
        }
        out.flush();
    }

    /** A line for people; scripts get JSON only. */
    public void say(String line) {
        if (output.format() == OutputFormat.TABLE) {
            out().println(line);
            out().flush();
        }
    }

    public PrintWriter out() {
        return command.commandLine().getOut();
    }

    public OutputFormat format() {
        return output.format();
    }

    private static String pretty(JsonNode answer) {
        try {
            return ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot print what was read as JSON", e);
        }
    }

    /** What this process says to the api that it is allowed to. */
    public static Optional<String> token() {
        Optional<String> given = Optional.ofNullable(System.getenv("REPRISE_TOKEN"));
        return given.isPresent()
                ? given
                : Optional.ofNullable(System.getenv("REPRISE_TOKEN_FILE")).map(file -> read(Path.of(file)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the token of REPRISE_TOKEN_FILE=" + file, e);
        }
    }
}
