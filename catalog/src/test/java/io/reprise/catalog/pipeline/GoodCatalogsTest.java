package io.reprise.catalog.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.connection.Password;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.pipeline.Condition;
import io.reprise.workflows.pipeline.Relation;
import io.reprise.workflows.pipeline.StepKind;
import io.reprise.workflows.saga.FailurePolicy;
import io.reprise.workflows.saga.Retry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoodCatalogsTest {

    static final String DAILY = """
            pipeline: daily
            description: Yesterday's orders by product and hour
            owner: data-platform
            slot: day
            schedule: {cron: "0 0 * * *", zone: UTC, start: 2026-01-01, missed: all}
            parameters:
              region: {type: string, default: EU, allowed: [EU, US]}
            key: [region]
            concurrency: {per-key: 1, slots: 4, order: any}
            input: {connection: warehouse, table: raw.events, slot-column: event_day, digest: row_hash}
            late: {look-back: 7d, every: 1h, do: rerun}
            tables:
              target: {schema: mart, name: daily_sales, scope: "day = :slot_day and region = :region"}
              stage:  {like: target, per: run, keep-on-failure: 7d}
            defaults: {connection: warehouse, retry: {attempts: 5, first: 1s, factor: 2, max: 1m}, timeout: 5m}
            failure: undo
            steps:
              - id: capture
                sql: capture.sql
                outputs: {rows: affected}
              - id: verify
                check:
                  - {name: conserved, sql: verify-conserved.sql}
                  - {unique: {table: stage, columns: [day, sku]}}
                  - {not-null: {table: stage, columns: [sku, amount]}}
                  - {rows: {table: stage, min: 1}}
              - id: apply
                publish: {from: stage, to: target, key: [day, region, sku], by: difference, undo: version}
              - id: log
                connection: audit
                sql: "insert into process_log (run_id, message, n) values (:run_id, :message, :capture.rows)"
                with: {message: "aggregation finished"}
                if-fails: continue
                hooks: {failure: [{notify: ops}]}
            finally:
              - {id: clean, sql: clean.sql}
            hooks: {failure: [{notify: data-team}], undo: [], stuck: [{notify: ops}], success: [], late: {by: "02:00", do: [{notify: data-team}]}}
            """;

    static final String MONEY = """
            pipeline: money
            parameters:
              amount: {type: number}
              account: {type: string}
            defaults: {connection: shop}
            steps:
              - id: modify
                transaction:
                  - {sql: "insert into log(account) values (:account)", outputs: {n: affected}}
                  - {check: {name: no-null, sql: "select * from log where account is null"}}
                  - {sql: "update log set done = 1 where account = :account", expect: {affected: {equals: ":modify.n"}}}
                undo: "delete from log where account = :account"
              - id: debit-account
                sql: "update accounts set balance = balance - :amount where id = :account and balance >= :amount"
                expect: {affected: {equals: 1}, else: {refuse: insufficient-funds}}
                undo: refund.sql
              - id: complete
                pivot: true
                sql: "update orders set state = 'done' where account = :account"
              - id: tell
                needs: [complete]
                if-fails: continue
                wait: {approval: "Tell them?", within: 2h, else: {refuse: nobody-there}}
            """;

    @TempDir
    private Path root;

    private CatalogOnDisk catalog = new CatalogOnDisk(Path.of("unused"));

    @BeforeEach
    void writeDown() {
        catalog = new CatalogOnDisk(root)
                .file("pipelines/daily/pipeline.yaml", DAILY)
                .file(
                        "pipelines/daily/capture.sql",
                        "insert into {stage}\nselect :slot_day, region, sku, count(*), now_ from raw.events\nwhere at >= :slot_start and at < :slot_end")
                .file(
                        "pipelines/daily/verify-conserved.sql",
                        "select * from {stage} where amount < 0;\n-- nothing more")
                .file("pipelines/daily/clean.sql", "delete from scratch where run = :run_id")
                .file("pipelines/money/pipeline.yaml", MONEY)
                .file(
                        "pipelines/money/refund.sql",
                        "update accounts set balance = balance + :amount where id = :account");
    }

    @Test
    void readsThePipelineOfTheDesign() {
        PipelineDefinition daily = catalog.pipeline("daily");

        assertThat(catalog.read().warnings()).isEmpty();
        assertThat(daily.steps()).extracting(StepDefinition::id).containsExactly("capture", "verify", "apply", "log");
        assertThat(daily.step("verify").orElseThrow().head().needs()).containsExactly("capture");
        assertThat(daily.failure()).isEqualTo(FailurePolicy.UNDO);
        assertThat(daily.step("capture").orElseThrow().head().retry())
                .isEqualTo(new Retry(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(1)));
        assertThat(daily.step("log").orElseThrow().head().continues()).isTrue();
        assertThat(daily.table("stage"))
                .contains(new TableDefinition.Stage("stage", "warehouse", "target", Duration.ofDays(7)));
        assertThat(PipelineDefinition.fromJson(daily.json())).isEqualTo(daily);
    }

    @Test
    void readsTransactionsGuardsPivotsAndApprovals() {
        PipelineDefinition money = catalog.pipeline("money");

        assertThat(money.step("complete").orElseThrow().head().needs()).containsExactly("modify", "debit-account");
        assertThat(money.step("debit-account")).get().isInstanceOfSatisfying(SqlStep.class, debit -> {
            assertThat(debit.part().expect().orElseThrow().reason()).isEqualTo("insufficient-funds");
            assertThat(debit.undo().orElseThrow().file()).isEqualTo("pipelines/money/refund.sql");
        });
        assertThat(money.step("tell")).get().isInstanceOfSatisfying(WaitStep.class, wait -> {
            assertThat(wait.within()).isEqualTo(Duration.ofHours(2));
            assertThat(wait.refuse()).contains("nobody-there");
        });
        assertThat(PipelineDefinition.fromJson(money.json())).isEqualTo(money);
    }

    @Test
    void readsWhichRecordIsWaitedFor() {
        catalog.file("pipelines/load/pipeline.yaml", """
                pipeline: load
                slot: day
                parameters: {region: {type: string, default: EU}}
                defaults: {connection: warehouse}
                steps:
                  - {id: any, wait: {topic: shop.orders}}
                  - id: closed
                    wait:
                      topic:
                        name: shop.days
                        key: "{region}"
                        where: [{path: $.type, in: [closed, corrected]}, {path: $.day, equals: "{slot_day}"}]
                        since: slot
                        capture: {rows: $.totals.rows}
                      within: 6h
                      else: {refuse: nobody-closed}
                  - {id: soon, wait: {topic: {name: shop.days, since: 30m}}}
                  - {id: load, sql: "insert into loads values (:closed.rows)"}
                """);

        PipelineDefinition load = catalog.pipeline("load");

        assertThat(load.step("closed")).get().isInstanceOfSatisfying(WaitStep.class, wait -> {
            WaitFor.Topic topic = (WaitFor.Topic) wait.what();
            assertThat(topic.since()).isEqualTo(new Since.Slot());
            assertThat(topic.record()
                            .filled(text ->
                                    text.replace("{slot_day}", "2026-11-19").replace("{region}", "EU"))
                            .words())
                    .isEqualTo("a record of shop.days with the key EU in which $.type is closed or corrected"
                            + " and $.day is 2026-11-19");
        });
        assertThat(load.step("any"))
                .get()
                .extracting(step -> ((WaitFor.Topic) ((WaitStep) step).what()).since())
                .isEqualTo(new Since.Run());
        assertThat(load.step("soon"))
                .get()
                .extracting(step -> ((WaitFor.Topic) ((WaitStep) step).what()).since())
                .isEqualTo(new Since.Back(Duration.ofMinutes(30)));
        assertThat(load.plan().steps().get(1).kind()).isEqualTo(StepKind.TOPIC);
        assertThat(PipelineDefinition.fromJson(load.json())).isEqualTo(load);
    }

    @Test
    void theTextOfADefinitionForgetsOrderSpacesAndComments() {
        String hash = catalog.pipeline("daily").hash();
        String other = DAILY.replace("description: Yesterday's orders by product and hour\nowner: data-platform\n", "")
                .replace(
                        "key: [region]",
                        "# a comment\n\n\nkey:   [ 'region' ]\nowner: data-platform\ndescription: \"Yesterday's orders by product and hour\"")
                .replace("{per-key: 1, slots: 4, order: any}", "{slots: 4,   order: any, per-key: 1}");

        catalog.file("pipelines/daily/pipeline.yaml", other);

        assertThat(catalog.pipeline("daily").hash()).isEqualTo(hash);
    }

    @Test
    void aChangedStatementIsAnotherDefinition() {
        String hash = catalog.pipeline("daily").hash();

        catalog.file("pipelines/daily/clean.sql", "delete from scratch where run = :run_id and true");

        assertThat(catalog.pipeline("daily").hash()).isNotEqualTo(hash);
    }

    @Test
    void roundsAreStepsOfTheirOwn() {
        catalog.file("pipelines/rounds/pipeline.yaml", """
                pipeline: rounds
                defaults: {connection: warehouse}
                steps:
                  - id: load
                    for-each: {values: [EU, US, 7], as: region, parallel: 2, max: 200}
                    sql: "insert into loads values (:region)"
                  - {id: done, sql: "insert into done values (1)"}
                """);

        PipelineDefinition rounds = catalog.pipeline("rounds");

        assertThat(rounds.steps())
                .extracting(StepDefinition::id)
                .containsExactly("load[EU]", "load[US]", "load[7]", "done");
        assertThat(rounds.step("done").orElseThrow().head().needs()).containsExactly("load[EU]", "load[US]", "load[7]");
        assertThat(rounds.step("load[7]").orElseThrow().head().with()).isEqualTo(Map.of("region", 7));
        assertThat(rounds.step("load[US]").orElseThrow().head().round()).contains(new Round("load", "region", "US", 2));
    }

    @Test
    void branchesAndConditionsSayWhatTheyNeed() {
        catalog.file("pipelines/branches/pipeline.yaml", """
                pipeline: branches
                slot: {size: hour, zone: Europe/Berlin}
                parameters: {full: {type: boolean, default: false}}
                steps:
                  - {id: file, wait: {file: {path: "/in/{slot}.csv", min-bytes: 1, unchanged-for: 5s}, every: 10s, within: 1h}}
                  - {id: site, needs: [], wait: {http: {url: "http://status/{slot_day}", contains: ok}}}
                  - id: count
                    connection: warehouse
                    needs: [file, site]
                    sql: |
                      insert into loads
                      select :slot returning id
                    outputs: {rows: affected, newest: {column: id}}
                  - id: print
                    when: {count.rows: {greater: 0, at-most: 5}, full: false}
                    command: [sh, -c, "echo $ROWS"]
                    with: {ROWS: ":count.rows"}
                    undo: [echo, back]
                    outputs: {said: last-line}
                  - {id: late, needs: print, connection: audit, sql: "insert into t values (:said)", with: {said: ":print.said"}}
                """);

        PipelineDefinition branches = catalog.pipeline("branches");

        assertThat(branches.step("site").orElseThrow().head().needs()).isEmpty();
        assertThat(branches.step("count").orElseThrow().head().needs()).containsExactly("file", "site");
        assertThat(branches.step("print").orElseThrow().head().when())
                .containsExactly(
                        new Condition("count.rows", Relation.GREATER, 0),
                        new Condition("count.rows", Relation.AT_MOST, 5),
                        new Condition("full", Relation.EQUALS, false));
        assertThat(branches.slot().orElseThrow().zone()).hasToString("Europe/Berlin");
    }

    @Test
    void pipelinesFollowAndRunEachOther() {
        catalog.file("pipelines/report/pipeline.yaml", """
                        pipeline: report
                        slot: day
                        after: [{pipeline: daily, slot: same}]
                        steps:
                          - {id: other, wait: {run: {pipeline: daily, parameters: {region: US}}, within: 3h}}
                          - {id: child, pipeline: {name: child, slot: same, parameters: {day: ":slot"}}}
                        """).file("pipelines/child/pipeline.yaml", """
                        pipeline: child
                        slot: day
                        parameters: {day: {type: date}}
                        steps: [{id: a, connection: scratch, sql: "insert into t values (:day)"}]
                        """);

        assertThat(catalog.problems()).isEmpty();
        assertThat(catalog.pipeline("report").after()).containsExactly(new AfterDefinition("daily", Map.of()));
    }

    @Test
    void anEnvironmentStandsForVariablesSchemasAndConnections() {
        catalog.file("environments/dev.yaml", """
                        variables: {bucket: dev-files}
                        schemas: {mart: dev_mart}
                        connections: {warehouse: {url: "jdbc:postgresql://dev/warehouse", pool: 1}}
                        """).file("pipelines/files/pipeline.yaml", """
                        pipeline: files
                        steps: [{id: wait, wait: {file: "/in/${bucket}/x"}}]
                        """);
        Optional<String> dev = Optional.of("dev");

        assertThat(catalog.pipeline("daily", dev).table("target"))
                .get()
                .isInstanceOfSatisfying(
                        TableDefinition.Target.class,
                        target -> assertThat(target.schema()).contains("dev_mart"));
        assertThat(catalog.pipeline("files", dev).json()).contains("/in/dev-files/x");
        assertThat(catalog.read(dev, Map.of()).environment().connections().get("warehouse"))
                .satisfies(warehouse -> {
                    assertThat(warehouse.url()).isEqualTo("jdbc:postgresql://dev/warehouse");
                    assertThat(warehouse.pool()).isEqualTo(1);
                    assertThat(warehouse.user()).contains("etl");
                    assertThat(warehouse.password()).isEqualTo(new Password.InFile(Path.of("/run/secrets/warehouse")));
                });
        assertThat(catalog.problems())
                .containsExactly(
                        "pipelines/files/pipeline.yaml:2:33 steps[0].wait.file: found the unknown variable ${bucket}"
                                + " (expected: a variable of an environment, chosen with --env)");
    }

    @Test
    void theEnvironmentOfTheProcessMovesConnections() {
        Definitions definitions = catalog.read(
                Optional.empty(), Map.of("REPRISE_CONNECTION_WAREHOUSE_URL", "jdbc:h2:mem:other", "PATH", "/bin"));

        assertThat(definitions.environment().connections().get("warehouse")).satisfies(warehouse -> {
            assertThat(warehouse.url()).isEqualTo("jdbc:h2:mem:other");
            assertThat(warehouse.dialect()).isEqualTo(SqlDialect.H2);
        });
    }

    @Test
    void aPasswordInTheCatalogIsAWarningAndNeverPrinted() {
        catalog.file(
                "connections.yaml",
                CatalogOnDisk.CONNECTIONS + "throw-away: {url: \"jdbc:h2:mem:x\", password: hunter2}\n");

        Definitions definitions = catalog.read();

        assertThat(definitions.problems()).isEmpty();
        assertThat(definitions.warnings())
                .extracting(String::valueOf)
                .containsExactly("connections.yaml:5:36 throw-away.password: found a password in the catalog (expected:"
                        + " password-file, except for throw-away databases)");
        assertThat(definitions.toString()).doesNotContain("hunter2");
    }

    @Test
    void hoursThatNoFiringStandsForAreAWarning() {
        String hourly = DAILY.replace("slot: day\n", "slot: hour\n");
        catalog.file("pipelines/daily/pipeline.yaml", hourly);

        assertThat(catalog.read().warnings())
                .extracting(String::valueOf)
                .anyMatch(line -> line.contains("found a cron that leaves out hours"));

        catalog.file("pipelines/daily/pipeline.yaml", hourly.replace("0 0 * * *", "5 * * * *"));

        assertThat(catalog.read().warnings())
                .extracting(String::valueOf)
                .noneMatch(line -> line.contains("a cron that leaves out hours"));
    }

    @Test
    void whatIsReadLaterAndWhatNothingNamesAreWarnings() {
        catalog.file("views/orders.yaml", "view: orders")
                .file("README.md", "hello")
                .file("pipelines/daily/pipeline.yaml", DAILY.replace("tables:\n", "tables:\n  spare: {name: spare}\n"));

        assertThat(catalog.read().problems()).isEmpty();
        assertThat(catalog.read().warnings())
                .extracting(String::valueOf)
                .containsExactly(
                        "pipelines/daily/pipeline.yaml:13:3 tables.spare: found the table 'spare', which nothing names"
                                + " (expected: {spare} in some SQL)",
                        "views:1:1: found 'views', which this version does not read yet (expected: only"
                                + " connections.yaml, environments, pipelines, contracts, triggers, streams)");
    }

    @Test
    void aDefinitionHoldsNoSecretAndNoAddress() {
        assertThat(List.of(
                        catalog.pipeline("daily").json(),
                        catalog.pipeline("money").json()))
                .noneMatch(json -> json.contains("jdbc:") || json.contains("/run/secrets"));
    }
}
