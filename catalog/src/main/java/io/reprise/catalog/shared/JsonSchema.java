package io.reprise.catalog.shared;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Writes a shape as a JSON Schema of 2020-12, which editors complete and check files with. */
public final class JsonSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Stands where a variable of an environment may stand for any value. */
    private static final String VARIABLE = "\\$\\{[^}]*\\}";

    private static final String SPAN = "[0-9]+(ms|s|m|h|d)";

    private final Map<String, ObjectNode> definitions = new TreeMap<>();
    private final Map<String, Shape.Keys> named = new TreeMap<>();
    private final boolean variables;

    private JsonSchema(boolean variables) {
        this.variables = variables;
    }

    /**
     * The schema's one text.
     *
     * @param variables whether <code>${name}</code> may stand in its values
     */
    public static String of(String title, Shape shape, boolean variables) {
        JsonSchema schema = new JsonSchema(variables);
        ObjectNode document = NODES.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", title);
        document.setAll(shape instanceof Shape.Keys root ? schema.keys(root) : schema.node(shape));
        if (!schema.definitions.isEmpty()) {
            document.putObject("$defs").setAll(schema.definitions);
        }
        return document.toPrettyString() + "\n";
    }

    private ObjectNode node(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text.form());
            case Shape.Words words -> words(words);
            case Shape.Whole whole -> orVariable(number("integer", whole.least(), whole.most()));
            case Shape.Decimal decimal -> orVariable(number("number", decimal.least(), decimal.most()));
            case Shape.Span span -> text(SPAN);
            case Shape.Flag flag -> orVariable(typed("boolean"));
            case Shape.Scalar scalar -> scalar();
            case Shape.Nothing nothing -> typed("null");
            case Shape.Items items -> items(items);
            case Shape.Either either -> either(either);
            case Shape.Named named -> named(named);
            case Shape.Keys keys -> reference(keys);
        };
    }

    private static ObjectNode typed(String type) {
        return NODES.objectNode().put("type", type);
    }

    private ObjectNode text(String form) {
        if (form.isEmpty()) {
            return scalar();
        }
        return typed("string").put("pattern", variables ? "^(" + form + ")$|" + VARIABLE : "^(" + form + ")$");
    }

    /** YAML reads 5 as a number where a text is meant. */
    private static ObjectNode scalar() {
        ObjectNode scalar = NODES.objectNode();
        scalar.putArray("type").add("string").add("number").add("boolean");
        return scalar;
    }

    private ObjectNode words(Shape.Words words) {
        ObjectNode node = NODES.objectNode();
        ArrayNode names = node.putArray("enum");
        words.words().forEach(names::add);
        return orVariable(node);
    }

    private static ObjectNode number(String type, int least, int most) {
        return typed(type).put("minimum", least).put("maximum", most);
    }

    private ObjectNode orVariable(ObjectNode node) {
        if (!variables) {
            return node;
        }
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(node).add(typed("string").put("pattern", VARIABLE));
        return either;
    }

    private ObjectNode items(Shape.Items items) {
        ObjectNode node = typed("array");
        if (items.least() > 0) {
            node.put("minItems", items.least());
        }
        node.set("items", node(items.item()));
        return node;
    }

    private ObjectNode either(Shape.Either either) {
        ObjectNode node = NODES.objectNode();
        ArrayNode shapes = node.putArray("anyOf");
        either.shapes().forEach(shape -> shapes.add(node(shape)));
        return node;
    }

    private ObjectNode named(Shape.Named named) {
        ObjectNode node = typed("object");
        node.putObject("propertyNames").put("pattern", "^(" + named.form() + ")$");
        node.set("additionalProperties", node(named.value()));
        return node;
    }

    private ObjectNode reference(Shape.Keys keys) {
        Shape.Keys before = named.putIfAbsent(keys.name(), keys);
        if (before == null) {
            definitions.put(keys.name(), keys(keys));
        } else if (!before.equals(keys)) {
            throw new IllegalStateException(
                    "cannot define '" + keys.name() + "' twice in one schema (expected: one shape under each name)");
        }
        return NODES.objectNode().put("$ref", "#/$defs/" + keys.name());
    }

    private ObjectNode keys(Shape.Keys keys) {
        ObjectNode node = typed("object");
        ObjectNode properties = node.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (Shape.Key key : keys.keys()) {
            ObjectNode property = NODES.objectNode();
            property.put("description", key.purpose());
            property.setAll(node(key.shape()));
            properties.set(key.name(), property);
            if (key.needed()) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        node.put("additionalProperties", false);
        return node;
    }
}
