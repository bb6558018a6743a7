package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.shared.CatalogProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenPromiseTest {

    private static final String WORDS = "its probe of 2026-11-20 on MariaDB 11.4 found at-least-once";
    private static final ProbedConnections SHOP_BROKE =
            connection -> switch (connection.name().value()) {
                case "shop" -> Optional.of(new ProbedConnections.Probed(false, WORDS));
                case "warehouse" -> Optional.of(new ProbedConnections.Probed(true, "all of it held"));
                default -> Optional.empty();
            };

    @TempDir
    private Path root = Path.of("");

    @Test
    void whatTheProbeOfAConnectionDidNotHoldNoStepMayPromise() {
        pipeline("""
                pipeline: sales
                slot: none
                defaults: {connection: shop}
                tables:
                  target: {name: daily, scope: "n > 0"}
                  stage: {like: target, per: run}
                steps:
                  - {id: fill, sql: "insert into {stage} (n) values (1)"}
                  - {id: more, guarantee: fenced, transaction: [{sql: "update a set n = 1"}]}
                  - {id: apply, publish: {from: stage, to: target, key: [n]}}
                finally:
                  - {id: last, sql: "delete from a"}
                """);

        assertThat(problems(SHOP_BROKE))
                .containsExactly(
                        "pipelines/sales/pipeline.yaml:8:5 steps[0]: found a fenced step on connection 'shop': " + WORDS
                                + " (expected: guarantee: idempotent or at-least-once, or a connection on which the fence"
                                + " holds)",
                        "pipelines/sales/pipeline.yaml:9:16 steps[1].guarantee: found a fenced step on connection 'shop': "
                                + WORDS
                                + " (expected: guarantee: idempotent or at-least-once, or a connection on which the fence"
                                + " holds)",
                        "pipelines/sales/pipeline.yaml:10:17 steps[2].publish: found a publication on connection 'shop': "
                                + WORDS + " (expected: a connection on which the fence holds)",
                        "pipelines/sales/pipeline.yaml:12:5 finally[0]: found a fenced step on connection 'shop': "
                                + WORDS
                                + " (expected: guarantee: idempotent or at-least-once, or a connection on which the fence"
                                + " holds)");
        assertThat(problems(ProbedConnections.NONE)).isEmpty();
    }

    @Test
    void whoPromisesLessOrIsOnAnotherConnectionIsNotRefused() {
        pipeline("""
                pipeline: sales
                slot: none
                steps:
                  - {id: fill, connection: shop, sql: "update a set n = 1", guarantee: idempotent}
                  - {id: look, connection: shop, check: [{name: none, sql: "select n from a where n is null"}]}
                  - {id: note, connection: warehouse, sql: "update a set n = 2"}
                  - {id: keep, connection: scratch, sql: "update a set n = 2"}
                """);

        assertThat(problems(SHOP_BROKE)).isEmpty();
    }

    private void pipeline(String text) {
        new CatalogOnDisk(root).file("pipelines/sales/pipeline.yaml", text);
    }

    private List<String> problems(ProbedConnections probes) {
        return DefinitionsReader.read(root, Optional.empty(), Map.of(), probes).problems().stream()
                .map(CatalogProblem::toString)
                .toList();
    }
}
