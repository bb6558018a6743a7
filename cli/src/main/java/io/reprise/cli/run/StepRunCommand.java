package io.reprise.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Runs one step of a pipeline on its database, shows what it did, and rolls it back.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "It leaves no run, no fence and no rows; exit 3 where its run would be refused.",
            "",
            "Examples:",
            "  reprise step run daily-aggregation capture --slot 2026-11-19 --rollback",
            "  reprise step run price-change change --param batch=autumn --output-of capture.rows=1000 --rollback",
        })
public final class StepRunCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the pipeline")
    private String name = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "The id of the step")
    private String step = "";

    @Option(names = "--slot", paramLabel = "SLOT", description = "Which one (default: the newest that has ended)")
    private @Nullable String slot;

    @Option(names = "--param", paramLabel = "KEY=VALUE", description = "A parameter of the run")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--output-of",
            paramLabel = "STEP.NAME=VALUE",
            description = "What a step before it hands on (default: what it did in the newest run of the slot)")
    private Map<String, String> outputs = new LinkedHashMap<>();

    @Option(names = "--explain", description = "Show how the database runs each statement")
    private boolean explain;

    @Option(names = "--rollback", description = "Take back all that it does; it is not run otherwise")
    private boolean rollback;

    @Override
    public Integer call() {
        if (!rollback) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A step is run by itself only to be rolled back: say --rollback (expected for a run that stays:"
                            + " reprise pipeline run " + name + " --step " + step + ")");
        }
        JsonNode trial = api.client()
                .post(
                        "/pipelines/" + ApiClient.segment(name) + "/steps/" + ApiClient.segment(step) + "/try",
                        request());
        api.print(trial, StepRunCommand::shown);
        return (trial.has("refusal") ? ExitCode.REFUSED : ExitCode.DONE).code();
    }

    private ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (slot != null) {
            request.put("slot", slot);
        }
        ObjectNode given = request.putObject("parameters");
        parameters.forEach(given::put);
        ObjectNode handed = request.putObject("outputs");
        outputs.forEach(handed::put);
        if (explain) {
            request.put("explain", "true");
        }
        return request;
    }

    private static Table shown(JsonNode trial) {
        Table table = Table.of("ROWS", "MS", "STATEMENT");
        for (JsonNode statement : trial.path("statements")) {
            table.row(
                    statement.path("rows").asText(),
                    statement.path("millis").asText(),
                    statement.path("text").asText().replaceAll("\\s+", " "));
            statement.path("plan").asText("").lines().forEach(line -> table.row("", "", "  " + line));
        }
        for (JsonNode check : trial.path("checks")) {
            table.note("check " + check.path("name").asText() + ": "
                    + check.path("offending").asText() + " offending");
            check.path("first").forEach(row -> table.note("  " + row));
        }
        trial.path("outputs")
                .properties()
                .forEach(output -> table.note(
                        "output " + output.getKey() + " = " + output.getValue().asText()));
        table.note(trial.has("refusal") ? "refused: " + trial.path("refusal").asText() : "its run would go on");
        return table.note("rolled back: nothing of it stays");
    }
}
