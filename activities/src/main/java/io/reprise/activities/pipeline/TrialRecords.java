package io.reprise.activities.pipeline;

import io.reprise.db.run.RunCheck;
import io.reprise.db.run.RunStatement;
import io.reprise.workflows.pipeline.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what a trial said to its database, in part: it goes into a history. */
final class TrialRecords implements StepRecords {

    private static final int MOST = 50;
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_PLAN = 4_000;

    private final List<Trial.Statement> statements = new ArrayList<>();
    private final List<Trial.Check> checks = new ArrayList<>();

    @Override
    public void ran(List<RunStatement> ran) {
        ran.stream().limit(MOST).map(TrialRecords::shown).forEach(statements::add);
    }

    private static Trial.Statement shown(RunStatement ran) {
        Optional<String> plan = ran.plan().map(text -> shortened(text, LONGEST_PLAN));
        return new Trial.Statement(
                shortened(ran.statement(), LONGEST_TEXT),
                ran.rows().orElse(0),
                ran.took().toMillis(),
                plan.orElse(null));
    }

    @Override
    public void checked(List<RunCheck> checked) {
        checked.stream()
                .limit(MOST)
                .map(check -> new Trial.Check(check.name(), check.offending(), check.sample()))
                .forEach(checks::add);
    }

    @SuppressWarnings("NullAway") // the class file of a record does not tell that its values may be null
    Trial trial(Map<String, @Nullable Object> outputs, @Nullable String refusal) {
        return new Trial(statements, checks, outputs, refusal);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
