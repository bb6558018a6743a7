package io.reprise.api.contract;

import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.ContractDrift;
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
                    drifts.add(ContractDrift.of(subject, version.version(), registered(drifted.found())));
                }
            }
        }
        return drifts;
    }

    /** Where the registry has something else, without a change. */
    public List<ContractDrift> drifts(ContractDefinition contract) {
        return ContractDrift.between(
                contract,
                subjects.versions(contract.subject().value(), true).stream()
                        .map(ContractRegistration::registered)
                        .toList());
    }

    private static ContractDrift.Registered registered(RegisteredVersion found) {
        return new ContractDrift.Registered(
                found.version(), found.schema().id(), found.schema().text(), found.deleted());
    }
}
