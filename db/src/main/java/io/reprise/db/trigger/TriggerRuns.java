package io.reprise.db.trigger;

import io.reprise.db.pipeline.PipelineRuns;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.RunOrder;
import io.reprise.workflows.order.OrderWorkflow;
import io.reprise.workflows.trigger.RequestedRun;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes runs of what records ask for, as the ledger accepts them: the same whether a record came just now or is replayed.
 */
public final class TriggerRuns {

    private static final Pattern SHORT = Pattern.compile("[\\p{Print}&&[^\\s]]{1,200}");

    private final String trigger;
    private final OrderRule rule;

    public TriggerRuns(String trigger, OrderRule rule) {
        this.trigger = trigger;
        this.rule = rule;
    }

    /**
     * One run.
     *
     * @param key among whose runs it has its place; a record without a key has none to wait for
     */
    public NewRun of(RequestedRun requested, Optional<String> key) {
        RunOrder order = order(key);
        return switch (requested) {
            case RequestedRun.OfOrder it ->
                new NewRun(
                        it.workflowId(),
                        OrderWorkflow.TYPE,
                        OrderWorkflow.TASK_QUEUE,
                        it.input(),
                        it.mode(),
                        trigger,
                        order);
            case RequestedRun.OfPipeline it ->
                PipelineRuns.newRun(it.workflowId(), it.input(), trigger, it.slots(), it.sequential())
                        .inOrder(order);
        };
    }

    private RunOrder order(Optional<String> key) {
        return rule == OrderRule.NONE
                ? RunOrder.FREE
                : key.map(it -> RunOrder.by(rule, trigger + ":" + indexable(it)))
                        .orElse(RunOrder.FREE);
    }

    /** Keys come from outside and may be of any length, and an index takes no more than a page. */
    private static String indexable(String key) {
        return SHORT.matcher(key).matches() ? key : "sha256:" + digest(key);
    }

    private static String digest(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
