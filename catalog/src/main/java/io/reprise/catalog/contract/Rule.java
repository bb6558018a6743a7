package io.reprise.catalog.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is asked of contracts. People name a rule in waivers as it is spelled here, in lower case and with dashes. */
public enum Rule {
    /** The files can be read. */
    DEFINITION(false, "mend the file"),
    MISSING_DOC(true, "add a \"doc\" that says what it means"),
    MISSING_OWNER(false, "say in contract.yaml whom to ask: owner: a team"),
    MISSING_KEY(true, "name the field that tells records apart: key: a field"),
    MISSING_EVENT_TIME(true, "name the field that says when it happened: event-time: a field"),
    NULLABLE_KEY(true, "name a field that every record has"),
    NULLABLE_EVENT_TIME(true, "name a field that every record has"),
    EVENT_TIME_TYPE(true, "name a field of logical type timestamp-millis, -micros or -nanos"),
    NAMES_COLLIDE(true, "rename one of them: columns of most databases do not tell case apart"),
    DEFAULT_NOT_FIRST(true, "put the type of the default first in the union: most readers take only that"),
    LOGICAL_TYPE_IGNORED(
            true, "write it into the type, with a base type and attributes that fit: readers leave it out"),
    ENUM_WITHOUT_DEFAULT(true, "give the enum a default: else no symbol can ever be added"),
    INCOMPATIBLE(
            false, "change the new version so that both can be read, or retire the old one when no data is left of it"),
    TIMESTAMP_UNIT_CHANGED(true, "add another field in the new unit: readers would be wrong by a factor"),
    DECIMAL_SCALE_CHANGED(true, "add another field with the new scale: readers would be wrong by powers of ten"),
    DECIMAL_PRECISION_CHANGED(true, "keep the larger precision: large numbers would no longer fit"),
    DEFAULT_CHANGED(true, "keep the default: data written before the field was there would change its meaning"),
    LOGICAL_TYPE_CHANGED(true, "keep the logical type: generated classes and columns would change their type"),
    STRING_BYTES_CHANGED(true, "keep the type: bytes need not be text, and generated classes change"),
    NAMESPACE_CHANGED(true, "keep the namespace: generated classes and subjects by record name change with it"),
    PRECISION_LOST(true, "add another field: a floating number does not hold every whole one"),
    RENAMED_READS_DEFAULT(true, "write the old field as well: older readers silently take their default"),
    ALIAS_DROPPED(true, "keep the alias: data under the old name would silently read as the default"),
    GOLDEN_UNREADABLE(false, "mend the schema, or the golden record where it is none of its version"),
    GOLDEN_DIFFERS(true, "mend the schema so that both read the same value"),
    WAIVER_EXPIRED(false, "mend what was waived, or agree on another day"),
    WAIVER_UNUSED(false, "remove the waiver: nothing is there that it would let through"),
    RELEASED_CHANGED(false, "put the released version back, and write the change into a new version"),
    RELEASED_REMOVED(false, "put the released version back; retired: lists those of which no data is left");

    private final boolean waivable;
    private final String advice;

    Rule(boolean waivable, String advice) {
        this.waivable = waivable;
        this.advice = advice;
    }

    /** The name by which people know it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean waivable() {
        return waivable;
    }

    /** What to do about a finding. */
    public String advice() {
        return advice;
    }

    static Optional<Rule> waivable(String written) {
        return Arrays.stream(values())
                .filter(rule -> rule.waivable && rule.written().equals(written))
                .findFirst();
    }

    static List<String> waivableNames() {
        return Arrays.stream(values()).filter(Rule::waivable).map(Rule::written).toList();
    }
}
