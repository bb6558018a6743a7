package io.reprise.cli.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.ExitCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        description =
                "Makes a catalog the current one, for new runs. What it does not have is removed. Repeating it is harmless.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise catalog apply examples/shop",
            "  reprise catalog apply examples/shop --env production --revision 7",
        })
public final class CatalogApplyCommand implements Callable<Integer> {

    @Mixin
    private CatalogSource catalog = new CatalogSource();

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = "--revision",
            paramLabel = "N",
            description = "Only if nobody changed the catalog since a plan told this revision")
    private @Nullable Long revision;

    @Override
    public Integer call() {
        ApiClient client = api.client();
        ObjectNode request = catalog.read("apply", client);
        if (revision != null) {
            request.put("revision", Long.toString(revision));
        }
        api.print(client.post("/catalog/apply", request), CatalogTables::plan);
        return ExitCode.DONE.code();
    }
}
