package io.reprise.cli.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.FieldList;
import io.reprise.catalog.contract.SchemaVersion;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.OutputOption;
import io.reprise.cli.shared.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = "Shows a contract, with the fields of its newest version or of another.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise contract show shop.events --catalog examples/shop --version 2"})
public final class ContractShowCommand implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SUBJECT", description = "The contract's name")
    private String subject = "";

    @Option(names = "--version", paramLabel = "N", description = "Which version (default: the newest)")
    private @Nullable Integer version;

    @Mixin
    private ContractFolder catalog = new ContractFolder();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws JsonProcessingException {
        ContractDefinition contract = catalog.contract(subject);
        SchemaVersion shown = version == null ? contract.newest() : ContractFolder.version(contract, version);
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format()) {
            case JSON -> out.println(JSON.readTree(contract.json()).toPrettyString());
            case TABLE -> table(contract, shown).print(out);
        }
        out.flush();
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
