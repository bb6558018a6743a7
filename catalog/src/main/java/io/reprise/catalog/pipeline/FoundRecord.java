package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.catalog.shared.DefinitionText;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.workflows.pipeline.StepResult;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The record that a step waited for, as it is kept until its run was told.
 *
 * @param offset where it stands in the partition
 * @param outputs what was captured of it; null where it has nothing there
 * @param unusable why that cannot be handed on, in words
 */
public record FoundRecord(
        String topicId,
        int partition,
        long offset,
        @JsonInclude Map<String, @Nullable Object> outputs,
        Optional<String> unusable) {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private static final int SAFE_DIGITS = 15;

    public FoundRecord {
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
    }

    /** Takes of a record what is wanted. */
    static FoundRecord of(String topicId, int partition, long offset, Json value, Map<String, RecordPath> capture) {
        Map<String, @Nullable Object> outputs = new TreeMap<>();
        for (Map.Entry<String, RecordPath> wanted : capture.entrySet()) {
            Optional<Json> found = wanted.getValue().in(value);
            Optional<Object> scalar = found.flatMap(FoundRecord::scalar);
            if (found.isPresent() && scalar.isEmpty()) {
                String words = "cannot take '" + wanted.getKey() + "' from offset " + offset + " of partition "
                        + partition
                        + ": it has " + found.get().words() + " at " + wanted.getValue()
                        + " (expected: a number, a truth value, or a text of at most " + StepResult.MOST_BYTES_OF_ONE
                        + " bytes)";
                return new FoundRecord(topicId, partition, offset, Map.of(), Optional.of(words));
            }
            outputs.put(wanted.getKey(), scalar.orElse(null));
        }
        return new FoundRecord(topicId, partition, offset, outputs, Optional.empty());
    }

    private static Optional<Object> scalar(Json found) {
        return switch (found) {
            case Json.Text(String text) -> Optional.<Object>of(text).filter(any -> isSmall(text));
            case Json.Truth(boolean value) -> Optional.of(value);
            case Json.Numeral numeral -> number(numeral).filter(any -> isSmall(numeral.written()));
            case Json.Members _, Json.Items _, Json.Nothing _ -> Optional.empty();
        };
    }

    private static boolean isSmall(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= StepResult.MOST_BYTES_OF_ONE;
    }

    /** As it was written where no other form of it is exact everywhere. */
    private static Optional<Object> number(Json.Numeral found) {
        if (WHOLE.matcher(found.written()).matches()) {
            return Optional.of(Long.valueOf(found.written()));
        }
        return found.number().<Object>map(decimal -> isExact(decimal) ? decimal : found.written());
    }

    private static boolean isExact(BigDecimal decimal) {
        return decimal.precision() <= SAFE_DIGITS && decimal.scale() <= SAFE_DIGITS && decimal.scale() >= -SAFE_DIGITS;
    }

    /** The one text of it. */
    public String json() {
        return DefinitionText.write(this);
    }

    public static FoundRecord fromJson(String text) {
        return DefinitionText.read(text, FoundRecord.class, "a record that was found");
    }
}
