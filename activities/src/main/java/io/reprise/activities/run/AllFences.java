package io.reprise.activities.run;

import io.reprise.activities.saga.FenceHome;
import io.reprise.activities.saga.FenceRow;
import io.reprise.activities.saga.Fences;
import io.reprise.db.shared.KeptMonths;
import io.reprise.workflows.run.WorkflowId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fences of every database that can be looked into, a page at a time. Those of dropped months and of probes are left out. */
final class AllFences {

    private static final int PAGE = 500;
    private static final String PROBE = "probe";

    private final List<FenceHome> homes;
    private final KeptMonths months;
    private final UnseenFences unseen;

    AllFences(List<FenceHome> homes, KeptMonths months, UnseenFences unseen) {
        this.homes = List.copyOf(homes);
        this.months = months;
        this.unseen = unseen;
    }

    /** Takes one run after another; of one that left fences in several databases, once for each of them. */
    @FunctionalInterface
    interface Found {
        void take(WorkflowId workflow) throws SQLException, InterruptedException;
    }

    void forEachRun(AuditProgress progress, Found each) throws SQLException, InterruptedException {
        for (FenceHome home : homes) {
            forEachRunIn(home, progress, each);
        }
    }

    /** The fences of a run follow one another. */
    private void forEachRunIn(FenceHome home, AuditProgress progress, Found each)
            throws SQLException, InterruptedException {
        Optional<WorkflowId> before = Optional.empty();
        List<FenceRow> page = after(home, "");
        while (!page.isEmpty()) {
            for (FenceRow fence : page) {
                WorkflowId workflow = fence.key().workflowId();
                if (isKept(fence) && !before.filter(workflow::equals).isPresent()) {
                    before = Optional.of(workflow);
                    each.take(workflow);
                }
            }
            progress.checked(page.size());
            page = after(home, page.getLast().key().value());
        }
    }

    private List<FenceRow> after(FenceHome home, String key) {
        return asked(home, fences -> fences.after(key, PAGE));
    }

    /** What is left of a run, wherever it was: for one of which the ledger knows nothing. */
    List<FenceRow> ofRun(WorkflowId workflow) {
        List<FenceRow> left = new ArrayList<>();
        for (FenceHome home : homes) {
            left.addAll(asked(home, fences -> fences.ofRun(workflow)));
        }
        return left.stream().filter(this::isKept).toList();
    }

    private boolean isKept(FenceRow fence) {
        return months.include(fence.startedOn())
                && !fence.key().workflowId().feature().equals(PROBE);
    }

    private List<FenceRow> asked(FenceHome home, Question question) {
        if (home.fences().isEmpty()) {
            unseen.note(home.name(), "it is not served by the worker that audits");
        }
        if (unseen.has(home.name())) {
            return List.of();
        }
        try {
            return question.ask(home.fences().orElseThrow());
        } catch (SQLException away) {
            unseen.note(home.name(), "it answers: " + away.getMessage());
            return List.of();
        }
    }

    @FunctionalInterface
    private interface Question {
        List<FenceRow> ask(Fences fences) throws SQLException;
    }
}
