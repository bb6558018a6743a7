package io.reprise.catalog.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Two versions that must go with each other.
 *
 * @param neighbours whether there is no living version between them
 */
record VersionPair(VersionDraft older, VersionDraft newer, boolean neighbours) {

    /**
     * Each version with the one before, and where compatibility is transitive each new one with all before. Retired ones are
     * left out, for nobody has data of them.
     *
     * @param isNew whether a version is not released yet
     */
    static List<VersionPair> of(ContractDraft draft, IntPredicate isNew) {
        List<VersionDraft> alive = draft.versions().stream()
                .filter(it -> !draft.definition().retired().contains(it.version()))
                .toList();
        List<VersionPair> pairs = new ArrayList<>();
        for (int newer = 1; newer < alive.size(); newer++) {
            boolean all = draft.definition().compatibility().transitive()
                    && (newer == alive.size() - 1 || isNew.test(alive.get(newer).version()));
            for (int older = all ? 0 : newer - 1; older < newer; older++) {
                pairs.add(new VersionPair(alive.get(older), alive.get(newer), older == newer - 1));
            }
        }
        return pairs;
    }
}
