package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step waits for. <code>{name}</code> in paths, addresses and what records must
 * have stands for the value of that name. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WaitFor.Rows.class, name = "sql"),
    @JsonSubTypes.Type(value = WaitFor.File.class, name = "file"),
    @JsonSubTypes.Type(value = WaitFor.Answer.class, name = "http"),
    @JsonSubTypes.Type(value = WaitFor.Run.class, name = "run"),
    @JsonSubTypes.Type(value = WaitFor.Topic.class, name = "topic"),
    @JsonSubTypes.Type(value = WaitFor.Approval.class, name = "approval")
})
public sealed interface WaitFor {

    /** Until a query answers a row. */
    record Rows(String connection, SqlSource sql, List<Output> outputs) implements WaitFor {
        public Rows {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Until a file is there.
     *
     * @param path of a file; {@code *} and {@code ?} in its last part match any
     * @param least how many bytes it must have
     * @param still for how long it must not have changed
     */
    record File(String path, long least, Duration still) implements WaitFor {}

    /**
     * Until a GET of an address is answered so.
     *
     * @param contains a text that must stand in the answer
     */
    record Answer(String url, int status, Optional<String> contains) implements WaitFor {}

    /** Until the run of another pipeline for the same slot has succeeded. */
    record Run(String pipeline, Map<String, Object> parameters) implements WaitFor {
        public Run {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Until a record is in a topic. */
    record Topic(AwaitedRecord record, Since since) implements WaitFor {}

    /** Until a person says yes. */
    record Approval(Optional<String> message) implements WaitFor {}
}
