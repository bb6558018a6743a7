package io.reprise.bench.chaos;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the databases and the event log hold once everything is quiet. Keys are order ids, step ids, skus and accounts.
 *
 * @param events in the order of the log, each event id once
 * @param letters codes of the dead letters by record key
 * @param outbox events that never left
 */
record Found(
        Map<String, Run> runs,
        Map<String, ShopOrder> orders,
        Map<String, Map<String, String>> fences,
        Map<String, Map<String, Step>> steps,
        Map<String, List<Event>> events,
        Map<String, Stock> stock,
        Map<String, Account> accounts,
        Map<String, List<String>> letters,
        long outbox) {

    long ended(String forward) {
        return runs.values().stream()
                .filter(run -> run.ended() && run.forward().equals(forward))
                .count();
    }

    /** A row of the ledger. */
    record Run(String forward, String compensation, Optional<String> reason, boolean ended) {

        String outcome() {
            return forward + "/" + compensation + reason.map(why -> " " + why).orElse("");
        }
    }

    /** A step as the ledger tells it. */
    record Step(String forward, String compensation) {}

    /** An order as the shop tells it. */
    record ShopOrder(String status, long totalMinor) {}

    /** An event as the log tells it. */
    record Event(String type, long version) {}

    /** A sku as the shop tells it. */
    record Stock(long onHand, long reserved, long sold) {}

    /** An account as the shop tells it. */
    record Account(long balanceMinor, long spentMinor) {}
}
