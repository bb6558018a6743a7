package io.reprise.catalog.contract;

import io.reprise.catalog.shared.YamlObject;
import java.util.List;

/** A contract that could be read, and where it stands. */
record ContractDraft(ContractDefinition definition, YamlObject fields, List<VersionDraft> versions) {

    ContractDraft {
        versions = List.copyOf(versions);
    }

    VersionDraft newest() {
        return versions.getLast();
    }
}
