package io.reprise.db.run;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import java.time.Instant;
import java.util.Optional;

/** Which runs to list. */
public record RunFilter(
        Optional<String> feature,
        Optional<String> name,
        Optional<String> slot,
        Optional<Forward> forward,
        Optional<Compensation> compensation,
        Optional<Instant> since) {

    public static final RunFilter ALL = new RunFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public RunFilter feature(String wanted) {
        return new RunFilter(Optional.of(wanted), name, slot, forward, compensation, since);
    }

    public RunFilter name(String wanted) {
        return new RunFilter(feature, Optional.of(wanted), slot, forward, compensation, since);
    }

    public RunFilter slot(String wanted) {
        return new RunFilter(feature, name, Optional.of(wanted), forward, compensation, since);
    }

    public RunFilter forward(Forward wanted) {
        return new RunFilter(feature, name, slot, Optional.of(wanted), compensation, since);
    }

    public RunFilter compensation(Compensation wanted) {
        return new RunFilter(feature, name, slot, forward, Optional.of(wanted), since);
    }

    public RunFilter since(Instant wanted) {
        return new RunFilter(feature, name, slot, forward, compensation, Optional.of(wanted));
    }
}
