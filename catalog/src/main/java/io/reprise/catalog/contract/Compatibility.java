package io.reprise.catalog.contract;

import java.util.Arrays;
import java.util.List;

/** Whom a new version of a schema must leave whole. */
public enum Compatibility {
    /** Nobody. */
    NONE(false, false, false),
    /** Readers of a version, who get records of the version before. */
    BACKWARD(true, false, false),
    /** The same with records of every version before. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** Readers of the version before, who get records of the new one. */
    FORWARD(false, true, false),
    /** The same for readers of every version before. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both. */
    FULL(true, true, false),
    /** Both, with every version before. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    Compatibility(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** Whether a version reads what was written before it. */
    public boolean backward() {
        return backward;
    }

    /** Whether the versions before read what is written with a version. */
    public boolean forward() {
        return forward;
    }

    /** Whether that holds for every version before, and not for the last of them only. */
    public boolean transitive() {
        return transitive;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }
}
