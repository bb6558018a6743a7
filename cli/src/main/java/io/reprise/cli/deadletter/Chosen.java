package io.reprise.cli.deadletter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which letters to decide: use it as a mixin. */
final class Chosen {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids of dead letters")
    private List<String> ids = List.of();

    @Option(
            names = "--fingerprint",
            paramLabel = "TEXT",
            description = "Instead of ids: the open ones that fail alike, at most 500 at once")
    private @Nullable String fingerprint;

    @Option(names = "--trigger", paramLabel = "NAME", description = "With --fingerprint: only of this trigger")
    private @Nullable String trigger;

    @Option(names = "--dry-run", description = "Only tell what would become of them")
    private boolean dryRun;

    ObjectNode request() {
        if (ids.isEmpty() == (fingerprint == null)) {
            throw new CommandFailed(ExitCode.USAGE, "say either ids or --fingerprint");
        }
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
        if (fingerprint == null) {
            ids.forEach(request.withArray("ids")::add);
            return request;
        }
        request.put("fingerprint", fingerprint);
        if (trigger != null) {
            request.put("trigger", trigger);
        }
        return request;
    }
}
