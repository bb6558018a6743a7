package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.db.run.Lease;
import io.reprise.db.run.Retried;
import io.reprise.db.run.RetryWish;
import io.reprise.db.run.Run;
import io.reprise.db.run.RunRef;
import io.reprise.workflows.run.Forward;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that failed and are held, and go on from a step. */
@Tag("slow")
class HeldPipelineTest {

    private static final Lease ME = new Lease("test", Duration.ofSeconds(5));

    @TempDir
    private static Path folder = Path.of("");

    private static PipelineStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new PipelineStage(folder);
        stage.inWarehouse("create table sales (sku text primary key)");
        stage.inWarehouse("create table figures (n int primary key, v int)");
        stage.apply(Map.of("booking", """
                pipeline: booking
                slot: none
                defaults: {connection: warehouse, retry: {attempts: 1}}
                steps:
                  - {id: load, sql: "insert into sales values (gen_random_uuid()::text)", outputs: {rows: affected}}
                  - {id: book, sql: "insert into booked values (:load.rows)"}
                  - {id: close, sql: "insert into closed values (:load.rows)"}
                """, "staging", """
                pipeline: staging
                slot: none
                failure: hold
                defaults: {connection: warehouse, retry: {attempts: 1}}
                tables:
                  figures: {schema: public, name: figures, scope: "n > 0"}
                  stage: {like: figures}
                steps:
                  - {id: capture, sql: "insert into {stage} values (7, 1)"}
                  - {id: verify, check: [{name: later, sql: "select * from missing_yet"}, {name: positive, sql: "select * from {stage} where n < 0"}]}
                  - {id: apply, publish: {from: stage, to: figures, key: [n]}}
                """));
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void whatWasDoneBeforeTheStepIsThereOnceAndWhatItHandedOnIsRead() throws Exception {
        RunRef first = stage.run("booking", "1");
        assertThat(stage.awaitEnded(first).forward()).isEqualTo(Forward.FAILED);

        assertThat(retry(first, RetryWish.whole()))
                .asInstanceOf(type(Retried.Refused.class))
                .satisfies(refused ->
                        assertThat(refused.words()).contains("[load]", "would be done twice", "--from book"));
        stage.inWarehouse("create table booked (n int)");
        RunRef second = next(retry(first, RetryWish.from("book")));
        assertThat(stage.awaitEnded(second).forward()).isEqualTo(Forward.FAILED);
        stage.inWarehouse("create table closed (n int)");
        Run third = stage.awaitEnded(next(retry(second, RetryWish.from("close"))));

        assertThat(third.forward()).isEqualTo(Forward.SUCCEEDED);
        assertThat(stage.askWarehouse("select count(*) from sales")).containsExactly("1");
        assertThat(stage.askWarehouse("select n from booked")).containsExactly("1");
        assertThat(stage.askWarehouse("select n from closed")).containsExactly("1");
        assertThat(stage.askWarehouse(
                        "select step_key from reprise_kit.fence where workflow_id like 'pipeline/booking/%'"
                                + " and state = 'DONE' order by position"))
                .containsExactly("pipeline/booking/1:load", "pipeline/booking/1~2:book", "pipeline/booking/1~3:close");
    }

    @Test
    void aStageThatWasDroppedMeanwhileIsNotTakenForAnEmptyOne() throws Exception {
        RunRef first = stage.run("staging", "1");
        assertThat(stage.awaitEnded(first).forward()).isEqualTo(Forward.FAILED);
        stage.inWarehouse("create table missing_yet (n int)");
        stage.inWarehouse("delete from reprise_kit.stage where workflow_id = 'pipeline/staging/1'");

        Run second = stage.awaitEnded(next(retry(first, RetryWish.from("verify"))));
        Run third = stage.awaitEnded(next(retry(second.ref(), RetryWish.from("capture"))));

        assertThat(second.reason()).contains("stage-missing");
        assertThat(third.forward()).as("%s", third.failure()).isEqualTo(Forward.SUCCEEDED);
        assertThat(stage.askWarehouse("select n from figures")).containsExactly("7");
    }

    private static Retried retry(RunRef run, RetryWish wish) {
        return stage.ledger().generations().retry(run.runId(), wish, ME);
    }

    private static RunRef next(Retried retried) {
        return assertThat(retried)
                .asInstanceOf(type(Retried.NextGeneration.class))
                .actual()
                .run();
    }
}
