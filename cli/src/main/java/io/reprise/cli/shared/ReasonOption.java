package io.reprise.cli.shared;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --reason} of what an operator may explain: use it as a mixin. */
public final class ReasonOption {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stays in the operators' audit")
    private @Nullable String reason;

    public ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        return body;
    }
}
