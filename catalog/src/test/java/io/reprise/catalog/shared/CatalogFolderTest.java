package io.reprise.catalog.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFolderTest {

    private final CatalogProblems problems = new CatalogProblems();

    @TempDir
    private Path root;

    private CatalogFolder folder() {
        return CatalogFolder.at(root).orElseThrow();
    }

    @Test
    void refusesATextThatIsNotUtf8AtItsFirstBadByte() throws IOException {
        byte[] text = "a: 1\nb: größe".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(root.resolve("a.yaml"), text);

        assertThat(folder().text("a.yaml", problems)).isEmpty();
        assertThat(problems.problems())
                .extracting(CatalogProblem::toString)
                .containsExactly("a.yaml:2:6: found bytes that are not UTF-8 (expected: a text in UTF-8)");
    }

    @Test
    void refusesALargeFileWithoutReadingIt() throws IOException {
        Files.write(root.resolve("a.yaml"), new byte[10_000_000]);

        assertThat(folder().text("a.yaml", problems)).isEmpty();
        assertThat(problems.problems())
                .extracting(CatalogProblem::toString)
                .containsExactly("a.yaml:1:1: found a file of 10000000 bytes (expected: at most 1000000 bytes)");
    }

    @Test
    void leadsOutOfTheFolderNeitherByNameNorByLink(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret.sql"), "select 1");
        Files.createDirectories(root.resolve("pipelines/a"));
        Files.createSymbolicLink(root.resolve("pipelines/a/link.sql"), elsewhere.resolve("secret.sql"));

        assertThat(folder().inside("pipelines/a", "../../../secret.sql")).isEmpty();
        assertThat(folder().inside(
                                "pipelines/a", elsewhere.resolve("secret.sql").toString()))
                .isEmpty();
        assertThat(folder().inside("pipelines/a", "link.sql")).isEmpty();
        assertThat(folder().inside("pipelines/a", "../b/x.sql")).isEqualTo(Optional.of("pipelines/b/x.sql"));
    }

    @Test
    void takesAByteOrderMarkOff() throws IOException {
        Files.writeString(root.resolve("a.yaml"), "\uFEFFa: 1");

        assertThat(folder().text("a.yaml", problems)).contains("a: 1");
    }
}
