package io.reprise.cli.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.FieldList;
import io.reprise.catalog.contract.SchemaVersion;
import io.reprise.cli.shared.ApiClient;
import io.reprise.cli.shared.ApiOptions;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Shows a contract, with the fields of its newest version or of another.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise contract show shop.events --catalog examples/shop --version 2",
            "  reprise contract show shop.events --catalog examples/shop --registered",
        })
public final class ContractShowCommand implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();

    @Parameters(paramLabel = "SUBJECT", description = "The contract's name")
    private String subject = "";

    @Option(names = "--version", paramLabel = "N", description = "Which version (default: the newest)")
    private @Nullable Integer version;

    @Mixin
    private ContractFolder catalog = new ContractFolder();

    @Option(
            names = "--registered",
            description = "What the server's registry has of it instead, and where that is not what the folder has")
    private boolean registered;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Override
    public Integer call() throws JsonProcessingException {
        if (registered) {
            return registered();
        }
        ContractDefinition contract = catalog.contract(subject);
        SchemaVersion shown = version == null ? contract.newest() : ContractFolder.version(contract, version);
        api.print(JSON.readTree(contract.json()), _ -> table(contract, shown));
        return ExitCode.DONE.code();
    }

    private int registered() {
        if (version != null) {
            throw new CommandFailed(
                    ExitCode.USAGE, "found --version " + version + " beside --registered (expected: one of them)");
        }
        Optional<ContractDefinition> contract = catalog.find(subject);
        JsonNode answer = api.client().get("/contracts/" + ApiClient.segment(subject));
        RegisteredContract found = RegisteredContract.of(answer, contract);
        api.print(found.document(), _ -> found.table(catalog.folder()));
        return ExitCode.DONE.code();
    }

    private static Table table(ContractDefinition contract, SchemaVersion shown) {
        Table card = Table.of();
        card.row("SUBJECT", contract.subject().value());
        card.row("TOPIC", contract.topic());
        contract.owner().ifPresent(it -> card.row("OWNER", it));
        contract.description().ifPresent(it -> card.row("DESCRIPTION", it));
        card.row("COMPATIBILITY", contract.compatibility().name());
        contract.key().ifPresent(it -> card.row("KEY", it));
        contract.eventTime().ifPresent(it -> card.row("EVENT TIME", it));
        card.row("VERSION", shown.version() + " of " + contract.newest().version());
        Table fields = Table.of("FIELD", "TYPE", "DEFAULT", "TAGS", "DOC");
        for (FieldList.Described field : FieldList.of(shown)) {
            fields.row(
                    field.path(),
                    field.type(),
                    field.fallback().orElse(""),
                    String.join(", ", contract.tags().getOrDefault(field.path(), List.of())),
                    field.doc().orElse(""));
        }
        return card.then(fields);
    }
}
