package io.reprise.bench.chaos;

import io.reprise.bench.chaos.PlannedOrder.Door;
import io.reprise.bench.chaos.Told.CancelAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Places planned orders with their repeats, contradictions and cancels, and remembers what it was told. */
final class Caller {

    /** A stuck order must not stop the load; the count at the end finds it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final int GARBAGE_EVERY = 40;
    private static final String GARBAGE = "{\"orderId\": ";

    private final OrderPlan plan;
    private final OrderDoor door;
    private final OrderTopic topic;
    private final Endings endings;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Queue<Disagreement> wrongAnswers = new ConcurrentLinkedQueue<>();
    private final Map<String, List<String>> letters = new ConcurrentHashMap<>();

    Caller(OrderPlan plan, OrderDoor door, OrderTopic topic, Endings endings) {
        this.plan = plan;
        this.door = door;
        this.topic = topic;
        this.endings = endings;
    }

    /** Places the order of this number and returns when it has ended. */
    void place(long number) throws Exception {
        PlannedOrder order = plan.order(number);
        placeFirst(order);
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            Optional<Future<CancelAnswer>> cancel = order.cancelAfter()
                    .map(after -> beside.submit(() -> {
                        TimeUnit.MILLISECONDS.sleep(after.toMillis());
                        return door.cancel(order.orderId());
                    }));
            repeat(order);
            contradict(order);
            if (number % GARBAGE_EVERY == 0) {
                sendGarbage("chaos-garbage-" + number);
            }
            await(endings.ended(order.orderId()));
            told.add(new Told(
                    order,
                    cancel.isEmpty() ? CancelAnswer.NOT_ASKED : cancel.get().get()));
        }
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** Answers of the api that no rule allows. */
    List<Disagreement> wrongAnswers() {
        return List.copyOf(wrongAnswers);
    }

    /** Codes of the dead letters that must be there, by record key. */
    Map<String, List<String>> letters() {
        return Map.copyOf(letters);
    }

    private void placeFirst(PlannedOrder order) throws InterruptedException, ExecutionException {
        switch (order.door()) {
            case HTTP -> expectStatus(order, "placing", 202, door.place(order.json(), order.orderId()));
            case KAFKA -> topic.place(order.orderId(), order.json());
        }
    }

    private void repeat(PlannedOrder order) throws InterruptedException, ExecutionException {
        int times = 0;
        for (Door by : order.repeats()) {
            times++;
            String key = times == 1 ? order.orderId() : order.orderId() + "-again-" + times;
            switch (by) {
                case HTTP -> expectStatus(order, "placing again", 202, door.place(order.json(), key));
                case KAFKA -> topic.place(order.orderId(), order.json());
            }
        }
    }

    /** Only after the acceptance: before it, the other content could come first and be the order. */
    private void contradict(PlannedOrder order) throws InterruptedException, ExecutionException, TimeoutException {
        if (order.contradiction().isEmpty()) {
            return;
        }
        if (!await(endings.accepted(order.orderId()))) {
            return;
        }
        switch (order.contradiction().get()) {
            case HTTP ->
                expectStatus(
                        order, "contradicting", 409, door.place(order.contradictingJson(), order.orderId() + "-other"));
            case KAFKA -> {
                topic.place(order.orderId(), order.contradictingJson());
                expectLetter(order.orderId(), "conflict");
            }
        }
    }

    private void sendGarbage(String key) throws InterruptedException, ExecutionException {
        topic.place(key, GARBAGE);
        expectLetter(key, "malformed");
    }

    private void expectLetter(String key, String code) {
        letters.computeIfAbsent(key, _ -> new ArrayList<>()).add(code);
    }

    private void expectStatus(PlannedOrder order, String verb, int expected, int status) {
        if (status != expected) {
            wrongAnswers.add(new Disagreement(verb + " " + order.orderId(), "HTTP " + status, "HTTP " + expected));
        }
    }

    private static boolean await(Future<Void> event) throws InterruptedException, ExecutionException {
        try {
            event.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        }
    }
}
