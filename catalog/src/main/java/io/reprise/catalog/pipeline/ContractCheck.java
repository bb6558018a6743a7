package io.reprise.catalog.pipeline;

import java.util.Collection;
import java.util.List;

/** Refuses waits for records of contracts that the catalog does not have. */
final class ContractCheck {

    private ContractCheck() {}

    static void check(Collection<PipelineDraft> drafts, List<String> contracts) {
        drafts.stream().flatMap(draft -> draft.steps().stream()).forEach(step -> check(step, contracts));
    }

    private static void check(StepDraft step, List<String> contracts) {
        if (step.step() instanceof WaitStep wait && wait.what() instanceof WaitFor.Topic topic) {
            topic.record()
                    .contract()
                    .filter(subject -> !contracts.contains(subject))
                    .ifPresent(subject ->
                            step.at("wait").refuseName("the unknown contract '" + subject + "'", subject, contracts));
        }
    }
}
