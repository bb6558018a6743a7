package io.reprise.catalog.contract;

import io.reprise.catalog.shared.FilePlace;
import io.reprise.catalog.shared.YamlValue;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Collects what is found in one contract, and lets through what is waived. */
final class ContractFindings {

    private final ContractDraft draft;
    private final LocalDate today;
    private final TreeSet<Finding> findings = new TreeSet<>();
    private final Set<Waiver> used = new HashSet<>();
    private final Set<String> changedFields = new HashSet<>();

    ContractFindings(ContractDraft draft, LocalDate today) {
        this.draft = draft;
        this.today = today;
    }

    ContractDraft draft() {
        return draft;
    }

    /** Of the contract itself. */
    void note(Rule rule, YamlValue at, String words) {
        note(new Finding(rule, subject(), draft.newest().version(), OptionalInt.empty(), at.path(), at.place(), words));
    }

    /** Of a version by itself. */
    void note(Rule rule, VersionDraft version, String path, String words) {
        note(new Finding(rule, subject(), version.version(), OptionalInt.empty(), path, place(version, path), words));
    }

    /**
     * Of a version beside another.
     *
     * @param written the version whose file the path is in
     */
    void note(Rule rule, VersionPair pair, VersionDraft written, String path, String words) {
        note(new Finding(
                rule,
                subject(),
                pair.newer().version(),
                OptionalInt.of(pair.older().version()),
                path,
                place(written, path),
                words));
    }

    /** Remembers that a rule spoke of a field: what follows from that is not told once more. */
    void changed(String field) {
        changedFields.add(field);
    }

    boolean isToldOf(String field) {
        return changedFields.contains(field);
    }

    List<Finding> end() {
        for (YamlValue item : draft.fields()
                .member("waivers")
                .filter(YamlValue::isList)
                .map(YamlValue::items)
                .orElse(List.of())) {
            int place = Integer.parseInt(item.path().replaceAll("\\D", ""));
            Waiver waiver = draft.definition().waivers().get(place);
            if (waiver.until().isBefore(today)) {
                note(
                        Rule.WAIVER_EXPIRED,
                        item,
                        "found a waiver of " + waiver.rule().written() + " that ended on " + waiver.until()
                                + " (expected: none, or one that ends on " + today + " or later)");
            } else if (!used.contains(waiver)) {
                note(
                        Rule.WAIVER_UNUSED,
                        item,
                        "found a waiver of " + waiver.rule().written() + " in version " + waiver.version()
                                + " that lets nothing through (expected: none)");
            }
        }
        return List.copyOf(findings);
    }

    private void note(Finding finding) {
        Optional<Waiver> waived = draft.definition().waivers().stream()
                .filter(waiver -> waiver.rule() == finding.rule() && waiver.version() == finding.version())
                .filter(waiver -> waiver.path().map(finding.path()::equals).orElse(true))
                .findFirst();
        waived.ifPresent(used::add);
        if (waived.filter(waiver -> !waiver.until().isBefore(today)).isEmpty()) {
            findings.add(finding);
        }
    }

    private static FilePlace place(VersionDraft version, String path) {
        return version.places().in(version.file(), path);
    }

    private String subject() {
        return draft.definition().subject().value();
    }
}
