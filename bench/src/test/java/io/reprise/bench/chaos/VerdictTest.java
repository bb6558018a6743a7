package io.reprise.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.bench.chaos.Found.Account;
import io.reprise.bench.chaos.Found.Event;
import io.reprise.bench.chaos.Found.Run;
import io.reprise.bench.chaos.Found.ShopOrder;
import io.reprise.bench.chaos.Found.Step;
import io.reprise.bench.chaos.Found.Stock;
import io.reprise.bench.chaos.PlannedOrder.Door;
import io.reprise.bench.chaos.Told.CancelAnswer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VerdictTest {

    private static final String ID = "chaos-1-1";
    private static final String SKU = ChaosShop.sku(0);
    private static final String ACCOUNT = ChaosShop.account(0);

    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, ShopOrder> orders = new HashMap<>();
    private final Map<String, Map<String, String>> fences = new HashMap<>();
    private final Map<String, Map<String, Step>> steps = new HashMap<>();
    private final Map<String, List<Event>> events = new HashMap<>();
    private final Map<String, Stock> stock = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, List<String>> letters = new HashMap<>();

    VerdictTest() {
        ChaosShop.stock().forEach((sku, onHand) -> stock.put(sku, new Stock(onHand, 0, 0)));
        ChaosShop.balances().forEach((account, balance) -> accounts.put(account, new Account(balance, 0)));
    }

    @Test
    void aCompletedOrderOfWhichAllTellTheSameIsNoDisagreement() {
        completed();

        assertThat(judge(CancelAnswer.NOT_ASKED).disagreements()).isEmpty();
    }

    @Test
    void aCancelledOrderOfWhichAllTellTheSameIsNoDisagreement() {
        cancelledAfterReserving();

        assertThat(judge(CancelAnswer.ACCEPTED).disagreements()).isEmpty();
    }

    @Test
    void stockThatWasTakenTwiceIsFound() {
        completed();
        stock.compute(SKU, (sku, before) -> new Stock(before.onHand() - 2, 0, before.sold() + 2));

        assertThat(judge(CancelAnswer.NOT_ASKED).disagreements())
                .singleElement()
                .extracting(Disagreement::subject)
                .isEqualTo(SKU);
    }

    @Test
    void stockThatStaysReservedIsFound() {
        cancelledAfterReserving();
        stock.compute(SKU, (sku, before) -> new Stock(before.onHand(), 2, 0));

        assertThat(judge(CancelAnswer.ACCEPTED).disagreements())
                .extracting(Disagreement::subject)
                .containsExactly(SKU);
    }

    @Test
    void moneyThatIsNotGivenBackIsFound() {
        cancelledAfterReserving();
        accounts.compute(ACCOUNT, (account, before) -> new Account(before.balanceMinor() - 200, 200));

        assertThat(judge(CancelAnswer.ACCEPTED).disagreements())
                .extracting(Disagreement::subject)
                .containsExactly(ACCOUNT);
    }

    @Test
    void anEventOutOfOrderIsFound() {
        completed();
        events.put(
                ID,
                List.of(
                        new Event("ORDER_PLACED", 1),
                        new Event("PAYMENT_COMPLETED", 3),
                        new Event("STOCK_RESERVED", 2),
                        new Event("ORDER_COMPLETED", 4)));

        assertThat(judge(CancelAnswer.NOT_ASKED).disagreements())
                .extracting(Disagreement::subject)
                .contains(ID + " events");
    }

    @Test
    void anUndoThatNobodyDidIsFound() {
        cancelledAfterReserving();
        fences.merge(ID, Map.of("reserve-stock", "DONE"), VerdictTest::with);

        assertThat(judge(CancelAnswer.ACCEPTED).disagreements())
                .extracting(Disagreement::subject)
                .contains(ID + " fence reserve-stock");
    }

    @Test
    void anOrderThatWentOnAfterItsCancelWasAcceptedIsFound() {
        completed();

        assertThat(judge(CancelAnswer.ACCEPTED).disagreements())
                .extracting(Disagreement::subject)
                .containsExactly(ID + " outcome");
    }

    @Test
    void aLedgerStepThatContradictsItsFenceIsFound() {
        completed();
        steps.merge(ID, Map.of("debit-account", new Step("RUNNING", "NONE")), VerdictTest::with);

        assertThat(judge(CancelAnswer.NOT_ASKED).disagreements())
                .extracting(Disagreement::subject)
                .containsExactly(ID + " ledger step debit-account");
    }

    @Test
    void anAcceptedOrderWithoutARunIsFound() {
        assertThat(judge(CancelAnswer.NOT_ASKED).disagreements())
                .extracting(Disagreement::found)
                .containsExactly("no run");
    }

    @Test
    void aLostAndAnUnexpectedDeadLetterAreFound() {
        completed();
        letters.put("stranger", List.of("conflict"));

        Verdict verdict = Verdict.on(List.of(told(CancelAnswer.NOT_ASKED)), Map.of(ID, List.of("conflict")), found());

        assertThat(verdict.disagreements())
                .extracting(Disagreement::subject)
                .containsExactly("dead letters of " + ID, "dead letters of stranger");
    }

    @Test
    void aRunThatHasNotEndedIsCountedApart() {
        runs.put(ID, new Run("RUNNING", "NONE", Optional.empty(), false));

        Verdict verdict = judge(CancelAnswer.NOT_ASKED);

        assertThat(verdict.notEnded()).containsExactly(ID + " RUNNING/NONE");
    }

    private void completed() {
        runs.put(ID, new Run("SUCCEEDED", "NONE", Optional.empty(), true));
        orders.put(ID, new ShopOrder("COMPLETED", 200));
        Map<String, String> states = new LinkedHashMap<>();
        Map<String, Step> told = new LinkedHashMap<>();
        for (String step : List.of("create-order", "reserve-stock", "debit-account", "complete")) {
            states.put(step, "DONE");
            told.put(step, new Step("SUCCEEDED", "NONE"));
        }
        fences.put(ID, states);
        steps.put(ID, told);
        events.put(
                ID,
                List.of(
                        new Event("ORDER_PLACED", 1),
                        new Event("STOCK_RESERVED", 2),
                        new Event("PAYMENT_COMPLETED", 3),
                        new Event("ORDER_COMPLETED", 4)));
        stock.compute(SKU, (sku, before) -> new Stock(before.onHand() - 2, 0, 2));
        accounts.compute(ACCOUNT, (account, before) -> new Account(before.balanceMinor() - 200, 200));
    }

    private void cancelledAfterReserving() {
        runs.put(ID, new Run("CANCELLED", "DONE", Optional.of("cancelled"), true));
        orders.put(ID, new ShopOrder("CANCELLED", 200));
        fences.put(
                ID,
                new LinkedHashMap<>(Map.of(
                        "create-order", "COMPENSATED",
                        "reserve-stock", "COMPENSATED",
                        "debit-account", "FENCED",
                        "complete", "FENCED")));
        steps.put(
                ID,
                new LinkedHashMap<>(Map.of(
                        "create-order", new Step("SUCCEEDED", "DONE"),
                        "reserve-stock", new Step("SUCCEEDED", "DONE"))));
        events.put(
                ID,
                List.of(
                        new Event("ORDER_PLACED", 1),
                        new Event("STOCK_RESERVED", 2),
                        new Event("STOCK_RELEASED", 3),
                        new Event("ORDER_CANCELLED", 4)));
    }

    private static <V> Map<String, V> with(Map<String, V> before, Map<String, V> changed) {
        Map<String, V> both = new LinkedHashMap<>(before);
        both.putAll(changed);
        return both;
    }

    private Verdict judge(CancelAnswer cancel) {
        return Verdict.on(List.of(told(cancel)), Map.of(), found());
    }

    private static Told told(CancelAnswer cancel) {
        return new Told(
                new PlannedOrder(
                        ID,
                        ACCOUNT,
                        ChaosShop.CURRENCY,
                        List.of(new Line(SKU, 2, 100)),
                        Fate.PLENTY,
                        Door.HTTP,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                cancel);
    }

    private Found found() {
        return new Found(runs, orders, fences, steps, events, stock, accounts, letters, 0);
    }
}
