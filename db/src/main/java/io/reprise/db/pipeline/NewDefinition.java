package io.reprise.db.pipeline;

import io.reprise.workflows.run.Name;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A definition as a catalog has it.
 *
 * @param kind {@code pipeline}, {@code connection} and so on
 * @param text canonical: equal definitions are equal texts. It names its kind and name, and holds no secret
 */
public record NewDefinition(String kind, String name, String text) {

    public static final int LONGEST = 8 * 1024 * 1024;

    public NewDefinition {
        if (!Name.isName(kind) || !Name.isName(name)) {
            throw new IllegalArgumentException(
                    "cannot define the " + kind + " '" + name + "' (expected of kind and name: " + Name.FORM + ")");
        }
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("cannot define the " + kind + " " + name + " by a text of "
                    + text.length() + " characters (expected: 1 to " + LONGEST + ")");
        }
    }

    /** SHA-256 of the text in UTF-8, as hex digits. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("cannot hash a definition: every Java has SHA-256", impossible);
        }
    }
}
