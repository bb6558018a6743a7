package io.reprise.cli.backfill;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which slots of which pipeline, and how: use it as a mixin. */
final class BackfillBounds {

    private static final JsonMapper JSON = new JsonMapper();

    @Parameters(paramLabel = "NAME", description = "The name of the pipeline")
    private String pipeline = "";

    @Option(names = "--from", paramLabel = "SLOT", required = true, description = "The first slot, which is included")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "SLOT",
            required = true,
            description = "The last slot, which is included; a month stands for all its days")
    private String to = "";

    @Option(
            names = "--policy",
            paramLabel = "none|failed|all",
            description =
                    "Which slots that have a run are run again: none of them (default), those that failed, or all")
    private @Nullable String policy;

    @Option(
            names = "--order",
            paramLabel = "oldest|newest",
            description = "Which slots are run first (default: oldest)")
    private @Nullable String order;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many slots at once (default: as many as the pipeline allows)")
    private @Nullable Integer parallel;

    @Option(
            names = "--definition",
            paramLabel = "current|as-of",
            description = "What the pipeline is now (default), or what it was when each slot ended")
    private @Nullable String definition;

    @Option(names = "--steps", paramLabel = "STEP", split = ",", description = "Only these steps")
    private List<String> steps = List.of();

    @Option(names = "--param", paramLabel = "KEY=VALUE", description = "A parameter of all runs")
    private Map<String, String> parameters = new LinkedHashMap<>();

    ObjectNode request() {
        ObjectNode request = JSON.createObjectNode()
                .put("pipeline", pipeline)
                .put("from", from)
                .put("to", to);
        put(request, "policy", policy);
        put(request, "order", order);
        put(request, "definition", definition);
        if (parallel != null) {
            request.put("parallel", parallel);
        }
        steps.forEach(step -> request.withArray("steps").add(step));
        parameters.forEach((key, text) -> request.withObject("/parameters").put(key, text));
        return request;
    }

    private static void put(ObjectNode request, String name, @Nullable String text) {
        if (text != null) {
            request.put(name, text);
        }
    }
}
