package io.reprise.catalog.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds the changes that Avro's checker lets through and that change what data means: each is told for the directions that the
 * contract promises.
 */
final class SemanticCheck {

    private final ContractFindings findings;
    private final Compatibility promised;
    private final VersionPair pair;
    private final Set<String> fieldsBefore;
    private final Set<Pair> seen = new HashSet<>();

    private record Pair(int older, int newer) {}

    /**
     * A place in both versions. Most are passed without a finding, so that nobody asks for their path.
     *
     * @param above the place that it stands in; null for the whole
     * @param field names of the fields on the way
     */
    private record At(@Nullable At above, String step, String field) {

        static final At WHOLE = new At(null, "", "");

        At into(String next) {
            return new At(this, next, field);
        }

        At field(Schema.Field next) {
            return new At(this, "fields/" + next.pos(), field.isEmpty() ? next.name() : field + "." + next.name());
        }

        /** A pointer into the newer version. */
        String path() {
            return above == null ? "" : above.path() + "/" + step;
        }
    }

    /** @param fieldsBefore names of all fields that any live version before the newer one has */
    SemanticCheck(ContractFindings findings, VersionPair pair, Set<String> fieldsBefore) {
        this.findings = findings;
        this.pair = pair;
        this.promised = findings.draft().definition().compatibility();
        this.fieldsBefore = fieldsBefore;
    }

    void check() {
        if (promised != Compatibility.NONE) {
            walk(pair.older().schema(), pair.newer().schema(), At.WHOLE);
        }
    }

    private void walk(Schema older, Schema newer, At at) {
        if (!seen.add(new Pair(System.identityHashCode(older), System.identityHashCode(newer)))) {
            return;
        }
        if (newer.isUnion()) {
            List<Schema> branches = newer.getTypes();
            for (int branch = 0; branch < branches.size(); branch++) {
                Schema next = branches.get(branch);
                At there = at.into(Integer.toString(branch));
                branchLike(older, next).ifPresent(before -> walk(before, next, there));
            }
            return;
        }
        if (older.isUnion()) {
            branchLike(older, newer).ifPresent(before -> walk(before, newer, at));
            return;
        }
        meaning(older, newer, at);
        names(older, newer, at);
        if (older.getType() == newer.getType()) {
            inside(older, newer, at);
        }
    }

    private void inside(Schema older, Schema newer, At at) {
        switch (newer.getType()) {
            case RECORD -> newer.getFields().forEach(field -> field(older, field, at.field(field)));
            case ARRAY -> walk(older.getElementType(), newer.getElementType(), at.into("items"));
            case MAP -> walk(older.getValueType(), newer.getValueType(), at.into("values"));
            case ENUM -> {
                if (older.getEnumDefault() != null
                        && newer.getEnumDefault() != null
                        && !older.getEnumDefault().equals(newer.getEnumDefault())) {
                    note(
                            Rule.DEFAULT_CHANGED,
                            at.into("default"),
                            "found " + newer.getEnumDefault() + " for symbols that are unknown (expected: "
                                    + older.getEnumDefault() + ", as before)");
                }
            }
            case UNION, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private void field(Schema older, Schema.Field newer, At at) {
        Schema.Field same = older.getField(newer.name());
        if (same != null) {
            defaults(same, newer, at.into("default"));
            droppedAliases(same, newer, at.into("aliases"));
            walk(same.schema(), newer.schema(), at.into("type"));
            return;
        }
        Optional<Schema.Field> renamed = newer.aliases().stream()
                .map(older::getField)
                .filter(Objects::nonNull)
                .findFirst();
        renamed.ifPresent(before -> {
            if (promised.forward()
                    && before.hasDefaultValue()
                    && !before.aliases().contains(newer.name())) {
                note(
                        Rule.RENAMED_READS_DEFAULT,
                        at,
                        "found '" + newer.name() + "' in the place of '" + before.name()
                                + "', for which readers of version "
                                + pair.older().version() + " take "
                                + Words.of(before.defaultVal()));
            }
            walk(before.schema(), newer.schema(), at.into("type"));
        });
    }

    private void defaults(Schema.Field older, Schema.Field newer, At at) {
        if (older.hasDefaultValue()
                && newer.hasDefaultValue()
                && !Objects.deepEquals(older.defaultVal(), newer.defaultVal())) {
            note(
                    Rule.DEFAULT_CHANGED,
                    at,
                    "found the default " + Words.of(newer.defaultVal()) + " of '" + newer.name() + "' (expected: "
                            + Words.of(older.defaultVal()) + ", as before)");
        }
    }

    private void droppedAliases(Schema.Field older, Schema.Field newer, At at) {
        for (String alias : older.aliases()) {
            if (promised.backward() && !newer.aliases().contains(alias) && fieldsBefore.contains(alias)) {
                note(
                        Rule.ALIAS_DROPPED,
                        at,
                        "found '" + newer.name() + "' without the alias '" + alias + "', under which there is data");
            }
        }
    }

    private void meaning(Schema older, Schema newer, At at) {
        kind(older, newer, at);
        String before = Logical.name(older);
        String after = Logical.name(newer);
        if (!before.equals(after)) {
            boolean unit =
                    !Logical.family(before).isEmpty() && Logical.family(before).equals(Logical.family(after));
            note(
                    unit ? Rule.TIMESTAMP_UNIT_CHANGED : Rule.LOGICAL_TYPE_CHANGED,
                    at,
                    "found " + Words.orNone(after) + " (expected: " + Words.orNone(before) + ", as before)");
            return;
        }
        Optional<LogicalTypes.Decimal> was = Logical.decimal(older);
        Optional<LogicalTypes.Decimal> is = Logical.decimal(newer);
        if (was.isPresent() && is.isPresent()) {
            decimals(was.get(), is.get(), at);
        }
    }

    private void decimals(LogicalTypes.Decimal was, LogicalTypes.Decimal is, At at) {
        if (was.getScale() != is.getScale()) {
            note(
                    Rule.DECIMAL_SCALE_CHANGED,
                    at.into("scale"),
                    "found scale " + is.getScale() + " (expected: " + was.getScale() + ", as before)");
        }
        boolean narrower = is.getPrecision() < was.getPrecision() && promised.backward();
        boolean wider = is.getPrecision() > was.getPrecision() && promised.forward();
        if (narrower || wider) {
            note(
                    Rule.DECIMAL_PRECISION_CHANGED,
                    at.into("precision"),
                    "found precision " + is.getPrecision() + " (expected: " + was.getPrecision() + ", as before)");
        }
    }

    private void kind(Schema older, Schema newer, At at) {
        Schema.Type was = older.getType();
        Schema.Type is = newer.getType();
        if ((was == Schema.Type.STRING && is == Schema.Type.BYTES)
                || (was == Schema.Type.BYTES && is == Schema.Type.STRING)) {
            note(
                    Rule.STRING_BYTES_CHANGED,
                    at,
                    "found " + is.getName() + " (expected: " + was.getName() + ", as before)");
        }
        if ((promised.backward() && Words.losesDigits(was, is)) || (promised.forward() && Words.losesDigits(is, was))) {
            note(Rule.PRECISION_LOST, at, "found " + is.getName() + " (expected: " + was.getName() + ", as before)");
        }
    }

    private void names(Schema older, Schema newer, At at) {
        if (!Words.isNamed(older) || older.getType() != newer.getType()) {
            return;
        }
        String was = Objects.toString(older.getNamespace(), "");
        String is = Objects.toString(newer.getNamespace(), "");
        if (!was.equals(is) && older.getName().equals(newer.getName())) {
            note(
                    Rule.NAMESPACE_CHANGED,
                    at,
                    "found " + newer.getFullName() + " (expected: " + older.getFullName() + ", as before)");
        }
    }

    private void note(Rule rule, At at, String words) {
        findings.changed(at.field());
        findings.note(rule, pair, pair.newer(), at.path(), words);
    }

    /** The branch of a union, or the type itself, that stands for the same. */
    private static Optional<Schema> branchLike(Schema older, Schema next) {
        List<Schema> branches = older.isUnion() ? older.getTypes() : List.of(older);
        return branches.stream()
                .filter(branch -> branch.getType() == next.getType())
                .filter(branch -> !Words.isNamed(branch)
                        || branch.getName().equals(next.getName())
                        || next.getAliases().contains(branch.getFullName()))
                .findFirst()
                .or(() -> branches.stream()
                        .filter(branch -> Words.readsAs(branch.getType(), next.getType()))
                        .findFirst());
    }
}
