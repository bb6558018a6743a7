package io.reprise.workflows.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Records the histories that the replay test plays to later versions of these workflows, into the folder that is its only
 * argument. A history that stands there is never recorded again.
 */
final class StreamHistories {

    private StreamHistories() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        try (ScriptedStreams streams = new ScriptedStreams(new FixedAnswers())) {
            StreamStart.Asked plan = streams.plan();
            plan.workflow().getResult(StreamPlan.class);
            write(folder.resolve("planned.json"), streams.history(plan).toJson(true));
            StreamStart.Asked balance = streams.balance();
            balance.workflow().getResult(StreamBalance.class);
            write(folder.resolve("balanced.json"), streams.history(balance).toJson(true));
        }
        System.exit(0);
    }

    private static void write(Path file, String history) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, history + "\n");
        }
    }

    /** One statement, and nothing that differs. */
    static final class FixedAnswers implements StreamSteps {

        @Override
        public StreamPlan plan(PlanOrder order) {
            return new StreamPlan(List.of("create table raw.events ()"), List.of());
        }

        @Override
        public StreamBalance balance(BalanceOrder order) {
            return new StreamBalance(order.stream(), true, List.of(), List.of(), 0);
        }
    }
}
