package io.reprise.cli.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that a deployment is made of. */
final class Repository {

    private static final Path ROOT = Path.of(System.getProperty("reprise.root"));

    private Repository() {}

    static Path file(String path) {
        return ROOT.resolve(path).normalize();
    }

    static String text(String path) {
        return text(file(path));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The assignments of a file such as .env. */
    static Map<String, String> assignments(String path) {
        Map<String, String> assignments = new TreeMap<>();
        text(path)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    assignments.put(line.substring(0, equals), line.substring(equals + 1));
                });
        return assignments;
    }

    /** A property of the root pom. */
    static String buildProperty(String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)</").matcher(text("pom.xml"));
        if (!matcher.find()) {
            throw new IllegalArgumentException("pom.xml has no property " + name);
        }
        return matcher.group(1);
    }
}
