package io.reprise.api.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The secret that a caller shows. Compared in constant time and never printed. */
public final class Token {

    private static final int SHORTEST = 16;

    private final byte[] secret;

    private Token(byte[] secret) {
        this.secret = secret;
    }

    public static Token readFrom(Path file) {
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the token of REPRISE_TOKEN_FILE=" + file + ": " + e + " (expected: a readable file)",
                    e);
        }
        if (text.length() < SHORTEST || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("cannot use the token in REPRISE_TOKEN_FILE=" + file + ": it has "
                    + text.length() + " characters (expected: one line of at least " + SHORTEST
                    + " visible ASCII characters)");
        }
        return new Token(text.getBytes(StandardCharsets.US_ASCII));
    }

    boolean isShownBy(String authorization) {
        String scheme = "Bearer ";
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                && MessageDigest.isEqual(
                        secret, authorization.substring(scheme.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
