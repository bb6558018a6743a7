package io.reprise.catalog.trigger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.reprise.catalog.shared.RecordPath;

/** Where a value of a run comes from. In a definition it stands as people wrote it. */
sealed interface RecordValue {

    /** As it is written: the constant, <code>$.path</code> or <code>@fact</code>. */
    @JsonValue
    Object written();

    /** The same in every run. */
    record Constant(Object value) implements RecordValue {
        @Override
        public Object written() {
            return value;
        }
    }

    /** What stands at a path of the record. */
    record At(RecordPath path) implements RecordValue {
        @Override
        public Object written() {
            return path.toString();
        }
    }

    record About(RecordFact fact) implements RecordValue {
        @Override
        public Object written() {
            return fact.word();
        }
    }

    @JsonCreator
    static RecordValue of(Object written) {
        if (!(written instanceof String text)) {
            return new Constant(written);
        }
        if (text.startsWith("$")) {
            return new At(RecordPath.of(text));
        }
        if (text.startsWith(RecordFact.SIGN)) {
            return new About(RecordFact.of(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "cannot tell '" + text + "' of a record (expected: one of " + RecordFact.words() + ")")));
        }
        return new Constant(text);
    }
}
