package io.reprise.workflows.saga;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step that failed before anything was called. */
record RefusedCall(Step step, RuntimeException refusal) implements ForwardCall {

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public boolean goesOn() {
        return false;
    }

    @Override
    public Optional<RuntimeException> failure() {
        return Optional.of(refusal);
    }

    @Override
    public @Nullable Object answer() {
        return null;
    }

    @Override
    public void cancel(String reason) {}
}
