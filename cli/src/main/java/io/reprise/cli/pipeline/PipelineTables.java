package io.reprise.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.shared.PageOption;
import io.reprise.cli.shared.Table;
import java.util.ArrayList;
import java.util.List;

/** How pipelines look to people. */
final class PipelineTables {

    private PipelineTables() {}

    static Table list(JsonNode page) {
        Table table = Table.of("NAME", "SLOT", "STARTS", "LAST", "RESULT", "DESCRIPTION");
        for (JsonNode pipeline : page.path("items")) {
            table.row(
                    pipeline.path("name").asText(),
                    pipeline.path("slot").asText(),
                    starts(pipeline),
                    pipeline.at("/last/slot").asText(),
                    pipeline.at("/last/state").asText(),
                    pipeline.path("description").asText());
        }
        return PageOption.withNext(table, page);
    }

    private static String starts(JsonNode pipeline) {
        if (pipeline.hasNonNull("schedule")) {
            return pipeline.path("schedule").asText();
        }
        List<String> after = words(pipeline.path("after"));
        return after.isEmpty() ? "when asked" : "after " + String.join(", ", after);
    }

    static Table one(JsonNode pipeline) {
        Table table = Table.card(pipeline, "name", "description", "owner", "slot", "schedule", "definition");
        table.note("").note("Steps:");
        Table steps = Table.of("ID", "NEEDS", "UNDO");
        for (JsonNode step : pipeline.path("steps")) {
            steps.row(
                    step.path("id").asText(),
                    String.join(", ", words(step.path("needs"))),
                    step.path("undo").asBoolean() ? "yes" : "");
        }
        table.then(steps);
        if (!pipeline.path("parameters").isEmpty()) {
            table.note("").note("Parameters:").then(parameters(pipeline));
        }
        if (pipeline.has("last")) {
            table.note("")
                    .note("Last:")
                    .then(Table.card(pipeline.path("last"), "slot", "state", "runId", "acceptedAt"));
        }
        return table;
    }

    private static Table parameters(JsonNode pipeline) {
        List<String> key = words(pipeline.path("key"));
        Table parameters = Table.of("NAME", "EXPECTED", "OTHERWISE", "KEY");
        for (JsonNode parameter : pipeline.path("parameters")) {
            String name = parameter.path("name").asText();
            parameters.row(
                    name,
                    parameter.path("expected").asText(),
                    parameter.path("otherwise").asText(),
                    key.contains(name) ? "yes" : "");
        }
        return parameters;
    }

    private static List<String> words(JsonNode texts) {
        List<String> words = new ArrayList<>();
        texts.forEach(text -> words.add(text.asText()));
        return words;
    }
}
