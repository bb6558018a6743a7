package io.reprise.api.run;

import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls Temporal under a deadline of ours: the client's own are longer than a caller over HTTP waits. */
final class TemporalCalls {

    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("temporal-deadlines").factory());

    private TemporalCalls() {}

    static <T> T within(Duration limit, Supplier<T> call) {
        try (Context.CancellableContext deadline =
                Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, DEADLINES)) {
            Context previous = deadline.attach();
            try {
                return call.get();
            } finally {
                deadline.detach(previous);
            }
        }
    }
}
