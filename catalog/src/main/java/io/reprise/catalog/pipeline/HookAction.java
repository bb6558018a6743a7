package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a hook does. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HookAction.Log.class, name = "log"),
    @JsonSubTypes.Type(value = HookAction.Command.class, name = "command"),
    @JsonSubTypes.Type(value = HookAction.Notify.class, name = "notify")
})
public sealed interface HookAction {

    /** Writes a line to the log of the run. */
    record Log(String text) implements HookAction {}

    /** Runs a command of the operating system, which is told of the run by its environment. */
    record Command(List<String> words) implements HookAction {
        public Command {
            words = List.copyOf(words);
        }
    }

    /** Tells a channel. Until channels are delivered it is recorded in the ledger and in the log. */
    record Notify(String channel) implements HookAction {}
}
