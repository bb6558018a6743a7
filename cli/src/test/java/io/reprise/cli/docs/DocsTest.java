package io.reprise.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages name must be there: a page that names a class or a file that is gone misleads at the worst moment. */
class DocsTest {

    private static final Path ROOT = Path.of(System.getProperty("reprise.root", ".."));
    /** Made by {@code deploy/secrets.sh} and never committed. */
    private static final String MADE_LATER = "deploy/secrets/";

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern PATH = Pattern.compile("[a-z][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)+/?");
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+");

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = pages().flatMap(page -> matches(LINK, page)
                        .map(link -> link.group(1))
                        .filter(target -> !target.startsWith("http"))
                        .filter(target -> !Files.exists(folderOf(page).resolve(target)))
                        .map(target -> ROOT.relativize(page) + " links to " + target + ", which is not there"))
                .toList();

        assertThat(broken).isEmpty();
    }

    @Test
    void everyPathInCodeStyleExists() {
        Set<String> roots = topFolders();

        List<String> missing = pages().flatMap(page -> matches(CODE, page)
                        .map(code -> code.group(1))
                        .filter(code -> PATH.matcher(code).matches() && !code.startsWith(MADE_LATER))
                        .filter(code -> roots.contains(code.substring(0, code.indexOf('/'))))
                        .filter(code -> !Files.exists(ROOT.resolve(code)))
                        .map(code -> ROOT.relativize(page) + " names " + code + ", which is not there"))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyTypeInCodeStyleExists() {
        Set<String> types = files("java")
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        List<String> missing = pages().flatMap(page -> matches(CODE, page)
                        .map(code -> code.group(1))
                        .filter(code -> TYPE.matcher(code).matches())
                        .filter(code -> !types.contains(code))
                        .map(code -> ROOT.relativize(page) + " names the type " + code + ", which is not there"))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void thePagesAreFound() {
        assertThat(pages().map(page -> ROOT.relativize(page).toString()))
                .contains("README.md", "AGENTS.md", "docs/ARCHITECTURE.md", "docs/features/saga.md");
    }

    private static Stream<Path> pages() {
        return files("md");
    }

    private static Set<String> topFolders() {
        try (Stream<Path> top = Files.list(ROOT)) {
            return top.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(String extension) {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all
                    .filter(file -> file.toString().endsWith("." + extension))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/.reprise/")
                            && !file.toString().contains("/.git/"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> matches(Pattern pattern, Path page) {
        try {
            return pattern.matcher(Files.readString(page)).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folderOf(Path page) {
        Path folder = page.getParent();
        return folder == null ? ROOT : folder;
    }
}
