package io.reprise.catalog.pipeline;

import java.util.List;
import java.util.Optional;

/** What a step hands on, whatever its kind. */
final class Outputs {

    private Outputs() {}

    static List<Output> of(StepDefinition step) {
        return switch (step) {
            case SqlStep sql -> sql.part().outputs();
            case TransactionStep transaction ->
                transaction.items().stream().flatMap(item -> of(item).stream()).toList();
            case PublishStep publish -> publish.outputs();
            case CommandStep command -> command.outputs();
            case WaitStep wait -> of(wait.what());
            case CheckStep check -> List.of();
            case ChildStep child -> List.of();
        };
    }

    private static List<Output> of(WaitFor what) {
        return switch (what) {
            case WaitFor.Rows rows -> rows.outputs();
            case WaitFor.Topic topic ->
                topic.record().capture().entrySet().stream()
                        .map(it -> new Output(
                                it.getKey(),
                                OutputSource.RECORD,
                                Optional.of(it.getValue().toString())))
                        .toList();
            case WaitFor.File _, WaitFor.Answer _, WaitFor.Run _, WaitFor.Approval _ -> List.of();
        };
    }

    private static List<Output> of(TransactionItem item) {
        return switch (item) {
            case TransactionItem.Change change -> change.part().outputs();
            case TransactionItem.Verify verify -> List.of();
        };
    }
}
