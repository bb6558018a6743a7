package io.reprise.api.contract;

import io.reprise.api.contract.RegistryRefused.Reason;
import io.reprise.catalog.contract.BadSchema;
import io.reprise.catalog.contract.Compatibility;
import io.reprise.catalog.contract.SchemaVerdict;
import io.reprise.db.contract.NewSchema;
import io.reprise.db.contract.RegisteredSchema;
import io.reprise.db.contract.RegisteredVersion;
import io.reprise.db.contract.Registration;
import io.reprise.db.contract.Schemas;
import io.reprise.db.contract.SubjectSettings;
import io.reprise.db.contract.Subjects;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rules of the registry: what is found, what may be added and what may be taken away. */
public final class Registry {

    private static final String READ_WRITE = "READWRITE";
    private static final List<String> MODES = List.of(READ_WRITE, "READONLY");

    private final Schemas schemas;
    private final Subjects subjects;
    private final SubjectSettings settings;

    public Registry(Schemas schemas, Subjects subjects, SubjectSettings settings) {
        this.schemas = schemas;
        this.subjects = subjects;
        this.settings = settings;
    }

    Schemas schemas() {
        return schemas;
    }

    Subjects subjects() {
        return subjects;
    }

    /** Never empty: a subject without a version is none. */
    List<RegisteredVersion> versions(String subject, boolean withDeleted) {
        List<RegisteredVersion> versions = subjects.versions(subject, withDeleted);
        if (versions.isEmpty()) {
            throw RegistryRefused.noSubject(subject);
        }
        return versions;
    }

    /** @param version a number, {@code latest} or {@code -1} */
    RegisteredVersion version(String subject, String version, boolean withDeleted) {
        List<RegisteredVersion> versions = versions(subject, withDeleted);
        if (version.equals("latest") || version.equals("-1")) {
            return versions.getLast();
        }
        int number = number(version);
        return versions.stream()
                .filter(it -> it.version() == number)
                .findFirst()
                .orElseThrow(() -> RegistryRefused.noVersion(version));
    }

    private static int number(String version) {
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw new RegistryRefused(
                Reason.BAD_VERSION,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    RegisteredVersion lookUp(String subject, NewSchema schema, boolean withDeleted) {
        Optional<RegisteredSchema> known = schemas.like(schema);
        return versions(subject, withDeleted).stream()
                .filter(it ->
                        known.isPresent() && it.schema().id() == known.get().id())
                .findFirst()
                .orElseThrow(() -> new RegistryRefused(Reason.SCHEMA_NOT_FOUND, "Schema not found"));
    }

    RegisteredVersion register(String subject, NewSchema schema) {
        requireWritable(subject);
        if (subject.isBlank() || subject.length() > 249) {
            throw new RegistryRefused(
                    Reason.BAD_REQUEST, "found a subject of " + subject.length() + " characters (expected: 1 to 249)");
        }
        return switch (subjects.register(subject, schema, alive -> objections(subject, schema, alive))) {
            case Registration.Registered registered -> registered.version();
            case Registration.Drifted drifted -> drifted.found();
            case Registration.Objected objected ->
                throw new RegistryRefused(
                        Reason.INCOMPATIBLE,
                        "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                                + "\", by " + compatibility(subject) + ": "
                                + String.join("; ", objected.objections()));
        };
    }

    /** What is to be said against a schema beside these versions. */
    List<String> objections(String subject, NewSchema schema, List<RegisteredVersion> before) {
        try {
            return SchemaVerdict.objections(
                    compatibility(subject),
                    schema.text(),
                    before.stream().map(it -> it.schema().text()).toList());
        } catch (BadSchema bad) {
            throw new RegistryRefused(Reason.BAD_SCHEMA, "Invalid schema: " + bad.getMessage());
        }
    }

    /** Answers the numbers of the versions that were deleted. */
    List<Integer> delete(String subject, boolean permanent) {
        requireWritable(subject);
        List<RegisteredVersion> all = versions(subject, true);
        List<RegisteredVersion> alive = all.stream().filter(it -> !it.deleted()).toList();
        if (permanent && !alive.isEmpty()) {
            throw new RegistryRefused(
                    Reason.SUBJECT_NOT_DELETED,
                    "Subject '" + subject + "' was not deleted first before being permanently deleted");
        }
        if (!permanent && alive.isEmpty()) {
            throw new RegistryRefused(
                    Reason.SUBJECT_DELETED,
                    "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
        }
        List<Integer> numbers = (permanent ? all : alive)
                .stream().map(RegisteredVersion::version).toList();
        if (permanent) {
            subjects.forget(subject, numbers);
        } else {
            subjects.delete(subject, numbers);
        }
        return numbers;
    }

    int delete(String subject, String version, boolean permanent) {
        requireWritable(subject);
        RegisteredVersion found = version(subject, version, true);
        List<Integer> number = List.of(found.version());
        if (permanent && !found.deleted()) {
            throw new RegistryRefused(
                    Reason.VERSION_NOT_DELETED,
                    "Subject '" + subject + "' Version " + found.version()
                            + " was not deleted first before being permanently deleted");
        }
        if (!permanent && found.deleted()) {
            throw new RegistryRefused(
                    Reason.VERSION_DELETED,
                    "Subject '" + subject + "' Version " + found.version()
                            + " was soft deleted. Set permanent=true to delete permanently");
        }
        if (permanent) {
            subjects.forget(subject, number);
        } else {
            subjects.delete(subject, number);
        }
        return found.version();
    }

    /** What holds for it: its own, or that of all. */
    Compatibility compatibility(String subject) {
        return Compatibility.valueOf(settings.compatibility(subject)
                .or(() -> settings.compatibility(SubjectSettings.ALL))
                .orElse(Compatibility.BACKWARD.name()));
    }

    Optional<String> ownCompatibility(String subject) {
        return settings.compatibility(subject);
    }

    void setCompatibility(String subject, Optional<String> wished) {
        List<String> known =
                Arrays.stream(Compatibility.values()).map(Enum::name).toList();
        if (wished.isPresent() && !known.contains(wished.get())) {
            throw new RegistryRefused(
                    Reason.BAD_COMPATIBILITY,
                    "Invalid compatibility level. Valid values are " + String.join(", ", known));
        }
        settings.setCompatibility(subject, wished);
    }

    String mode(String subject) {
        return settings.mode(subject)
                .or(() -> settings.mode(SubjectSettings.ALL))
                .orElse(READ_WRITE);
    }

    Optional<String> ownMode(String subject) {
        return settings.mode(subject);
    }

    void setMode(String subject, Optional<String> wished) {
        if (wished.isPresent() && !MODES.contains(wished.get())) {
            throw new RegistryRefused(Reason.BAD_MODE, "Invalid mode. Valid values are " + String.join(", ", MODES));
        }
        settings.setMode(subject, wished);
    }

    private void requireWritable(String subject) {
        if (!mode(subject).equals(READ_WRITE)) {
            throw new RegistryRefused(Reason.NOT_ALLOWED, "Subject " + subject + " is in read-only mode");
        }
    }
}
