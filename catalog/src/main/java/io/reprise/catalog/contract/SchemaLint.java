package io.reprise.catalog.contract;

import io.reprise.catalog.shared.YamlValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Looks at the newest version by itself, and at what the contract says of it. */
final class SchemaLint {

    private final ContractFindings findings;
    private final ContractDefinition contract;
    private final VersionDraft version;
    private final Set<String> seen = new HashSet<>();

    SchemaLint(ContractFindings findings) {
        this.findings = findings;
        this.contract = findings.draft().definition();
        this.version = findings.draft().newest();
    }

    void check() {
        YamlValue file = findings.draft().fields().value();
        if (contract.owner().isEmpty()) {
            findings.note(Rule.MISSING_OWNER, file, "found no owner");
        }
        contract.key().ifPresentOrElse(this::key, () -> findings.note(Rule.MISSING_KEY, file, "found no key"));
        contract.eventTime()
                .ifPresentOrElse(
                        this::eventTime, () -> findings.note(Rule.MISSING_EVENT_TIME, file, "found no event-time"));
        walk(version.schema(), "");
    }

    private void key(String path) {
        if (FieldPath.find(version.schema(), path) instanceof FieldPath.Search.Found found
                && found.path().nullable()) {
            findings.note(
                    Rule.NULLABLE_KEY,
                    version,
                    found.path().pointer(),
                    "found the key '" + path + "', which may be null (expected: a value in every record)");
        }
    }

    private void eventTime(String path) {
        if (!(FieldPath.find(version.schema(), path) instanceof FieldPath.Search.Found found)) {
            return;
        }
        if (found.path().nullable()) {
            findings.note(
                    Rule.NULLABLE_EVENT_TIME,
                    version,
                    found.path().pointer(),
                    "found the event time '" + path + "', which may be null (expected: a value in every record)");
        }
        LogicalType type = found.path().value().getLogicalType();
        if (!(type instanceof LogicalTypes.TimestampMillis
                || type instanceof LogicalTypes.TimestampMicros
                || type instanceof LogicalTypes.TimestampNanos)) {
            findings.note(
                    Rule.EVENT_TIME_TYPE,
                    version,
                    found.path().pointer(),
                    "found the event time '" + path + "' of type "
                            + Logical.words(found.path().value()) + " (expected: a timestamp)");
        }
    }

    private void walk(Schema schema, String path) {
        ignoredLogicalType(schema, path);
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    record(schema, path);
                }
            }
            case ENUM -> {
                if (seen.add(schema.getFullName())) {
                    enumeration(schema, path);
                }
            }
            case ARRAY -> walk(schema.getElementType(), path + "/items");
            case MAP -> walk(schema.getValueType(), path + "/values");
            case UNION -> {
                List<Schema> types = schema.getTypes();
                for (int branch = 0; branch < types.size(); branch++) {
                    walk(types.get(branch), path + "/" + branch);
                }
            }
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private void record(Schema record, String path) {
        if (isBlank(record.getDoc())) {
            findings.note(Rule.MISSING_DOC, version, path, "found the record '" + record.getName() + "' without a doc");
        }
        Set<String> lower = new HashSet<>();
        for (Schema.Field field : record.getFields()) {
            String at = path + "/fields/" + field.pos();
            if (isBlank(field.doc())) {
                findings.note(Rule.MISSING_DOC, version, at, "found the field '" + field.name() + "' without a doc");
            }
            if (!lower.add(field.name().toLowerCase(Locale.ROOT))) {
                findings.note(
                        Rule.NAMES_COLLIDE,
                        version,
                        at,
                        "found the field '" + field.name() + "' beside one that differs from it in case only");
            }
            if (field.getObjectProp(LogicalType.LOGICAL_TYPE_PROP) != null) {
                findings.note(
                        Rule.LOGICAL_TYPE_IGNORED,
                        version,
                        at,
                        "found the logical type of '" + field.name()
                                + "' beside its type (expected: within it, as {\"type\": …, \"logicalType\": …})");
            }
            defaultNotFirst(field, at);
            walk(field.schema(), at + "/type");
        }
    }

    private void enumeration(Schema schema, String path) {
        if (contract.compatibility().forward() && schema.getEnumDefault() == null) {
            findings.note(
                    Rule.ENUM_WITHOUT_DEFAULT,
                    version,
                    path,
                    "found the enum '" + schema.getName()
                            + "' without a default, where older readers must read what newer producers write");
        }
    }

    private void defaultNotFirst(Schema.Field field, String path) {
        if (!field.hasDefaultValue() || !field.schema().isUnion()) {
            return;
        }
        Schema first = field.schema().getTypes().getFirst();
        Object value = Optional.ofNullable(field.defaultVal()).orElse(JsonProperties.NULL_VALUE);
        try {
            Schema.Field tried = new Schema.Field(field.name(), first, null, value);
            if (tried.hasDefaultValue()) {
                return;
            }
        } catch (AvroRuntimeException unfit) {
            // told below
        }
        findings.note(
                Rule.DEFAULT_NOT_FIRST,
                version,
                path + "/default",
                "found a default of '" + field.name() + "' that is no "
                        + first.getType().getName() + ", the first of its types");
    }

    private void ignoredLogicalType(Schema schema, String path) {
        String written = schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
        if (written != null && schema.getLogicalType() == null) {
            findings.note(
                    Rule.LOGICAL_TYPE_IGNORED,
                    version,
                    path,
                    "found the logical type '" + written + "' on "
                            + schema.getType().getName()
                            + ", which Avro leaves out (expected: one that it knows, whole, and on"
                            + " its own base type)");
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
