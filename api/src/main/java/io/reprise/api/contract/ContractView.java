package io.reprise.api.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.ContractDrift;
import io.reprise.catalog.contract.SchemaVersion;
import io.reprise.db.contract.RegisteredSchema;
import io.reprise.db.contract.RegisteredVersion;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
        Registered registered,
        List<String> drift) {

    /**
     * One version.
     *
     * @param id under which records know it
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Version(int version, Optional<Integer> id, boolean retired, String schema) {}

    /** What the registry has of the subject, whoever registered it. */
    public record Registered(String compatibility, String mode, List<Entry> versions) {
        public Registered {
            versions = List.copyOf(versions);
        }

        static Registered of(String subject, Registry registry) {
            return new Registered(
                    registry.compatibility(subject).name(),
                    registry.mode(subject),
                    registry.subjects().versions(subject, true).stream()
                            .map(Entry::of)
                            .toList());
        }
    }

    /**
     * A schema under a number of the subject.
     *
     * @param deleted softly: whoever knows it may read it still
     */
    public record Entry(int version, int id, UUID guid, boolean deleted, String schema) {

        static Entry of(RegisteredVersion found) {
            RegisteredSchema schema = found.schema();
            return new Entry(found.version(), schema.id(), schema.guid(), found.deleted(), schema.text());
        }
    }

    public ContractView {
        versions = List.copyOf(versions);
        drift = List.copyOf(drift);
    }

    static ContractView of(
            ContractDefinition contract, String hash, Registered registered, List<ContractDrift> drifts) {
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
                        .map(version -> version(contract, version, registered.versions()))
                        .toList(),
                registered,
                drifts.stream().map(ContractDrift::toString).toList());
    }

    private static Version version(ContractDefinition contract, SchemaVersion version, List<Entry> registered) {
        Optional<Integer> id = registered.stream()
                .filter(it -> it.version() == version.version())
                .map(Entry::id)
                .findFirst();
        return new Version(version.version(), id, contract.retired().contains(version.version()), version.text());
    }
}
