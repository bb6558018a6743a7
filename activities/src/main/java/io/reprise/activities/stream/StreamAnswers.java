package io.reprise.activities.stream;

import io.reprise.activities.contract.SchemaSource;
import io.reprise.activities.sql.Heart;
import io.reprise.activities.sql.Sessions;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.Definition;
import io.reprise.workflows.stream.BalanceOrder;
import io.reprise.workflows.stream.PlanOrder;
import io.reprise.workflows.stream.StreamBalance;
import io.reprise.workflows.stream.StreamPlan;
import io.reprise.workflows.stream.StreamSteps;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Answers what people ask about the streams of one connection. */
public final class StreamAnswers implements StreamSteps {

    /** Type of a failure that a person has to hear of. */
    public static final String UNANSWERED = "StreamUnanswered";

    private final Sessions sessions;
    private final String bootstrap;
    private final SchemaSource schemas;
    private final Ledger ledger;
    private final Clock clock;
    private final Supplier<Heart> heart;

    public StreamAnswers(
            Sessions sessions,
            String bootstrap,
            SchemaSource schemas,
            Ledger ledger,
            Clock clock,
            Supplier<Heart> heart) {
        this.sessions = sessions;
        this.bootstrap = bootstrap;
        this.schemas = schemas;
        this.ledger = ledger;
        this.clock = clock;
        this.heart = heart;
    }

    @Override
    public StreamPlan plan(PlanOrder order) {
        StreamDefinition stream = StreamDefinition.fromJson(order.definition());
        try {
            TargetTables tables = TargetTables.of(
                    stream, Optional.ofNullable(order.contract()).map(ContractDefinition::fromJson));
            StreamTables.Plan plan = new StreamTables(sessions, tables).plan();
            return new StreamPlan(plan.statements(), plan.conflicts());
        } catch (SQLException | IllegalArgumentException failed) {
            throw unanswered("plan", stream.name().value(), failed);
        }
    }

    @Override
    public StreamBalance balance(BalanceOrder order) {
        StreamDefinition stream = StreamDefinition.fromJson(current("stream", order.stream()));
        Optional<ContractDefinition> contract =
                stream.contract().map(subject -> ContractDefinition.fromJson(current("contract", subject.value())));
        StreamAudit audit = new StreamAudit(
                sessions,
                bootstrap,
                schemas,
                ledger.deadLetters(),
                clock,
                stream,
                () -> TargetTables.of(stream, contract));
        try {
            StreamBalance first = audit.balance(heart.get());
            // A letter that was replayed between two looks is on neither side, or on both.
            return first.balanced() ? first : audit.balance(heart.get());
        } catch (SQLException | KafkaException | IllegalArgumentException failed) {
            throw unanswered("balance", order.stream(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unanswered("balance", order.stream(), stopped);
        }
    }

    private String current(String kind, String name) {
        return ledger.definitions()
                .current(kind, name)
                .map(Definition::text)
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(
                        "cannot find " + kind + " " + name + " in the catalog that is applied", UNANSWERED));
    }

    private static ApplicationFailure unanswered(String what, String stream, Exception failed) {
        return ApplicationFailure.newNonRetryableFailureWithCause(
                "cannot " + what + " stream " + stream + ": " + failed.getMessage(), UNANSWERED, failed);
    }
}
