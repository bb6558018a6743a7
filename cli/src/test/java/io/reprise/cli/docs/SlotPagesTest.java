package io.reprise.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reprise.api.Api;
import io.reprise.api.ApiSettings;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.cli.Main;
import io.reprise.cli.shared.ExitCode;
import io.reprise.db.Ledger;
import io.reprise.db.backfill.SlotState;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.schedule.Missed;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.shared.LedgerMigrations;
import io.reprise.db.shared.PageRequest;
import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.run.SearchAttributes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** Types every line of the pages on pipelines, schedules and backfills, in their order, against the catalog that ships. */
@Tag("slow")
class SlotPagesTest {

    private static final Path ROOT = Path.of(System.getProperty("reprise.root", ".."));
    private static final String PLACEHOLDER = "01JDA7Q0000000000000000000";

    private static EmbeddedPostgresServer postgres;
    private static EmbeddedTemporal temporal;
    private static Ledger ledger;
    private static Api api;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgresServer.start(Placement.temporary());
        temporal = EmbeddedTemporal.start(TemporalSettings.at(Placement.temporary(), SearchAttributes.all()));
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(EmbeddedPostgresServer.USER);
        database.setPassword(EmbeddedPostgresServer.PASSWORD);
        LedgerMigrations.migrate(database);
        ledger = Ledger.over(database, Clock.systemUTC());
        apply(DefinitionsReader.read(ROOT.resolve("examples/shop"), Optional.empty(), Map.of()));
        api = Api.start(ApiSettings.read(
                Map.of(
                        "REPRISE_HTTP_PORT", "0",
                        "REPRISE_DB_URL", postgres.jdbcUrl(),
                        "REPRISE_TEMPORAL_ADDRESS", temporal.target(),
                        "REPRISE_TEMPORAL_NAMESPACE", temporal.namespace()),
                Path.of("no-such-reprise.yaml")));
    }

    @AfterAll
    static void stop() {
        api.close();
        temporal.close();
        postgres.close();
    }

    @Test
    void everyLineOfThePageOnSchedulesDoesWhatItSays() throws IOException {
        List<String> lines = lines("schedule.md");

        assertThat(lines)
                .hasSizeGreaterThan(5)
                .allSatisfy(line -> assertThat(type(line)).as(line).isZero());
    }

    @Test
    void everyLineOfThePageOnBackfillsDoesWhatItSays() throws IOException {
        List<String> lines = lines("backfill.md");

        assertThat(lines).hasSizeGreaterThan(8);
        for (String line : lines) {
            if (line.contains("backfill retry")) {
                failOneSlot();
            }
            assertThat(type(line)).as(line).isZero();
        }
    }

    @Test
    void everyLineOfThePageOnPipelinesDoesWhatItSays() throws IOException {
        List<String> lines = lines("pipeline.md");

        assertThat(lines)
                .hasSizeGreaterThan(12)
                .allSatisfy(line -> assertThat(type(line)).as(line).isZero());
    }

    /** What needs a worker, or the database of dev, is only read. */
    private static int type(String line) {
        StringWriter said = new StringWriter();
        CommandLine reprise = Main.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        List<String> words = new ArrayList<>(PageLines.words(line.replace(PLACEHOLDER, newestBackfill())
                .replace("examples/shop", ROOT.resolve("examples/shop").toString())));
        boolean waits = words.remove("--wait") && line.contains("backfill");
        boolean prepares =
                line.contains("connection prepare") || line.contains("step run") || line.contains("stream show");
        if (waits || prepares || line.contains("--follow") || line.contains("generate")) {
            return reprise.parseArgs(words.toArray(String[]::new)).errors().size();
        }
        boolean alone =
                line.contains("catalog check") || line.contains("catalog schema") || line.contains("pipeline test");
        if (!alone) {
            words.addAll(List.of("--url", api.uri().toString()));
        }
        int code = reprise.execute(words.toArray(String[]::new));
        return code == ExitCode.DONE.code() && !said.toString().isBlank() ? 0 : fail(line, said);
    }

    private static int fail(String line, StringWriter said) {
        throw new AssertionError(line + " said: " + said);
    }

    private static String newestBackfill() {
        StringWriter said = new StringWriter();
        Main.commandLine()
                .setOut(new PrintWriter(said))
                .execute(
                        "backfill",
                        "list",
                        "--limit",
                        "1",
                        "--output",
                        "json",
                        "--url",
                        api.uri().toString());
        try {
            return new JsonMapper().readTree(said.toString()).at("/items/0/id").asText(PLACEHOLDER);
        } catch (IOException e) {
            throw new AssertionError(said.toString(), e);
        }
    }

    private static void failOneSlot() {
        String id = newestBackfill();
        String slot = ledger.backfillSlots()
                .page(id, Optional.of(SlotState.PLANNED), PageRequest.first(1))
                .items()
                .getFirst()
                .slot();
        ledger.backfillSlots().ended(id, slot, SlotState.FAILED, Optional.of("Failed: to test"));
    }

    private static List<String> lines(String page) throws IOException {
        return PageLines.of(ROOT, page);
    }

    private static void apply(Definitions catalog) {
        assertThat(catalog.problems()).isEmpty();
        ledger.definitions()
                .apply(
                        new NewCatalog(
                                catalog.pipelines().stream()
                                        .map(it -> new NewDefinition(
                                                "pipeline", it.name().value(), it.json()))
                                        .toList(),
                                catalog.pipelines().stream()
                                        .flatMap(it -> it.schedule().map(schedule -> terms(it, schedule)).stream())
                                        .toList()),
                        "ann",
                        OptionalLong.empty());
    }

    private static ScheduleTerms terms(PipelineDefinition pipeline, ScheduleDefinition schedule) {
        return new ScheduleTerms(
                pipeline.name().value(),
                schedule.cron(),
                schedule.zone(),
                schedule.startInstant().orElseThrow(),
                Missed.of(schedule.missed().name().toLowerCase(Locale.ROOT)),
                schedule.jitter());
    }
}
