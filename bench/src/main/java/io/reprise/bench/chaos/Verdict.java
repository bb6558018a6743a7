package io.reprise.bench.chaos;

import io.reprise.bench.chaos.Found.Account;
import io.reprise.bench.chaos.Found.Event;
import io.reprise.bench.chaos.Found.Run;
import io.reprise.bench.chaos.Found.ShopOrder;
import io.reprise.bench.chaos.Found.Step;
import io.reprise.bench.chaos.Found.Stock;
import io.reprise.bench.chaos.Told.CancelAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what callers were told with what is there. It knows the rules of an order, and none of Reprise's code. */
final class Verdict {

    private static final List<String> UNDONE_STEPS = List.of("create-order", "reserve-stock", "debit-account");
    private static final String PIVOT = "complete";
    private static final String DONE = "DONE";
    private static final String FENCED = "FENCED";
    private static final String COMPENSATED = "COMPENSATED";
    private static final String ABSENT = "absent";

    private final Found found;
    private final List<Disagreement> disagreements = new ArrayList<>();
    private final List<String> notEnded = new ArrayList<>();

    private Verdict(Found found) {
        this.found = found;
    }

    static Verdict on(List<Told> told, Map<String, List<String>> expectedLetters, Found found) {
        Verdict verdict = new Verdict(found);
        told.forEach(verdict::judge);
        verdict.judgeStrangers(told);
        verdict.judgeStock(told);
        verdict.judgeMoney(told);
        verdict.judgeLetters(expectedLetters);
        verdict.require("outbox", Long.toString(found.outbox()), "0");
        return verdict;
    }

    List<Disagreement> disagreements() {
        return disagreements;
    }

    List<String> notEnded() {
        return notEnded;
    }

    private void judge(Told told) {
        String id = told.order().orderId();
        Run run = found.runs().get(id);
        if (run == null) {
            disagreements.add(new Disagreement(id, "no run", "one: the order was accepted"));
            return;
        }
        if (!run.ended()) {
            notEnded.add(id + " " + run.outcome());
            return;
        }
        Map<String, String> fences = found.fences().getOrDefault(id, Map.of());
        judgeOutcome(told, run);
        judgeFences(id, run, fences);
        judgeSteps(id, fences);
        judgeShop(told.order(), run, fences);
        judgeEvents(id, run, fences);
    }

    private void judgeOutcome(Told told, Run run) {
        boolean foreseen = switch (run.forward()) {
            case "SUCCEEDED" ->
                told.order().fate().mayComplete()
                        && run.compensation().equals("NONE")
                        && told.cancel() != CancelAnswer.ACCEPTED;
            case "FAILED" ->
                run.compensation().equals(DONE)
                        && run.reason().isPresent()
                        && run.reason().equals(told.order().fate().refusal());
            case "CANCELLED" -> told.cancel() == CancelAnswer.ACCEPTED || told.cancel() == CancelAnswer.UNCLEAR;
            case String other -> false;
        };
        if (!foreseen) {
            disagreements.add(new Disagreement(
                    told.order().orderId() + " outcome",
                    run.outcome(),
                    "what becomes of " + told.order().fate() + " with cancel " + told.cancel()));
        }
    }

    private void judgeFences(String id, Run run, Map<String, String> fences) {
        if (run.forward().equals("SUCCEEDED")) {
            UNDONE_STEPS.forEach(step -> require(id + " fence " + step, state(fences, step), DONE));
            require(id + " fence " + PIVOT, state(fences, PIVOT), DONE);
            return;
        }
        if (fences.isEmpty() && run.forward().equals("CANCELLED")) {
            return;
        }
        String before = COMPENSATED;
        for (String step : UNDONE_STEPS) {
            String state = state(fences, step);
            boolean undone = state.equals(FENCED) || (state.equals(COMPENSATED) && before.equals(COMPENSATED));
            if (!undone) {
                disagreements.add(new Disagreement(
                        id + " fence " + step, state, "FENCED, or COMPENSATED where every step before it is"));
            }
            before = state;
        }
        String pivot = state(fences, PIVOT);
        if (!pivot.equals(FENCED) && !pivot.equals(ABSENT)) {
            disagreements.add(new Disagreement(id + " fence " + PIVOT, pivot, "FENCED or absent"));
        }
    }

    /** The ledger's rows of steps are a projection of the fences. */
    private void judgeSteps(String id, Map<String, String> fences) {
        Map<String, Step> steps = found.steps().getOrDefault(id, Map.of());
        fences.forEach((stepId, state) -> {
            Optional<Step> step = Optional.ofNullable(steps.get(stepId));
            boolean told = switch (state) {
                case DONE -> step.filter(new Step("SUCCEEDED", "NONE")::equals).isPresent();
                case COMPENSATED ->
                    step.filter(new Step("SUCCEEDED", DONE)::equals).isPresent();
                case FENCED ->
                    step.map(row -> !row.forward().equals("SUCCEEDED")
                                    && row.compensation().equals("NONE"))
                            .orElse(true);
                case String other -> false;
            };
            if (!told) {
                disagreements.add(new Disagreement(
                        id + " ledger step " + stepId,
                        step.map(Step::toString).orElse(ABSENT),
                        "what its fence says: " + state));
            }
        });
    }

    private void judgeShop(PlannedOrder planned, Run run, Map<String, String> fences) {
        String id = planned.orderId();
        Optional<ShopOrder> order = Optional.ofNullable(found.orders().get(id));
        String expected = switch (run.forward()) {
            case "SUCCEEDED" -> "COMPLETED";
            case "FAILED" -> "REJECTED";
            case String other -> other;
        };
        boolean recorded = !fences.isEmpty() && !state(fences, "create-order").equals(FENCED);
        require(id + " shop status", order.map(ShopOrder::status).orElse(ABSENT), recorded ? expected : ABSENT);
        order.ifPresent(row ->
                require(id + " shop total", Long.toString(row.totalMinor()), Long.toString(planned.totalMinor())));
    }

    private void judgeEvents(String id, Run run, Map<String, String> fences) {
        List<String> expected = new ArrayList<>();
        if (run.forward().equals("SUCCEEDED")) {
            expected.addAll(List.of("ORDER_PLACED", "STOCK_RESERVED", "PAYMENT_COMPLETED", "ORDER_COMPLETED"));
        } else {
            expectUndone(expected, fences);
        }
        List<Event> events = found.events().getOrDefault(id, List.of());
        require(id + " events", events.stream().map(Event::type).toList().toString(), expected.toString());
        for (int n = 0; n < events.size(); n++) {
            require(
                    id + " version of event " + (n + 1),
                    Long.toString(events.get(n).version()),
                    Long.toString(n + 1L));
        }
    }

    private static void expectUndone(List<String> expected, Map<String, String> fences) {
        boolean placed = state(fences, "create-order").equals(COMPENSATED);
        boolean reserved = state(fences, "reserve-stock").equals(COMPENSATED);
        boolean paid = state(fences, "debit-account").equals(COMPENSATED);
        if (placed) {
            expected.add("ORDER_PLACED");
        }
        if (reserved) {
            expected.add("STOCK_RESERVED");
        }
        if (paid) {
            expected.addAll(List.of("PAYMENT_COMPLETED", "PAYMENT_REFUNDED"));
        }
        if (reserved) {
            expected.add("STOCK_RELEASED");
        }
        if (placed) {
            expected.add("ORDER_CANCELLED");
        }
    }

    /** Nothing may be there that nobody placed. */
    private void judgeStrangers(List<Told> told) {
        TreeSet<String> strangers = new TreeSet<>(found.runs().keySet());
        strangers.addAll(found.orders().keySet());
        strangers.addAll(found.fences().keySet());
        strangers.addAll(found.events().keySet());
        told.forEach(order -> strangers.remove(order.order().orderId()));
        strangers.forEach(id -> disagreements.add(new Disagreement(id, "a trace of it", "none: it was never placed")));
    }

    private void judgeStock(List<Told> told) {
        Map<String, Long> sold = new TreeMap<>();
        completed(told)
                .forEach(order ->
                        order.lines().forEach(line -> sold.merge(line.sku(), (long) line.quantity(), Math::addExact)));
        ChaosShop.stock().forEach((sku, before) -> {
            long gone = sold.getOrDefault(sku, 0L);
            require(sku, String.valueOf(found.stock().get(sku)), new Stock(before - gone, 0, gone).toString());
        });
    }

    private void judgeMoney(List<Told> told) {
        Map<String, Long> spent = new TreeMap<>();
        completed(told).forEach(order -> spent.merge(order.accountId(), order.totalMinor(), Math::addExact));
        ChaosShop.balances().forEach((account, before) -> {
            long gone = spent.getOrDefault(account, 0L);
            require(
                    account,
                    String.valueOf(found.accounts().get(account)),
                    new Account(before - gone, gone).toString());
        });
    }

    private List<PlannedOrder> completed(List<Told> told) {
        return told.stream()
                .map(Told::order)
                .filter(order -> Optional.ofNullable(found.runs().get(order.orderId()))
                        .filter(run -> run.forward().equals("SUCCEEDED"))
                        .isPresent())
                .toList();
    }

    private void judgeLetters(Map<String, List<String>> expected) {
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.letters().keySet());
        for (String key : keys) {
            require(
                    "dead letters of " + key,
                    found.letters().getOrDefault(key, List.of()).toString(),
                    expected.getOrDefault(key, List.of()).toString());
        }
    }

    private static String state(Map<String, String> fences, String step) {
        return fences.getOrDefault(step, ABSENT);
    }

    private void require(String subject, String actual, String expected) {
        if (!actual.equals(expected)) {
            disagreements.add(new Disagreement(subject, actual, expected));
        }
    }
}
