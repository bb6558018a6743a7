package io.reprise.api.contract;

import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.SchemaVersion;
import io.reprise.db.contract.NewSchema;
import io.reprise.db.contract.RegisteredVersion;
import io.reprise.db.contract.Registration;
import io.reprise.db.contract.SubjectSettings;
import io.reprise.db.contract.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Registers what a catalog says. What the registry has otherwise stays there, for records name it. */
public final class ContractRegistration {

    private final Subjects subjects;
    private final SubjectSettings settings;

    public ContractRegistration(Subjects subjects, SubjectSettings settings) {
        this.subjects = subjects;
        this.settings = settings;
    }

    /** Registers every version of these contracts; repeating it is harmless. Answers where the registry has something else. */
    public List<ContractDrift> register(List<ContractDefinition> contracts) {
        List<ContractDrift> drifts = new ArrayList<>();
        for (ContractDefinition contract : contracts) {
            String subject = contract.subject().value();
            settings.setCompatibility(
                    subject, Optional.of(contract.compatibility().name()));
            for (SchemaVersion version : contract.versions()) {
                NewSchema schema = new NewSchema(version.canonical());
                if (subjects.pin(subject, version.version(), schema) instanceof Registration.Drifted drifted) {
                    drifts.add(drift(subject, version, drifted.found()));
                }
            }
        }
        return drifts;
    }

    /** What is not as these contracts say, without a change. */
    public List<ContractDrift> drifts(ContractDefinition contract) {
        String subject = contract.subject().value();
        List<RegisteredVersion> registered = subjects.versions(subject, true);
        List<ContractDrift> drifts = new ArrayList<>();
        for (SchemaVersion version : contract.versions()) {
            String text = version.canonical();
            Optional<RegisteredVersion> there = registered.stream()
                    .filter(it -> it.version() == version.version())
                    .findFirst();
            if (there.isEmpty()) {
                drifts.add(new ContractDrift(subject, version.version(), "the registry does not have this version"));
            } else if (!there.get().schema().text().equals(text)) {
                drifts.add(drift(subject, version, there.get()));
            }
        }
        int newest = contract.newest().version();
        registered.stream()
                .filter(it -> it.version() > newest && !it.deleted())
                .forEach(it ->
                        drifts.add(new ContractDrift(subject, it.version(), "the catalog does not have this version")));
        return drifts;
    }

    private static ContractDrift drift(String subject, SchemaVersion version, RegisteredVersion found) {
        String words = found.version() == version.version()
                ? "the registry has another schema there, with id "
                        + found.schema().id()
                : "the registry has this schema as version " + found.version();
        return new ContractDrift(subject, version.version(), words);
    }
}
