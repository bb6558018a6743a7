package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.fixture.Fixtures;
import io.reprise.catalog.shared.CatalogProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the author's page shows must be what the reader takes, and what it says is refused must be, in those words. */
class PipelinePageTest {

    private static final Path PAGE = Path.of("..", "docs", "features", "pipeline.md");

    private static final Pattern BLOCK =
            Pattern.compile("```(?<language>yaml|sql|text)\n(?<text>.*?)```", Pattern.DOTALL);
    private static final Pattern FIRST_LINE = Pattern.compile("(?:#|--) (?<name>[^\n]+)\n(?<rest>.*)", Pattern.DOTALL);

    private final List<Block> blocks = new ArrayList<>();

    @TempDir
    private Path root;

    private record Block(String name, String text) {}

    @BeforeEach
    void read() throws IOException {
        BLOCK.matcher(Files.readString(PAGE)).results().forEach(found -> {
            String text = found.group("text");
            var first = FIRST_LINE.matcher(text);
            boolean named = first.matches() && !found.group("language").equals("text");
            blocks.add(named ? new Block(first.group("name"), text) : new Block("words", text));
        });
    }

    @Test
    void everyExampleIsACatalogWithoutFindings() {
        CatalogOnDisk catalog = new CatalogOnDisk(root);
        List<Block> fragments =
                blocks.stream().filter(block -> block.name().equals("steps")).toList();
        files().forEach(block -> catalog.file(block.name(), block.text()));
        for (int at = 0; at < fragments.size(); at++) {
            catalog.file("pipelines/steps-" + at + "/pipeline.yaml", """
                    pipeline: steps-%d
                    defaults: {connection: warehouse}
                    steps:
                    %s""".formatted(
                            at, fragments.get(at).text().indent(2)));
        }

        Definitions usual = catalog.read();
        Definitions dev = catalog.read(Optional.of("dev"), Map.of());

        assertThat(usual.problems()).isEmpty();
        assertThat(Fixtures.of(root, usual).problems()).isEmpty();
        assertThat(Fixtures.of(root, usual).all()).hasSize(1);
        assertThat(usual.warnings()).isEmpty();
        assertThat(usual.pipelines()).hasSize(1 + fragments.size());
        assertThat(usual.pipelines())
                .allSatisfy(pipeline -> assertThat(pipeline.plan().steps()).isNotEmpty());
        assertThat(dev.problems()).isEmpty();
        assertThat(fragments).hasSize(3);
    }

    @Test
    void theBrokenExampleIsRefusedInTheWordsOfThePage() {
        CatalogOnDisk catalog = new CatalogOnDisk(root);
        files().filter(block -> !block.name().startsWith("pipelines/"))
                .forEach(block -> catalog.file(block.name(), block.text()));
        Block broken = blocks.stream()
                .filter(block -> block.name().startsWith("broken: "))
                .findFirst()
                .orElseThrow();
        catalog.file(
                broken.name().substring("broken: ".length()),
                broken.text().substring(broken.text().indexOf('\n') + 1));

        List<String> problems =
                catalog.read().problems().stream().map(CatalogProblem::toString).toList();

        assertThat(String.join("\n", problems) + "\n")
                .isEqualTo(blocks.stream()
                        .filter(block -> block.name().equals("words"))
                        .findFirst()
                        .orElseThrow()
                        .text());
    }

    private Stream<Block> files() {
        return blocks.stream()
                .filter(block -> block.name().endsWith(".yaml") || block.name().endsWith(".sql"))
                .filter(block -> !block.name().startsWith("broken: "));
    }
}
