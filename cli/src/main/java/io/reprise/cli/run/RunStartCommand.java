package io.reprise.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.InputFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        description = "Starts a run. Starting the same one again is harmless.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise run start order/o-1001 --input order.json --wait",
            "  reprise run start order/o-1002 --param accountId=acc-1 --param currency=EUR \\",
            "      --param 'lines=[{\"sku\":\"sku-101\",\"quantity\":2,\"unitPriceMinor\":1250}]'",
            "  reprise run start pipeline/daily-aggregation --slot 2026-11-19 --param region=US",
        })
public final class RunStartCommand implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ObjectReader WHOLE = JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private RunBeginning beginning = new RunBeginning();

    @Parameters(paramLabel = "KIND/NAME", description = "What to start, such as order/o-1001")
    private String target = "";

    @Option(names = "--input", paramLabel = "FILE|-", description = "A JSON object: the input of the run")
    private @Nullable String input;

    @Option(
            names = "--param",
            paramLabel = "KEY=VALUE",
            description =
                    "A parameter of a pipeline; else a member of the input, as JSON or as plain text, over the file's")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--slot", paramLabel = "SLOT", description = "Of a pipeline (default: the newest that has ended)")
    private @Nullable String slot;

    @Override
    public Integer call() {
        return beginning.ask(api, request());
    }

    private ObjectNode request() {
        int slash = target.indexOf('/');
        if (slash < 1 || slash == target.length() - 1) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot start '" + target + "' (expected: KIND/NAME, such as order/o-1001)");
        }
        String kind = target.substring(0, slash);
        String name = target.substring(slash + 1);
        ObjectNode request = JSON.createObjectNode().put("kind", kind).put("name", name);
        if (slot != null) {
            request.put("slot", slot);
        }
        String member = kind.equals("pipeline") ? "parameters" : "input";
        return request.set(member, input(kind, name));
    }

    private ObjectNode input(String kind, String name) {
        ObjectNode object = input == null ? JSON.createObjectNode() : InputFile.object(input);
        parameters.forEach(
                (key, text) -> object.set(key, kind.equals("pipeline") ? TextNode.valueOf(text) : value(text)));
        if (kind.equals("order") && !object.has("orderId")) {
            object.put("orderId", name);
        }
        return object;
    }

    private static JsonNode value(String text) {
        try {
            return WHOLE.readTree(text);
        } catch (JsonProcessingException plain) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
