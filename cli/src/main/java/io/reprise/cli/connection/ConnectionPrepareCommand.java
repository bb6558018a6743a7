package io.reprise.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "prepare",
        description = "Makes the tables that fences need, through a worker that serves the connection.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The first step that uses a connection does the same. Exit 3 where a probe found that a fence does not hold.",
            "",
            "Examples:",
            "  reprise connection prepare warehouse",
            "  reprise connection prepare warehouse --probe",
            "  reprise connection prepare warehouse --ddl",
        })
public final class ConnectionPrepareCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(paramLabel = "NAME", description = "The name of the connection")
    private String name = "";

    @ArgGroup
    private @Nullable More more;

    /** At most one of them. */
    static final class More {
        @Option(names = "--probe", description = "Find out on the server itself what may be promised of it")
        private boolean probe;

        @Option(names = "--ddl", description = "Show the statements instead, for whoever may run them")
        private boolean ddl;

        private String how() {
            if (probe) {
                return "probe";
            }
            return ddl ? "ddl" : "kit";
        }
    }

    @Override
    public Integer call() {
        JsonNode prepared = api.client()
                .post(
                        "/connections/" + ApiClient.segment(name) + "/prepare",
                        JsonNodeFactory.instance.objectNode().put("how", how()));
        api.print(prepared, how().equals("ddl") ? ConnectionTables::ddl : ConnectionTables::prepared);
        return prepared.path("guarantee").asText("fenced").equals("fenced")
                ? ExitCode.DONE.code()
                : ExitCode.REFUSED.code();
    }

    private String how() {
        More chosen = more;
        return chosen == null ? "kit" : chosen.how();
    }
}
