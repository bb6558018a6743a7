package io.reprise.worker.trigger;

import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.OrderRule;
import io.reprise.db.run.RunOrder;
import io.reprise.db.shared.Bytes;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.run.WorkflowId;
import java.nio.charset.StandardCharsets;

/** A reader that knows two kinds of records: {@code id=content}, and poison. */
final class Letters implements RecordReader {

    static final String POISON = "poison";

    @Override
    public ReadRecord read(SourceRecord found) {
        return new ReadRecord.Done(letter(found));
    }

    private static TriggerRecord letter(SourceRecord found) {
        String value = new String(found.value().map(Bytes::toArray).orElseThrow(), StandardCharsets.UTF_8);
        int split = value.indexOf('=');
        if (split < 0) {
            return new TriggerRecord.Poison(
                    found, new Cause("malformed", "cannot read '" + value + "'", "[]", "malformed"));
        }
        String id = value.substring(0, split);
        NewRun run = new NewRun(
                WorkflowId.of("letter", new Name(id)),
                "letter",
                "letter",
                new RunInput('"' + value.substring(split + 1) + '"'),
                StepMode.REGULAR,
                "letters",
                RunOrder.by(OrderRule.START_ORDER, id));
        return new TriggerRecord.Start(found, run);
    }
}
