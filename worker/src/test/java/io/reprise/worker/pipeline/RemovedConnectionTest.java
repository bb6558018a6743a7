package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.run.RunRef;
import io.reprise.workflows.run.Forward;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RemovedConnectionTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aConnectionThatTheCatalogDropsIsServedUntilItsRunsHaveEnded() throws Exception {
        try (PipelineStage stage = new PipelineStage(folder)) {
            stage.inWarehouse("create table gate (n int)");
            stage.apply(Map.of("waiting", """
                    pipeline: waiting
                    slot: none
                    defaults: {connection: warehouse}
                    steps:
                      - {id: open, wait: {sql: "select n from gate", every: 1s, within: 10m}}
                      - {id: pass, sql: "update gate set n = n + 1"}
                    """));
            RunRef run = stage.run("waiting", "1");
            await().atMost(PipelineStage.PATIENCE).until(() -> stage.shown(run).forward() == Forward.WAITING);

            stage.ledger().definitions().apply(new NewCatalog(List.of(), List.of()), "ann", OptionalLong.empty());

            await().during(Duration.ofSeconds(4))
                    .atMost(PipelineStage.PATIENCE)
                    .until(() -> stage.connections().names().contains("sql.warehouse"));
            stage.inWarehouse("insert into gate values (1)");
            assertThat(stage.awaitEnded(run).forward()).isEqualTo(Forward.SUCCEEDED);
            assertThat(stage.askWarehouse("select n from gate")).containsExactly("2");
            await().atMost(PipelineStage.PATIENCE)
                    .until(() -> stage.connections().names().isEmpty());
        }
    }
}
