package io.reprise.api.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.SchemaVersion;
import io.reprise.db.contract.RegisteredVersion;
import java.util.List;
import java.util.Optional;

/**
 * A contract of the catalog that is applied.
 *
 * @param drift where the registry has something else
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ContractView(
        String subject,
        String hash,
        String topic,
        Optional<String> description,
        Optional<String> owner,
        String compatibility,
        Optional<String> key,
        Optional<String> eventTime,
        List<Version> versions,
        List<String> drift) {

    /**
     * One version.
     *
     * @param id under which records know it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Version(int version, Optional<Integer> id, boolean retired, String schema) {}

    public ContractView {
        versions = List.copyOf(versions);
        drift = List.copyOf(drift);
    }

    static ContractView of(
            ContractDefinition contract, String hash, List<RegisteredVersion> registered, List<ContractDrift> drifts) {
        return new ContractView(
                contract.subject().value(),
                hash,
                contract.topic(),
                contract.description(),
                contract.owner(),
                contract.compatibility().name(),
                contract.key(),
                contract.eventTime(),
                contract.versions().stream()
                        .map(version -> version(contract, version, registered))
                        .toList(),
                drifts.stream().map(ContractDrift::toString).toList());
    }

    private static Version version(
            ContractDefinition contract, SchemaVersion version, List<RegisteredVersion> registered) {
        Optional<Integer> id = registered.stream()
                .filter(it -> it.version() == version.version())
                .map(it -> it.schema().id())
                .findFirst();
        return new Version(version.version(), id, contract.retired().contains(version.version()), version.text());
    }
}
