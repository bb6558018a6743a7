package io.reprise.api.stream;

import io.reprise.api.shared.Fields;
import io.reprise.api.shared.Refused;
import io.reprise.api.shared.WorkersAnswer;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.db.pipeline.Definition;
import io.reprise.db.pipeline.Definitions;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.stream.BalanceOrder;
import io.reprise.workflows.stream.PlanOrder;
import io.reprise.workflows.stream.StreamBalance;
import io.reprise.workflows.stream.StreamPlan;
import io.reprise.workflows.stream.StreamStart;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Has a worker answer that serves the connection of a stream. */
public final class StreamQuestions {

    private static final String STREAM = "stream";
    private static final String CONTRACT = "contract";
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    private final Definitions definitions;
    private final StreamStart asked;

    public StreamQuestions(Definitions definitions, StreamStart asked) {
        this.definitions = definitions;
        this.asked = asked;
    }

    /** Of the stream as it is written, among the definitions that are sent, or else as it is applied. */
    StreamPlan plan(String name, Fields fields) {
        List<StreamDefinition> streams = read(fields, "streams", StreamDefinition::fromJson);
        List<ContractDefinition> contracts = read(fields, "contracts", ContractDefinition::fromJson);
        fields.check();
        StreamDefinition stream = streams.stream()
                .filter(it -> it.name().value().equals(name))
                .findFirst()
                .orElseGet(() -> StreamDefinition.fromJson(current(STREAM, name)));
        String contract = stream.contract()
                .map(subject -> contracts.stream()
                        .filter(it -> it.subject().equals(subject))
                        .findFirst()
                        .map(ContractDefinition::json)
                        .orElseGet(() -> current(CONTRACT, subject.value())))
                .orElse(null);
        String connection = stream.connection().value();
        StreamStart.Asked asking = asked.plan(
                stream.name(), UUID.randomUUID().toString(), new PlanOrder(connection, stream.json(), contract));
        return new WorkersAnswer(asking.workflow(), asking.workflowId(), "plan stream '" + name + "'", connection)
                .get(StreamPlan.class);
    }

    private static <D> List<D> read(Fields fields, String member, Function<String, D> reading) {
        List<D> read = new ArrayList<>();
        List<String> texts = fields.documents(member);
        for (int index = 0; index < texts.size(); index++) {
            try {
                read.add(reading.apply(texts.get(index)));
            } catch (IllegalArgumentException | IllegalStateException broken) {
                fields.wrong(
                        "/" + member + "/" + index,
                        String.valueOf(broken.getMessage()),
                        "a definition as a catalog's reader writes it");
            }
        }
        return read;
    }

    /** Asks for the balance, or for that which somebody asked for a moment ago, and waits a while for it. */
    BalanceView balance(String name) {
        StreamDefinition stream = stream(name);
        String connection = stream.connection().value();
        StreamStart.Asked question = asked.balance(stream.name(), new BalanceOrder(connection, name));
        return answered(name, connection, question);
    }

    /** What came of one that was asked for before. */
    BalanceView balance(String name, String balanceId) {
        String connection = stream(name).connection().value();
        try {
            return answered(name, connection, asked.balance(new Name(name), balanceId));
        } catch (WorkflowNotFoundException none) {
            throw Refused.notFound("a balance of " + name, balanceId);
        }
    }

    private static BalanceView answered(String name, String connection, StreamStart.Asked question) {
        Optional<StreamBalance> found = new WorkersAnswer(
                        question.workflow(), question.workflowId(), "balance stream '" + name + "'", connection)
                .within(AT_ONCE, StreamBalance.class);
        return BalanceView.of(question.executionId(), name, found);
    }

    private StreamDefinition stream(String name) {
        return StreamDefinition.fromJson(current(STREAM, name));
    }

    private String current(String kind, String name) {
        return definitions
                .current(kind, name)
                .map(Definition::text)
                .orElseThrow(() -> Refused.notFound("a " + kind, name));
    }
}
