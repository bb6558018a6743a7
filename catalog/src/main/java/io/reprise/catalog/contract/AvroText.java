package io.reprise.catalog.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Reads the text of one Avro schema, within bounds. */
public final class AvroText {

    /** Characters of the longest schema that is read. */
    public static final int LONGEST = 1_000_000;

    /** Levels of JSON that a schema may have: a record within a record takes three or four. */
    static final int DEEPEST = 200;

    private static final Pattern UNDEFINED =
            Pattern.compile(".*(?:[Uu]ndefined (?:schema|name)|is undefined|not defined).*");
    private static final Pattern NAME_IN_WORDS = Pattern.compile("\"?([A-Za-z_][A-Za-z0-9_.]*)\"?\\s*$");

    private AvroText() {}

    /** Reads a schema as somebody writes it now: its names are Avro's, and its defaults fit. */
    public static Schema read(String text) throws BadSchema {
        refuseTooLong(text);
        StrictJson.check(text);
        return readStrict(text);
    }

    /** The same of a document that {@link StrictJson} lets through. */
    static Schema readStrict(String document) throws BadSchema {
        return parse(document, new Schema.Parser(NameValidator.STRICT_VALIDATOR).setValidateDefaults(true));
    }

    /** The one text of a schema as somebody writes it now. */
    public static String canonical(String text) throws BadSchema {
        return read(text).toString();
    }

    /** Reads a schema that records were written with already: whatever its names and defaults are, they can be read. */
    public static Schema readWritten(String text) throws BadSchema {
        refuseTooLong(text);
        StrictJson.check(text);
        return parse(text, new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false));
    }

    private static Schema parse(String text, Schema.Parser parser) throws BadSchema {
        try {
            return parser.parse(text);
        } catch (AvroRuntimeException refused) {
            throw refused(refused);
        } catch (NullPointerException | ClassCastException | IllegalArgumentException malformed) {
            throw new BadSchema(JsonPlaces.At.START, "JSON that Avro cannot make sense of: " + malformed, "a schema");
        }
    }

    static void refuseTooLong(String text) throws BadSchema {
        if (text.length() > LONGEST) {
            throw new BadSchema(
                    JsonPlaces.At.START,
                    "a schema of " + text.length() + " characters",
                    "at most " + LONGEST + " characters");
        }
    }

    private static BadSchema refused(AvroRuntimeException refused) {
        String words = String.valueOf(refused.getMessage());
        if (!UNDEFINED.matcher(words).matches()) {
            return new BadSchema(JsonPlaces.At.START, words, "an Avro schema");
        }
        Matcher name = NAME_IN_WORDS.matcher(words);
        return new BadSchema(
                JsonPlaces.At.START,
                "a type that this schema does not define" + (name.find() ? ": " + name.group(1) : ""),
                "every type within the schema, for it refers to no other");
    }
}
