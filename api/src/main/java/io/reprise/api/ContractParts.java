package io.reprise.api;

import io.micronaut.context.annotation.Factory;
import io.reprise.api.contract.ContractRegistration;
import io.reprise.api.contract.Registry;
import io.reprise.db.Ledger;
import io.reprise.db.contract.Subjects;
import jakarta.inject.Singleton;

/** What the resources of contracts and of the registry are made of: one part, one method. */
@Factory
final class ContractParts {

    private final Ledger ledger;

    ContractParts(Ledger ledger) {
        this.ledger = ledger;
    }

    @Singleton
    Subjects subjects() {
        return ledger.subjects();
    }

    @Singleton
    Registry registry(Subjects subjects) {
        return new Registry(ledger.schemas(), subjects, ledger.subjectSettings());
    }

    @Singleton
    ContractRegistration contractRegistration(Subjects subjects) {
        return new ContractRegistration(subjects, ledger.subjectSettings());
    }
}
