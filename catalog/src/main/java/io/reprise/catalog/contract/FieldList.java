package io.reprise.catalog.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.avro.Schema;

/** The fields of a schema, as people speak of them: by path, those of records within records too. */
public final class FieldList {

    private FieldList() {}

    /**
     * One field.
     *
     * @param path names with dots between
     * @param type in words, such as {@code long (timestamp-millis)}
     */
    public record Described(String path, String type, Optional<String> fallback, Optional<String> doc) {

        /** Type and default in one. */
        public String words() {
            return type + fallback.map(it -> " = " + it).orElse("");
        }
    }

    /**
     * What differs between two versions.
     *
     * @param before of the field in the first; empty where it has none
     * @param after of the field in the second
     */
    public record Change(String path, Optional<String> before, Optional<String> after) {}

    public static List<Described> of(SchemaVersion version) {
        return of(version.schema());
    }

    static List<Described> of(Schema schema) {
        List<Described> fields = new ArrayList<>();
        collect(schema, "", fields, List.of());
        return fields;
    }

    /** By path; nothing where both have the same fields. */
    public static List<Change> between(SchemaVersion before, SchemaVersion after) {
        return between(before.schema(), after.schema());
    }

    static List<Change> between(Schema before, Schema after) {
        Map<String, String> old = byPath(before);
        Map<String, String> now = byPath(after);
        TreeSet<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        return paths.stream()
                .map(path -> new Change(path, Optional.ofNullable(old.get(path)), Optional.ofNullable(now.get(path))))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    private static Map<String, String> byPath(Schema schema) {
        Map<String, String> fields = new LinkedHashMap<>();
        of(schema).forEach(field -> fields.put(field.path(), field.words()));
        return fields;
    }

    private static void collect(Schema schema, String above, List<Described> fields, List<String> open) {
        switch (schema.getType()) {
            case RECORD -> {
                if (open.contains(schema.getFullName())) {
                    return;
                }
                List<String> within = new ArrayList<>(open);
                within.add(schema.getFullName());
                for (Schema.Field field : schema.getFields()) {
                    String path = above.isEmpty() ? field.name() : above + "." + field.name();
                    fields.add(new Described(
                            path,
                            words(field.schema()),
                            field.hasDefaultValue() ? Optional.of(Words.of(field.defaultVal())) : Optional.empty(),
                            Optional.ofNullable(field.doc())));
                    collect(field.schema(), path, fields, within);
                }
            }
            case ARRAY -> collect(schema.getElementType(), above + "[]", fields, open);
            case MAP -> collect(schema.getValueType(), above + "{}", fields, open);
            case UNION -> schema.getTypes().forEach(type -> collect(type, above, fields, open));
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private static String words(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFullName();
            case ENUM -> "enum " + schema.getEnumSymbols();
            case FIXED -> "fixed(" + schema.getFixedSize() + ")" + logical(schema);
            case ARRAY -> "array of " + words(schema.getElementType());
            case MAP -> "map of " + words(schema.getValueType());
            case UNION ->
                String.join(
                        " | ", schema.getTypes().stream().map(FieldList::words).toList());
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                schema.getType().getName() + logical(schema);
        };
    }

    private static String logical(Schema schema) {
        return Logical.decimal(schema)
                .map(it -> " (decimal " + it.getPrecision() + "," + it.getScale() + ")")
                .orElse(Logical.name(schema).isEmpty() ? "" : " (" + Logical.name(schema) + ")");
    }
}
