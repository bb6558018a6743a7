package io.reprise.activities.order;

import static io.reprise.activities.order.ShopOrders.line;
import static io.reprise.activities.order.ShopOrders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.run.Audits;
import io.reprise.activities.saga.TestSteps;
import io.reprise.activities.shared.TestKafka;
import io.reprise.activities.shared.TestPostgres;
import io.reprise.activities.sql.Row;
import io.reprise.db.Ledger;
import io.reprise.db.run.AuditFinding;
import io.reprise.db.run.AuditReport;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.PageRequest;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.run.Forward;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(120)
class OrderAuditTest {

    private Shop shop;
    private HikariDataSource ledgerPool;
    private Ledger ledger;
    private Audits audits;

    @BeforeEach
    void openShop() throws Exception {
        shop = new Shop(TestPostgres.newDatabase(), TestSteps.noLedger(), 4);
        ledgerPool = TestPostgres.ledgerPool(TestPostgres.newDatabase(), 2);
        LedgerMigrations.migrate(ledgerPool);
        ledger = Ledger.over(ledgerPool, Clock.systemUTC());
        audits = new Audits(
                ledger.auditReports(),
                "worker-1",
                Map.of(AuditReport.Kind.ORDERS, new OrderAudit(shop.pool, TestKafka.bootstrapServers())));
        try (Admin admin = Admin.create(kafka())) {
            admin.createTopics(List.of(new NewTopic(OrderEvent.TOPIC, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
        place();
    }

    @AfterEach
    void closeShop() throws Exception {
        try (Admin admin = Admin.create(kafka())) {
            admin.deleteTopics(List.of(OrderEvent.TOPIC)).all().get();
        }
        shop.close();
        ledgerPool.close();
    }

    private void place() {
        shop.place(order("o-1", "acc-1", line("sku-1", 2, 100)));
        shop.place(order("o-2", "acc-2", line("sku-2", 1, 5), line("sku-empty", 1, 5)));
        Order cancelled = order("o-3", "acc-1", line("sku-1", 7, 10));
        shop.create(cancelled, 1);
        shop.reserve(cancelled, 1);
        shop.debit(cancelled, 1);
        shop.undoAll(cancelled, 1, Forward.CANCELLED, "cancelled");
        shop.place(cancelled, 2);
        Order open = order("o-4", "acc-4", line("sku-4", 3, 10));
        shop.create(open, 1);
        shop.reserve(open, 1);
    }

    @Test
    void logAndOutboxTogetherSayWhatTheTablesSay() throws Exception {
        relayAgain("o-1");
        relay("o-1", "o-3");

        assertThat(audit()).isEmpty();
    }

    @Test
    void aTamperedOrderStockOrAccountIsFound() throws Exception {
        relay("o-1", "o-2", "o-3", "o-4");
        shop.execute("update shop.orders set status = 'COMPLETED' where order_id = 'o-2'");
        shop.execute("update shop.inventory set reserved = reserved + 1 where sku = 'sku-9'");
        shop.execute("update shop.accounts set spent_minor = spent_minor + 5 where account_id = 'acc-1'");

        assertThat(audit())
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .containsExactlyInAnyOrder(
                        tuple("order-differs", "o-2"),
                        tuple("stock-differs", "sku-9"),
                        tuple("account-differs", "acc-1"));
    }

    @Test
    void aLostEventALostOrderAndAForeignRecordAreFound() throws Exception {
        relay("o-1", "o-2", "o-3", "o-4");
        shop.execute("delete from shop.orders where order_id = 'o-2'");
        shop.execute("update shop.orders set version = version + 1 where order_id = 'o-4'");
        send("o-9", "not an event");

        assertThat(audit())
                .extracting(AuditFinding::kind)
                .containsExactlyInAnyOrder("order-missing", "event-missing", "event-unreadable");
    }

    @Test
    void whatHappensAfterTheTablesWereReadIsNoDisagreement() throws Exception {
        List<AuditFinding> findings = new ArrayList<>();
        try (ShopSnapshot before = ShopSnapshot.of(shop.pool)) {
            shop.debit(order("o-4", "acc-4", line("sku-4", 3, 10)), 1);
            shop.place(order("o-5", "acc-5", line("sku-5", 3, 10)));
            Map<String, OrderHistory> histories = new HashMap<>();
            for (Row row : shop.rows("select payload from reprise_kit.outbox")) {
                OrderEvent event = OrderEventJson.read(row.text(0));
                histories
                        .computeIfAbsent(event.orderId(), id -> new OrderHistory())
                        .add(event);
            }

            OrderComparison comparison = new OrderComparison(findings::add);
            comparison.compareOrders(before.orders(OrderRange.ALL), histories);
            comparison.compareSums(before.stock(), before.spent());

            assertThat(histories).containsKey("o-5");
        }

        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void whereverARangeEndsNothingIsLostAndNothingToldTwice(int ordersAtOnce) throws Exception {
        auditing(ordersAtOnce);
        relay("o-1", "o-2", "o-3");
        assertThat(audit()).isEmpty();
        shop.execute("update shop.orders set total_minor = total_minor + 1");
        shop.execute("delete from shop.orders where order_id = 'o-2'");
        send("o-9", "not an event");

        assertThat(audit())
                .extracting(AuditFinding::kind, AuditFinding::subject)
                .contains(
                        tuple("order-differs", "o-1"),
                        tuple("order-missing", "o-2"),
                        tuple("order-differs", "o-3"),
                        tuple("order-differs", "o-4"))
                .hasSize(5);
    }

    private void auditing(int ordersAtOnce) {
        audits = new Audits(
                ledger.auditReports(),
                "worker-1",
                Map.of(AuditReport.Kind.ORDERS, new OrderAudit(shop.pool, TestKafka.bootstrapServers(), ordersAtOnce)));
    }

    private List<AuditFinding> audit() throws Exception {
        AuditReport asked = ledger.auditReports().request(AuditReport.Kind.ORDERS, "test");

        assertThat(audits.makeNext()).isTrue();
        assertThat(audits.makeNext()).isFalse();

        AuditReport made = ledger.auditReports().byId(asked.reportId()).orElseThrow();
        assertThat(made.state()).as("%s", made.error()).isEqualTo(AuditReport.State.DONE);
        List<AuditFinding> findings = ledger.auditReports()
                .findings(asked.reportId(), PageRequest.first(100))
                .items();
        assertThat(made.disagreements()).isEqualTo(findings.size());
        assertThat(made.checked()).isPositive();
        return findings;
    }

    /** Sends what waits for these orders and takes it out of the outbox, as the relay does. */
    private void relay(String... orderIds) throws Exception {
        for (String orderId : orderIds) {
            relayAgain(orderId);
            shop.execute("delete from reprise_kit.outbox where key = '" + orderId + "'");
        }
    }

    private void relayAgain(String orderId) throws Exception {
        for (Row row : shop.rows("select payload from reprise_kit.outbox where key = '" + orderId + "' order by id")) {
            send(orderId, row.text(0));
        }
    }

    private void send(String key, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(OrderEvent.TOPIC, key, value)).get();
        }
    }

    private static Properties kafka() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", TestKafka.bootstrapServers());
        return properties;
    }
}
