package io.reprise.workflows.run;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** The search attributes that every Temporal server must know: an unregistered one hangs a workflow for ever. */
public final class SearchAttributes {

    public static final SearchAttributeKey<String> FEATURE = SearchAttributeKey.forKeyword("RepriseFeature");
    public static final SearchAttributeKey<String> NAME = SearchAttributeKey.forKeyword("RepriseName");
    public static final SearchAttributeKey<String> SLOT = SearchAttributeKey.forKeyword("RepriseSlot");
    public static final SearchAttributeKey<String> FORWARD = SearchAttributeKey.forKeyword("RepriseForward");
    public static final SearchAttributeKey<String> COMPENSATION = SearchAttributeKey.forKeyword("RepriseCompensation");
    public static final SearchAttributeKey<List<String>> STUCK_STEPS =
            SearchAttributeKey.forKeywordList("RepriseStuckSteps");

    /** The feature under which a worker proves that a server knows them: never that of a run in the ledger. */
    public static final String PROOF = "run";

    /** The features of workflows that are no runs in the ledger, but prove, launch, drive or prepare. */
    public static final List<String> NO_RUNS = List.of(PROOF, "schedule", "backfill", "connection");

    private SearchAttributes() {}

    public static List<SearchAttributeKey<?>> all() {
        return List.of(FEATURE, NAME, SLOT, FORWARD, COMPENSATION, STUCK_STEPS);
    }
}
