package io.reprise.cli.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.reprise.cli.run.Wait;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.InputFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "place",
        description = "Places an order from a JSON file, or from standard input. Placing it again is harmless.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  echo '{\"orderId\":\"o-1001\",\"accountId\":\"acc-1\",\"currency\":\"EUR\",",
            "         \"lines\":[{\"sku\":\"sku-101\",\"quantity\":2,\"unitPriceMinor\":1250}]}' \\",
            "    | reprise order place - --wait",
        })
public final class OrderPlaceCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Mixin
    private Wait wait = new Wait();

    @Parameters(paramLabel = "FILE|-", description = "The order as JSON")
    private String file = "-";

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Makes a repeated command the same request for 7 days")
    private @Nullable String idempotencyKey;

    @Override
    public Integer call() {
        ApiClient client = api.client();
        JsonNode order = client.post("/orders", InputFile.bytes(file), Optional.ofNullable(idempotencyKey));
        if (!wait.isAsked()) {
            api.print(order, OrderTable::of);
            return ExitCode.DONE.code();
        }
        String id = order.path("orderId").asText();
        JsonNode ended = wait.untilEnded(client, order.path("runId").asText());
        api.print(client.get("/orders/" + ApiClient.segment(id)), OrderTable::of);
        return Wait.exitCode(ended);
    }
}
