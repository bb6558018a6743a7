package io.reprise.cli.catalog;

import io.reprise.catalog.schema.CatalogSchema;
import io.reprise.cli.shared.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        description = "Prints the JSON Schema of one kind of file, with which editors complete and check it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  reprise catalog schema                     the kinds",
            "  reprise catalog schema pipeline > pipeline.schema.json",
        })
public final class CatalogSchemaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description =
                    "One of connections, environment, pipeline, test, contract, trigger, stream; without it, the kinds are"
                            + " listed")
    private @Nullable CatalogSchema kind;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (kind == null) {
            for (CatalogSchema schema : CatalogSchema.values()) {
                out.println(schema.kind() + "  " + schema.file());
            }
        } else {
            out.print(kind.text());
        }
        out.flush();
        return ExitCode.DONE.code();
    }
}
