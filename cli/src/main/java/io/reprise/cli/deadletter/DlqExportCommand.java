package io.reprise.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Query;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Writes dead letters with all of their bytes, in base64, the newest first.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  reprise dlq export --status OPEN --trigger day-closed > letters.ndjson",
        })
public final class DlqExportCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "/id",
            "/trigger",
            "/status",
            "/code",
            "/message",
            "/fingerprint",
            "/source/topic",
            "/source/topicId",
            "/source/partition",
            "/source/offset",
            "/source/timestamp",
            "/key/base64",
            "/value/base64",
            "/attempts",
            "/createdAt");

    /** How a letter is written. */
    enum Form {
        NDJSON,
        CSV
    }

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "ndjson",
            description = "ndjson or csv (default: ndjson, a letter a line)")
    private Form form = Form.NDJSON;

    @Option(names = "--status", paramLabel = "WORD", description = "OPEN, REPLAYED or DISCARDED")
    private @Nullable String status;

    @Option(names = "--trigger", paramLabel = "NAME", description = "Only of this trigger")
    private @Nullable String trigger;

    @Option(names = "--fingerprint", paramLabel = "TEXT", description = "Only those that fail alike")
    private @Nullable String fingerprint;

    @Override
    public Integer call() {
        if (form == Form.CSV) {
            line(COLUMNS.stream().map(DlqExportCommand::title).collect(Collectors.joining(",")));
        }
        @Nullable String cursor = null;
        do {
            JsonNode page = api.client().get("/dead-letters/export" + query(cursor));
            page.path("items").forEach(letter -> line(written(letter)));
            cursor = page.hasNonNull("next") ? page.path("next").asText() : null;
        } while (cursor != null);
        api.out().flush();
        return ExitCode.DONE.code();
    }

    private Query query(@Nullable String cursor) {
        return new Query()
                .with("status", status)
                .with("trigger", trigger)
                .with("fingerprint", fingerprint)
                .with("limit", 50)
                .with("cursor", cursor);
    }

    private String written(JsonNode letter) {
        return switch (form) {
            case NDJSON -> letter.toString();
            case CSV ->
                COLUMNS.stream()
                        .map(column -> quoted(letter.at(column).asText("")))
                        .collect(Collectors.joining(","));
        };
    }

    private static String title(String column) {
        return column.substring(1).replace('/', '_');
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(it -> it == ',' || it == '"' || it == '\n' || it == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void line(String text) {
        api.out().print(text + "\n");
    }
}
