package io.reprise.catalog.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {

    private final CatalogProblems problems = new CatalogProblems();

    private List<String> told() {
        return problems.problems().stream().map(CatalogProblem::toString).toList();
    }

    private Optional<YamlObject> read(String text, String... keys) {
        return YamlText.read("a.yaml", text, problems).flatMap(root -> root.object(List.of(keys)));
    }

    @Test
    void tellsEveryProblemWithItsPlaceAndTheNearestKey() {
        read("""
                retry: 3
                timout: 5m
                retry: 4
                list: [1, 2]
                """, "retry", "timeout", "list")
                .orElseThrow()
                .duration("list", java.time.Duration.ZERO, java.time.Duration.ofDays(1));

        assertThat(told())
                .containsExactly(
                        "a.yaml:2:1 timout: found unknown key 'timout' (expected: one of retry, timeout, list; nearest:"
                                + " timeout)",
                        "a.yaml:3:1 retry: found the key 'retry' twice (expected: it once)",
                        "a.yaml:4:7 list: found a list (expected: a duration such as 500ms, 30s, 5m, 2h or 7d)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a.yaml:1:1: found an empty file (expected: a YAML document)",
                "'- a' | a.yaml:1:1: found a list (expected: a mapping with key)",
                "'key: [' | a.yaml:1:7: found expected the node content, but found '<stream end>' while parsing a flow node"
                        + " (expected: well-formed YAML)",
                "'a: b: c' | a.yaml:1:5: found mapping values are not allowed here (expected: well-formed YAML)",
                "'!!java.net.URL [x]' | a.yaml:1:1: found the tag tag:yaml.org,2002:java.net.URL (expected: a value without"
                        + " a tag)"
            })
    void refusesWhatIsNoPlainDocument(String text, String problem) {
        read(text, "key");

        assertThat(told()).containsExactly(problem);
    }

    @Test
    void refusesTabsAliasesSeveralDocumentsAndControlCharacters() {
        read("key:\n\tvalue: 1", "key");
        read("key: &all {a: 1}\nother: *all", "key", "other");
        read("key: 1\n---\nkey: 2", "key");
        read("key: \u0007", "key");

        assertThat(told())
                .containsExactly(
                        "a.yaml:1:6: found a control character (expected: printable text)",
                        "a.yaml:2:1: found a tab where the line is indented (YAML indents with spaces) (expected:"
                                + " well-formed YAML)",
                        "a.yaml:2:1: found another document in one file (expected: well-formed YAML)",
                        "a.yaml:2:8: found the alias *all (expected: the value itself)");
    }

    @Test
    void aMillionLaughsAreAFewProblems() {
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n";

        read(bomb, "a", "b", "c", "d");

        assertThat(told()).hasSize(6).allMatch(problem -> problem.contains("found the alias"));
    }

    @Test
    void refusesWhatIsNestedDeeperThanAnyCatalog() {
        read("key: " + "[".repeat(100) + "]".repeat(100), "key");

        assertThat(told())
                .containsExactly(
                        "a.yaml:1:1: found more than 30 levels (expected: a YAML document of at most 30 levels)");
    }

    @Test
    void putsVariablesInPlaceAndTellsOfUnknownOnes() {
        Variables dev = new Variables(Optional.of("dev"), java.util.Map.of("bucket", "dev-$1", "region", "EU"));

        YamlObject read = YamlText.read("a.yaml", "key: \"s3://${bucket}/x\"\nother: ${buket}", dev, problems)
                .flatMap(root -> root.object(List.of("key", "other")))
                .orElseThrow();

        assertThat(read.text("key")).contains("s3://dev-$1/x");
        assertThat(read.text("other")).contains("${buket}");
        assertThat(told())
                .containsExactly(
                        "a.yaml:2:8 other: found the unknown variable ${buket} (expected: one of bucket, region;"
                                + " nearest: bucket)");
    }
}
