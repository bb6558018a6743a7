package io.reprise.cli.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "balance",
        description = {
            "Proves what became of each record: reads again what Kafka has, and holds it against what was counted,",
            "what the tables have, and which dead letters are kept, by partition and day."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit 3 where they differ. It takes about as long as reading the topic.",
            "",
            "Example:",
            "  reprise stream balance events"
        })
public final class StreamBalanceCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the stream")
    private String name = "";

    @Override
    public Integer call() {
        ApiClient client = api.client();
        String path = "/streams/" + ApiClient.segment(name) + "/balance";
        JsonNode balance = client.post(path, JsonNodeFactory.instance.objectNode());
        while (!balance.path("done").asBoolean()) {
            balance = client.get(
                    path + "/" + ApiClient.segment(balance.path("balanceId").asText()));
        }
        api.print(balance, StreamTables::balance);
        return balance.path("balanced").asBoolean() ? ExitCode.DONE.code() : ExitCode.REFUSED.code();
    }
}
