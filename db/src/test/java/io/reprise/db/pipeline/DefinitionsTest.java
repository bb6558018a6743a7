package io.reprise.db.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reprise.db.Ledger;
import io.reprise.db.ledger.Tables;
import io.reprise.db.run.Accepted;
import io.reprise.db.run.NewRun;
import io.reprise.db.run.Orders;
import io.reprise.db.run.RunRef;
import io.reprise.db.shared.Concurrently;
import io.reprise.db.shared.NamedPage;
import io.reprise.db.shared.NamedPageRequest;
import io.reprise.db.shared.PageRequest;
import io.reprise.db.shared.SettableClock;
import io.reprise.db.shared.TestLedger;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DefinitionsTest {

    @RegisterExtension
    static final TestLedger DATABASE = new TestLedger();

    private static final NewDefinition DAILY = pipeline("daily", "first");
    private static final NewDefinition CHANGED_DAILY = pipeline("daily", "second");
    private static final NewDefinition HOURLY = pipeline("hourly", "only");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-19T10:00:00Z"));
    private final Ledger ledger = DATABASE.at(clock);
    private final Definitions definitions = ledger.definitions();

    @BeforeEach
    void emptyLedger() {
        DATABASE.sql().truncate(Tables.RUN).execute();
        DATABASE.sql().truncate(Tables.RUN_KEY).execute();
        DATABASE.sql().truncate(Tables.DEFINITION).cascade().execute();
    }

    @Test
    void hashesTheTextSoThatOthersCanCheckIt() {
        assertThat(new NewDefinition("pipeline", "daily", "{}").hash())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void makesACatalogCurrentAllAtOnce() {
        CatalogApplied.Current applied = apply(DAILY, HOURLY);

        assertThat(effects(applied.plan())).containsExactly("ADDED daily", "ADDED hourly");
        assertThat(definitions.current("pipeline")).extracting(Definition::name).containsExactly("daily", "hourly");
        assertThat(definitions.current("pipeline", "daily").orElseThrow().text())
                .isEqualTo(DAILY.text());
        assertThat(definitions.byHash(DAILY.hash()).orElseThrow().createdAt()).isEqualTo(clock.instant());
        assertThat(definitions.current("connection")).isEmpty();
    }

    @Test
    void listsWhatIsCurrentPageByPage() {
        apply(DAILY, HOURLY);
        apply(CHANGED_DAILY, HOURLY);

        NamedPage<Definition> first = definitions.page("pipeline", NamedPageRequest.first(1));
        NamedPage<Definition> second =
                definitions.page("pipeline", NamedPageRequest.first(1).after("daily"));

        assertThat(first.items()).extracting(Definition::hash).containsExactly(CHANGED_DAILY.hash());
        assertThat(first.next()).hasValue("daily");
        assertThat(second.items()).extracting(Definition::name).containsExactly("hourly");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void changesNothingWhereTheSameIsAppliedAgain() {
        long revision = apply(DAILY, HOURLY).revision();
        clock.pass(Duration.ofDays(1));

        CatalogApplied.Current again = apply(HOURLY, DAILY);

        assertThat(again.plan().changesNothing()).isTrue();
        assertThat(again.revision()).isEqualTo(revision).isEqualTo(definitions.revision());
        assertThat(history("daily")).hasSize(1);
    }

    @Test
    void tellsWhatItWouldChangeAndThenDoesExactlyThat() {
        apply(DAILY, HOURLY);
        NewDefinition monthly = pipeline("monthly", "new");

        CatalogPlan plan = definitions.plan(catalog(CHANGED_DAILY, monthly));
        CatalogApplied.Current applied = apply(CHANGED_DAILY, monthly);

        assertThat(effects(plan)).containsExactly("CHANGED daily", "REMOVED hourly", "ADDED monthly");
        assertThat(applied.plan()).isEqualTo(plan);
        assertThat(definitions.current("pipeline", "hourly")).isEmpty();
        assertThat(definitions.byHash(HOURLY.hash())).as("its text stays").isPresent();
    }

    @Test
    void refusesAPlanThatSomebodyElseOvertook() {
        long planned = definitions.plan(catalog(DAILY)).revision();
        apply(HOURLY);

        CatalogApplied late = definitions.apply(catalog(DAILY), "ann", OptionalLong.of(planned));

        assertThat(late).isEqualTo(new CatalogApplied.Moved(planned, definitions.revision()));
        assertThat(definitions.current("pipeline", "daily")).isEmpty();
    }

    @Test
    void ofManyThatApplyAtOnceOneCatalogIsCurrentAndNeverAMix() throws Exception {
        List<List<NewDefinition>> catalogs =
                List.of(List.of(DAILY, HOURLY), List.of(CHANGED_DAILY, pipeline("hourly", "other")));

        Concurrently.run(
                8,
                i -> definitions.apply(
                        new NewCatalog(catalogs.get(i % 2), List.of()), "worker-" + i, OptionalLong.empty()));

        List<String> texts =
                definitions.current("pipeline").stream().map(Definition::text).toList();
        assertThat(catalogs.stream()
                        .map(it -> it.stream().map(NewDefinition::text).toList()))
                .contains(texts);
    }

    @Test
    void keepsWhatANameWasFromWhenToWhen() {
        apply(DAILY);
        Instant first = clock.instant();
        clock.pass(Duration.ofHours(1));
        definitions.apply(catalog(CHANGED_DAILY), "bob", OptionalLong.empty());
        clock.pass(Duration.ofHours(1));
        apply(DAILY);

        assertThat(history("daily"))
                .extracting(AppliedDefinition::hash)
                .containsExactly(DAILY.hash(), CHANGED_DAILY.hash(), DAILY.hash());
        assertThat(history("daily").get(1).appliedBy()).isEqualTo("bob");
        assertThat(history("daily").get(1).removedBy()).contains("ann");
        assertThat(history("daily").get(2).removedAt()).contains(first.plus(Duration.ofHours(1)));
        assertThat(asOf(first.plus(Duration.ofMinutes(90)))).isEqualTo(CHANGED_DAILY.text());
        assertThat(asOf(first.plus(Duration.ofMinutes(30)))).isEqualTo(DAILY.text());
        assertThat(definitions.asOf("pipeline", "daily", first.minusSeconds(1))).isEmpty();
    }

    @Test
    void namesTheRunsThatAreUnderWayWithOlderDefinitions() {
        apply(DAILY);
        accept("running", DAILY);
        RunRef ended = accept("ended", DAILY);
        end(ended);

        CatalogPlan plan = definitions.plan(catalog(CHANGED_DAILY));

        assertThat(plan.olderRuns()).containsExactly(new OlderRuns("order", "running", DAILY.hash(), 1));
        assertThat(definitions.plan(catalog(DAILY)).olderRuns()).isEmpty();
    }

    @Test
    void aRunAndItsRetryTellTheDefinitionThatTheyWereMadeFrom() {
        apply(DAILY);

        RunRef run = accept("told", DAILY);

        assertThat(ledger.runs().byId(run.runId()).orElseThrow().definition()).contains(DAILY.hash());
    }

    @Test
    void forgetsADefinitionWhenNoRunOfItIsLeft() {
        apply(DAILY, HOURLY);
        accept("kept", DAILY);
        clock.pass(Duration.ofDays(1));
        apply(CHANGED_DAILY);
        clock.pass(Duration.ofDays(400));

        int forgotten = definitions.forgetRemovedBefore(clock.instant().minus(Duration.ofDays(100)));

        assertThat(forgotten).isEqualTo(1);
        assertThat(definitions.byHash(HOURLY.hash())).isEmpty();
        assertThat(definitions.byHash(DAILY.hash())).isPresent();
        assertThat(definitions.byHash(CHANGED_DAILY.hash())).isPresent();
    }

    @Test
    void refusesWhatCannotBeTold() {
        assertThatThrownBy(() -> apply(DAILY, CHANGED_DAILY))
                .hasMessage("cannot apply two definitions of the pipeline daily (expected: one of each name)");
        assertThatThrownBy(() -> pipeline("../etc", "x")).hasMessageContaining("cannot define the pipeline '../etc'");
        apply(DAILY);
        assertThatThrownBy(() -> apply(new NewDefinition("pipeline", "other", DAILY.text())))
                .hasMessage("cannot apply the pipeline other: its text is that of the pipeline daily"
                        + " (expected: a text that tells its kind and name)");
        assertThat(definitions.current("pipeline", "daily")).isPresent();
    }

    private CatalogApplied.Current apply(NewDefinition... catalog) {
        return (CatalogApplied.Current) definitions.apply(catalog(catalog), "ann", OptionalLong.empty());
    }

    private static NewCatalog catalog(NewDefinition... catalog) {
        return new NewCatalog(List.of(catalog), List.of());
    }

    private List<AppliedDefinition> history(String name) {
        return definitions.history("pipeline", name, PageRequest.first(10)).items();
    }

    private String asOf(Instant instant) {
        return definitions.asOf("pipeline", "daily", instant).orElseThrow().text();
    }

    private RunRef accept(String name, NewDefinition definition) {
        NewRun run = Orders.order(name).madeFrom(definition.hash());
        return ((Accepted.New) ledger.acceptance().accept(run)).run();
    }

    private void end(RunRef run) {
        ledger.outcomes()
                .settle(new RunOutcome(
                        run.runId(),
                        run.startedOn(),
                        run.workflowId(),
                        1,
                        Forward.FAILED,
                        Compensation.DONE,
                        "why",
                        "what",
                        List.of()));
    }

    private static NewDefinition pipeline(String name, String version) {
        return new NewDefinition(
                "pipeline", name, "{\"pipeline\":\"" + name + "\",\"description\":\"" + version + "\"}");
    }

    private static List<String> effects(CatalogPlan plan) {
        return plan.definitions().stream()
                .map(it -> it.effect() + " " + it.name())
                .toList();
    }
}
