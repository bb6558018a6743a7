package io.reprise.activities.sql;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes the secrets among the bound values out of what a database answers, also where it quotes or shortens them. */
final class Secrets {

    /** Databases shorten what they quote: as much as this of a secret is taken for it. */
    private static final int TELLING = 8;

    private final List<String> written;

    Secrets(Collection<Parameter> parameters) {
        this.written = parameters.stream()
                .filter(Parameter::secret)
                .map(parameter -> parameter.value().shown())
                .filter(secret -> !secret.isBlank() && !secret.equals("null"))
                .flatMap(Secrets::waysToWrite)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Stream<String> waysToWrite(String secret) {
        return Stream.of(
                secret,
                secret.replace("'", "''"),
                secret.replace("\\", "\\\\").replace("'", "\\'"),
                secret.replace("\"", "\"\""));
    }

    boolean isEmpty() {
        return written.isEmpty();
    }

    String masked(String text) {
        String masked = text;
        for (String secret : written) {
            masked = masked(masked, secret);
        }
        return masked;
    }

    private static String masked(String text, String secret) {
        String telling = secret.substring(0, Math.min(TELLING, secret.length()));
        StringBuilder masked = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(telling); at >= 0; at = text.indexOf(telling, from)) {
            int length = telling.length();
            while (length < secret.length()
                    && at + length < text.length()
                    && text.charAt(at + length) == secret.charAt(length)) {
                length++;
            }
            masked.append(text, from, at).append(Parameter.MASK);
            from = at + length;
        }
        return masked.append(text, from, text.length()).toString();
    }
}
