package io.reprise.catalog.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * Waits for something in the world.
 *
 * @param every how often it looks
 * @param within how long it waits before it has failed
 * @param refuse the reason of that failure; {@code wait-timeout} where it is not said
 */
public record WaitStep(StepHead head, WaitFor what, Duration every, Duration within, Optional<String> refuse)
        implements StepDefinition {

    @Override
    public WaitStep with(StepHead other) {
        return new WaitStep(other, what, every, within, refuse);
    }

    @Override
    public boolean hasUndo() {
        return false;
    }
}
