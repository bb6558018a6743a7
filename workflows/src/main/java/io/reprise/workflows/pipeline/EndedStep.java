package io.reprise.workflows.pipeline;

import com.google.protobuf.ByteString;
import io.reprise.workflows.run.Forward;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run that has ended, as the ledger has it.
 *
 * @param outputs what it handed on, by name, as far as the ledger was told
 */
public record EndedStep(String id, Forward forward, Map<String, @Nullable Object> outputs) {

    public EndedStep {
        outputs = Values.copyOf(outputs);
    }

    /**
     * Reads one.
     *
     * @param outputs JSON object
     */
    public static EndedStep read(String id, Forward forward, Optional<String> outputs) {
        return new EndedStep(id, forward, outputs.map(EndedStep::values).orElseGet(TreeMap::new));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> values(String json) {
        Payload payload = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8(json))
                .build();
        return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, Map.class, Map.class);
    }
}
