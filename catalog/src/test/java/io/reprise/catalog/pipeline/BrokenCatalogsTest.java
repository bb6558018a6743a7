package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.shared.CatalogProblem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Catalogs that are broken on purpose, one in each file of the folder {@code broken}: what is wrong with it, its files, and
 * every word that is said about them.
 */
class BrokenCatalogsTest {

    private static final Pattern PART = Pattern.compile("(?m)^>>> (.*)\n");

    @TempDir
    private Path root;

    @TestFactory
    Stream<DynamicTest> everyProblemIsToldAtOnceAndInTheseWords() throws IOException {
        return files().map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> check(file)));
    }

    @Test
    void thereAreManyOfThem() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(40);
    }

    private void check(Path file) throws IOException {
        String[] parts = PART.split(Files.readString(file), -1);
        List<String> names = PART.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .toList();
        CatalogOnDisk catalog = new CatalogOnDisk(root.resolve(String.valueOf(file.getFileName())));
        for (int at = 0; at < names.size() - 1; at++) {
            catalog.file(names.get(at), parts[at + 1]);
        }

        List<String> problems =
                catalog.read().problems().stream().map(CatalogProblem::toString).toList();

        assertThat(names).last().isEqualTo("expected");
        assertThat(problems).isNotEmpty();
        assertThat(String.join("\n", problems)).isEqualTo(parts[names.size()].strip());
    }

    private static Stream<Path> files() throws IOException {
        try {
            Path folder = Path.of(Objects.requireNonNull(BrokenCatalogsTest.class.getResource("../broken"))
                    .toURI());
            try (Stream<Path> files = Files.list(folder)) {
                return files.sorted().toList().stream();
            }
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
