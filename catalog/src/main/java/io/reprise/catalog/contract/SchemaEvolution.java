package io.reprise.catalog.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.shared.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the next version of a schema from the newest. A wish that cannot be met is an {@link IllegalArgumentException}. */
public final class SchemaEvolution {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(([0-9]{1,3}),([0-9]{1,3})\\)");
    private static final List<String> PLAIN = List.of("string", "bytes", "int", "long", "float", "double", "boolean");
    private static final List<String> LONGS =
            List.of("timestamp-millis", "timestamp-micros", "timestamp-nanos", "time-micros");
    private static final List<String> INTS = List.of("date", "time-millis");

    private final ObjectNode schema;

    private SchemaEvolution(ObjectNode schema) {
        this.schema = schema;
    }

    public static SchemaEvolution from(SchemaVersion newest) {
        try {
            return new SchemaEvolution((ObjectNode) JSON.readTree(newest.text()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot read a schema that was read before", impossible);
        }
    }

    /**
     * Adds a field at the end.
     *
     * @param wish {@code name:type} or {@code name:type=default}; a {@code ?} behind the type lets it be null
     */
    public SchemaEvolution add(String wish) {
        int colon = wish.indexOf(':');
        String name = colon < 0 ? wish : wish.substring(0, colon);
        if (colon < 0 || !NAME.matcher(name).matches()) {
            throw refused("add '" + wish + "'", "name:type or name:type=default, such as note:string=");
        }
        if (find(name).isPresent()) {
            throw refused("add '" + name + "', which is there", "the name of a new field");
        }
        String rest = wish.substring(colon + 1);
        int equals = rest.indexOf('=');
        String type = equals < 0 ? rest : rest.substring(0, equals);
        boolean nullable = type.endsWith("?");
        ObjectNode field = JSON.createObjectNode().put("name", name);
        JsonNode plain = type(nullable ? type.substring(0, type.length() - 1) : type);
        field.set("type", nullable ? JSON.createArrayNode().add("null").add(plain) : plain);
        if (equals >= 0) {
            field.set("default", value(rest.substring(equals + 1), plain));
        } else if (nullable) {
            field.putNull("default");
        }
        field.put("doc", "");
        fields().add(field);
        return this;
    }

    public SchemaEvolution remove(String name) {
        String gone = field(name, "remove").path("name").asText();
        ArrayNode fields = fields();
        for (int place = 0; place < fields.size(); place++) {
            if (fields.get(place).path("name").asText().equals(gone)) {
                fields.remove(place);
                return this;
            }
        }
        return this;
    }

    /** Renames a field and keeps its old name as an alias, so that old data is read. */
    public SchemaEvolution rename(String wish) {
        String[] names = wish.split("=", -1);
        if (names.length != 2 || !NAME.matcher(names[1]).matches()) {
            throw refused("rename '" + wish + "'", "old=new");
        }
        if (find(names[1]).isPresent()) {
            throw refused("rename '" + names[0] + "' to '" + names[1] + "', which is there", "a new name");
        }
        ObjectNode field = field(names[0], "rename");
        field.put("name", names[1]);
        ArrayNode aliases = field.withArray("aliases");
        aliases.add(names[0]);
        return this;
    }

    /** The text of the next version, as people read it. */
    public String text() {
        return schema.toPrettyString() + "\n";
    }

    private JsonNode type(String written) {
        Matcher decimal = DECIMAL.matcher(written);
        if (PLAIN.contains(written)) {
            return JSON.getNodeFactory().textNode(written);
        }
        if (LONGS.contains(written)) {
            return logical("long", written);
        }
        if (INTS.contains(written)) {
            return logical("int", written);
        }
        if (written.equals("uuid")) {
            return logical("string", written);
        }
        if (decimal.matches()) {
            return logical("bytes", "decimal")
                    .put("precision", Integer.parseInt(decimal.group(1)))
                    .put("scale", Integer.parseInt(decimal.group(2)));
        }
        List<String> known = new ArrayList<>(PLAIN);
        known.addAll(LONGS);
        known.addAll(INTS);
        known.addAll(List.of("uuid", "decimal(9,2)"));
        throw refused("add a field of type '" + written + "'", "one of " + String.join(", ", known));
    }

    private static ObjectNode logical(String type, String logicalType) {
        return JSON.createObjectNode().put("type", type).put("logicalType", logicalType);
    }

    private static JsonNode value(String written, JsonNode type) {
        String base = type.isTextual() ? type.asText() : type.path("type").asText();
        if (base.equals("string") || base.equals("bytes")) {
            return JSON.getNodeFactory().textNode(written);
        }
        try {
            return JSON.readTree(written);
        } catch (JsonProcessingException noValue) {
            throw refused("take '" + written + "' for a default", "a " + base);
        }
    }

    private ArrayNode fields() {
        return schema.withArray("fields");
    }

    private Optional<ObjectNode> find(String name) {
        for (JsonNode field : fields()) {
            if (field.path("name").asText().equals(name) && field instanceof ObjectNode found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private ObjectNode field(String name, String wish) {
        return find(name).orElseThrow(() -> {
            List<String> names = new ArrayList<>();
            fields().forEach(field -> names.add(field.path("name").asText()));
            return refused(
                    wish + " the unknown field '" + name + "'",
                    "one of " + String.join(", ", names)
                            + NearestName.to(name, names)
                                    .map(near -> "; nearest: " + near)
                                    .orElse(""));
        });
    }

    private static IllegalArgumentException refused(String wish, String expected) {
        return new IllegalArgumentException("cannot " + wish + " (expected: " + expected + ")");
    }
}
