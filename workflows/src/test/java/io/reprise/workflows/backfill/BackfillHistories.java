package io.reprise.workflows.backfill;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Records the histories that the replay test plays to later versions of the backfill, into the folder that is its only
 * argument. A history that stands there is never recorded again.
 */
final class BackfillHistories {

    private BackfillHistories() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        record(
                folder.resolve("ended.json"),
                turn -> turn < 3 ? BackfillTurn.GOES_ON : BackfillTurn.ENDED,
                ScriptedBackfill::history);
        record(folder.resolve("paused.json"), turn -> BackfillTurn.PAUSED, ScriptedBackfill::history);
        record(
                folder.resolve("continued-as-new.json"),
                turn -> turn <= BackfillRun.MOST_TURNS ? BackfillTurn.GOES_ON : BackfillTurn.ENDED,
                ScriptedBackfill::firstHistory);
        System.exit(0);
    }

    private static void record(
            Path file, IntFunction<BackfillTurn> script, Function<ScriptedBackfill, WorkflowExecutionHistory> recorded)
            throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try (ScriptedBackfill backfill = new ScriptedBackfill(script)) {
            backfill.drive();
            Files.createDirectories(file.getParent());
            Files.writeString(file, recorded.apply(backfill).toJson(true) + "\n");
        }
    }
}
