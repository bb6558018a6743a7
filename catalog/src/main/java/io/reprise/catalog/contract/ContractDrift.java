package io.reprise.catalog.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a contract and a registry do not say the same of a version. */
public record ContractDrift(String subject, int version, String words) {

    /**
     * A version as a registry has it.
     *
     * @param schema its one text, as {@link SchemaVersion#canonical()}
     * @param deleted softly: whoever knows it may read it still
     */
    public record Registered(int version, int id, String schema, boolean deleted) {}

    /** By version; nothing where both say the same. */
    public static List<ContractDrift> between(ContractDefinition contract, List<Registered> registry) {
        String subject = contract.subject().value();
        List<ContractDrift> drifts = new ArrayList<>();
        for (SchemaVersion version : contract.versions()) {
            Optional<Registered> there = registry.stream()
                    .filter(it -> it.version() == version.version())
                    .findFirst();
            if (there.isEmpty()) {
                drifts.add(new ContractDrift(subject, version.version(), "the registry does not have this version"));
            } else if (!there.get().schema().equals(version.canonical())) {
                drifts.add(of(subject, version.version(), there.get()));
            }
        }
        int newest = contract.newest().version();
        registry.stream()
                .filter(it -> it.version() > newest && !it.deleted())
                .forEach(it ->
                        drifts.add(new ContractDrift(subject, it.version(), "the catalog does not have this version")));
        return drifts;
    }

    /**
     * That of one version.
     *
     * @param found in the registry where the version was expected, or with its schema
     */
    public static ContractDrift of(String subject, int version, Registered found) {
        String words = found.version() == version
                ? "the registry has another schema there, with id " + found.id()
                : "the registry has this schema as version " + found.version();
        return new ContractDrift(subject, version, words);
    }

    @Override
    public String toString() {
        return subject + " version " + version + ": " + words;
    }
}
