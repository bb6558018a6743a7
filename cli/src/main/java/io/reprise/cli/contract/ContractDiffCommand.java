package io.reprise.cli.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.FieldList;
import io.reprise.cli.shared.ExitCode;
import io.reprise.cli.shared.OutputOption;
import io.reprise.cli.shared.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = "Shows which fields differ between two versions of a contract.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  reprise contract diff shop.events 1 3 --catalog examples/shop"})
public final class ContractDiffCommand implements Callable<Integer> {

    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "The contract's name")
    private String subject = "";

    @Parameters(index = "1", paramLabel = "A", description = "One version")
    private int before;

    @Parameters(index = "2", paramLabel = "B", description = "The other")
    private int after;

    @Mixin
    private ContractFolder catalog = new ContractFolder();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        ContractDefinition contract = catalog.contract(subject);
        List<FieldList.Change> changes =
                FieldList.between(ContractFolder.version(contract, before), ContractFolder.version(contract, after));
        PrintWriter out = spec.commandLine().getOut();
        switch (output.format()) {
            case JSON -> out.println(json(changes));
            case TABLE -> table(changes).print(out);
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private Table table(List<FieldList.Change> changes) {
        Table table = Table.of("FIELD", "VERSION " + before, "VERSION " + after);
        changes.forEach(change -> table.row(
                change.path(), change.before().orElse("-"), change.after().orElse("-")));
        return changes.isEmpty() ? table.note("no field differs") : table;
    }

    private String json(List<FieldList.Change> changes) {
        ObjectNode document = JSON.createObjectNode();
        document.put("subject", subject).put("before", before).put("after", after);
        var list = document.putArray("changes");
        for (FieldList.Change change : changes) {
            ObjectNode node = list.addObject().put("path", change.path());
            change.before().ifPresent(it -> node.put("before", it));
            change.after().ifPresent(it -> node.put("after", it));
        }
        return document.toPrettyString();
    }
}
