package io.reprise.workflows.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.ByteString;
import io.reprise.workflows.run.RunInput;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a pipeline was accepted with.
 *
 * @param definition SHA-256 of the definition's text, in hex
 * @param slot null for a pipeline that stands for no time
 * @param inherited the steps that an earlier generation did, where it is repeated from a step
 * @param only ids of the steps that are wanted; all of them where empty
 */
public record PipelineInput(
        String definition,
        Plan plan,
        @Nullable SlotValue slot,
        Map<String, @Nullable Object> parameters,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Inherited> inherited,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> only) {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public PipelineInput {
        if (!HASH.matcher(definition).matches()) {
            throw new IllegalArgumentException(
                    "cannot run definition '" + definition + "' (expected: a SHA-256 in hex)");
        }
        parameters = Values.copyOf(parameters);
        inherited = inherited == null ? List.of() : List.copyOf(inherited);
        only = only == null ? List.of() : List.copyOf(only);
        List<String> ids = plan.steps().stream().map(PlannedStep::id).toList();
        inherited.forEach(kept -> requireStep(kept.step(), ids));
        only.forEach(id -> requireStep(id, ids));
    }

    private static void requireStep(String id, List<String> ids) {
        if (!ids.contains(id)) {
            throw PlannedStep.refused(id, "it is wanted or inherited, but is no step", "one of " + ids);
        }
    }

    /** All steps, from the first on. */
    public static PipelineInput of(
            String definition,
            Plan plan,
            @Nullable SlotValue slot,
            Map<String, ? extends @Nullable Object> parameters) {
        return new PipelineInput(definition, plan, slot, Values.copyOf(parameters), List.of(), List.of());
    }

    public PipelineInput inheriting(List<Inherited> steps) {
        return new PipelineInput(definition, plan, slot, parameters, steps, only);
    }

    public PipelineInput only(List<String> steps) {
        return new PipelineInput(definition, plan, slot, parameters, inherited, steps);
    }

    /** The one text of this input. Its hash decides what is the same run: never change how it is written. */
    public RunInput canonical() {
        Payload payload = DefaultDataConverter.STANDARD_INSTANCE
                .toPayload(this)
                .orElseThrow(() -> new IllegalStateException("an input is never nothing"));
        return new RunInput(payload.getData().toStringUtf8());
    }

    /** Reads what {@link #canonical()} wrote. */
    public static PipelineInput read(RunInput input) {
        Payload payload = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8(input.json()))
                .build();
        return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, PipelineInput.class, PipelineInput.class);
    }
}
