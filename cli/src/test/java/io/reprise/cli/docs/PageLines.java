package io.reprise.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands of a page on a feature, as a reader types them. */
public final class PageLines {

    private static final String LAUNCHER = "./reprise ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private PageLines() {}

    public static List<String> of(Path root, String page) throws IOException {
        return Files.readAllLines(root.resolve("docs/features").resolve(page)).stream()
                .filter(line -> line.startsWith(LAUNCHER))
                .toList();
    }

    /** What a shell makes of a line, less the launcher. */
    public static List<String> words(String line) {
        return WORD.matcher(line.substring(LAUNCHER.length()))
                .results()
                .map(word -> Stream.of(word.group(1), word.group(2), word.group(3))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}
