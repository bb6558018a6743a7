package io.reprise.cli.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.run.RunBeginning;
import io.reprise.cli.shared.ApiOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = "Runs a pipeline for a slot. The same slot and key are the same run: asking again is harmless.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise pipeline run daily-aggregation --slot 2026-11-19 --wait",
            "  reprise pipeline run price-change --param batch=autumn --param percent=5",
        })
public final class PipelineRunCommand implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private RunBeginning beginning = new RunBeginning();

    @Parameters(paramLabel = "NAME", description = "The name of the pipeline")
    private String name = "";

    @Option(names = "--slot", paramLabel = "SLOT", description = "Which one (default: the newest that has ended)")
    private @Nullable String slot;

    @Option(names = "--param", paramLabel = "KEY=VALUE", description = "A parameter of the run")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--step", paramLabel = "ID", description = "Only these steps; may be given more than once")
    private List<String> steps = new ArrayList<>();

    @Override
    public Integer call() {
        return beginning.ask(api, request());
    }

    private ObjectNode request() {
        ObjectNode request = JSON.createObjectNode().put("kind", "pipeline").put("name", name);
        if (slot != null) {
            request.put("slot", slot);
        }
        ObjectNode given = request.putObject("parameters");
        parameters.forEach(given::put);
        if (!steps.isEmpty()) {
            ArrayNode wanted = request.putArray("steps");
            steps.forEach(wanted::add);
        }
        return request;
    }
}
