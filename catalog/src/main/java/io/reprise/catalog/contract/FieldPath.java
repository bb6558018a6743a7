package io.reprise.catalog.contract;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A field of a record, or of a record within it.
 *
 * @param nullable whether a record may be without it
 * @param pointer to it in the schema, as a JSON pointer; where a type is defined elsewhere, to where it is used
 */
record FieldPath(Schema.Field field, boolean nullable, String pointer) {

    /** What was looked for, or where the way ended. */
    sealed interface Search {
        record Found(FieldPath path) implements Search {}

        /**
         * There is no such field.
         *
         * @param name that was not found
         * @param names that would have been
         */
        record Missing(String name, List<String> names) implements Search {}
    }

    /** @param path names with dots between */
    static Search find(Schema root, String path) {
        Schema record = root;
        boolean nullable = false;
        StringBuilder pointer = new StringBuilder();
        String rest = path;
        while (true) {
            int dot = rest.indexOf('.');
            String name = dot < 0 ? rest : rest.substring(0, dot);
            Schema.Field field = record.getField(name);
            if (field == null) {
                return new Search.Missing(
                        name,
                        record.getFields().stream().map(Schema.Field::name).toList());
            }
            pointer.append("/fields/").append(field.pos());
            nullable |= field.schema().isNullable();
            if (dot < 0) {
                return new Search.Found(new FieldPath(field, nullable, pointer.toString()));
            }
            Optional<Schema> inner = recordIn(field.schema());
            if (inner.isEmpty()) {
                return new Search.Missing(rest.substring(dot + 1), List.of());
            }
            pointer.append("/type");
            record = inner.get();
            rest = rest.substring(dot + 1);
        }
    }

    /** The schema without the null that stands for none. */
    Schema value() {
        Schema schema = field.schema();
        return schema.isUnion() && schema.getTypes().size() == 2 && schema.isNullable()
                ? schema.getTypes().stream()
                        .filter(it -> it.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElse(schema)
                : schema;
    }

    private static Optional<Schema> recordIn(Schema schema) {
        if (schema.isUnion()) {
            return schema.getTypes().stream()
                    .filter(it -> it.getType() == Schema.Type.RECORD)
                    .findFirst();
        }
        return schema.getType() == Schema.Type.RECORD ? Optional.of(schema) : Optional.empty();
    }
}
