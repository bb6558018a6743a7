package io.reprise.api.pipeline;

import io.reprise.api.shared.Fields;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.pipeline.BrokenPromise;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.pipeline.ProbedConnections;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.catalog.trigger.TriggerFit;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.schedule.Missed;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.schedule.Schedules;
import io.reprise.workflows.run.Name;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a catalog that was sent. A schedule that says no day to begin with begins on the day on which it was first applied, and
 * keeps it.
 */
public final class CatalogUpload {

    private static final String PIPELINE = "pipeline";
    private static final String CONNECTION = "connection";
    private static final String CONTRACT = "contract";
    private static final String STREAM = "stream";

    private final Schedules schedules;
    private final ProbedConnections probes;
    private final Clock clock;

    /** @param probes what steps may promise on their connections */
    public CatalogUpload(Schedules schedules, ProbedConnections probes, Clock clock) {
        this.probes = probes;
        this.schedules = schedules;
        this.clock = clock;
    }

    /**
     * Reads {@code {"pipelines": ["…", …], "connections": ["…", …], "contracts": ["…", …], "triggers": ["…", …], "streams": ["…", …]}}: each the
     * text of a definition, as a catalog's reader wrote it.
     */
    NewCatalog read(Fields fields) {
        List<PipelineDefinition> pipelines =
                definitions(fields, PIPELINE + "s", PipelineDefinition::fromJson, PipelineDefinition::json);
        List<ConnectionDefinition> connections =
                definitions(fields, CONNECTION + "s", ConnectionDefinition::fromJson, ConnectionDefinition::json);
        List<ContractDefinition> contracts =
                definitions(fields, CONTRACT + "s", ContractDefinition::fromJson, ContractDefinition::json);
        List<TriggerDefinition> triggers =
                definitions(fields, TriggerDefinition.KIND + "s", TriggerDefinition::fromJson, TriggerDefinition::json);
        refuseTwins(fields, TriggerDefinition.KIND, triggers.stream().map(TriggerDefinition::name));
        List<StreamDefinition> streams =
                definitions(fields, STREAM + "s", StreamDefinition::fromJson, StreamDefinition::json);
        refuseTwins(fields, PIPELINE, pipelines.stream().map(PipelineDefinition::name));
        refuseTwins(fields, CONNECTION, connections.stream().map(ConnectionDefinition::name));
        refuseTwins(fields, CONTRACT, contracts.stream().map(ContractDefinition::subject));
        refuseTwins(fields, STREAM, streams.stream().map(StreamDefinition::name));
        fields.check();
        refuseBrokenPromises(fields, pipelines, connections);
        refuseMisfits(fields, pipelines, triggers);
        fields.check();
        return catalog(pipelines, connections, contracts, triggers, streams);
    }

    private static void refuseMisfits(
            Fields fields, List<PipelineDefinition> pipelines, List<TriggerDefinition> triggers) {
        for (int index = 0; index < triggers.size(); index++) {
            TriggerDefinition trigger = triggers.get(index);
            String pointer = "/triggers/" + index;
            Optional<PipelineDefinition> pipeline = trigger.pipeline()
                    .flatMap(name -> pipelines.stream()
                            .filter(it -> it.name().value().equals(name))
                            .findFirst());
            if (trigger.pipeline().isPresent() && pipeline.isEmpty()) {
                fields.wrong(pointer, "'" + trigger.pipeline().get() + "'", "a pipeline of the same catalog");
            }
            TriggerFit.of(trigger, pipeline)
                    .forEach(misfit -> fields.wrong(pointer, misfit.found(), misfit.expected()));
        }
    }

    private void refuseBrokenPromises(
            Fields fields, List<PipelineDefinition> pipelines, List<ConnectionDefinition> connections) {
        Map<String, ConnectionDefinition> byName = new LinkedHashMap<>();
        connections.forEach(it -> byName.put(it.name().value(), it));
        for (int index = 0; index < pipelines.size(); index++) {
            PipelineDefinition pipeline = pipelines.get(index);
            String pointer = "/pipelines/" + index;
            Stream.concat(pipeline.steps().stream(), pipeline.last().stream())
                    .forEach(step -> BrokenPromise.of(step, byName, probes)
                            .ifPresent(broken -> fields.wrong(
                                    pointer, "step '" + step.id() + "', " + broken.found(), broken.expected())));
        }
    }

    private static <D> List<D> definitions(
            Fields fields, String member, Function<String, D> reading, Function<D, String> writing) {
        List<D> definitions = new ArrayList<>();
        List<String> texts = fields.documents(member);
        for (int index = 0; index < texts.size(); index++) {
            definition(fields, "/" + member + "/" + index, texts.get(index), reading, writing)
                    .ifPresent(definitions::add);
        }
        return definitions;
    }

    /** A text that this version would write otherwise would be another definition under the same hash. */
    private static <D> Optional<D> definition(
            Fields fields, String pointer, String text, Function<String, D> reading, Function<D, String> writing) {
        try {
            D definition = reading.apply(text);
            if (!writing.apply(definition).equals(text)) {
                fields.wrong(pointer, text, "a definition as this version writes it: use the command of this version");
                return Optional.empty();
            }
            return Optional.of(definition);
        } catch (IllegalArgumentException unreadable) {
            fields.wrong(pointer, String.valueOf(unreadable.getMessage()), "the text of a definition");
            return Optional.empty();
        }
    }

    private static void refuseTwins(Fields fields, String kind, Stream<Name> names) {
        Set<Name> before = new LinkedHashSet<>();
        names.filter(name -> !before.add(name))
                .forEach(twin -> fields.wrong("/" + kind + "s", "'" + twin + "' twice", "each " + kind + " once"));
    }

    /** What the ledger keeps of these: of connections, all but their secrets. */
    public NewCatalog catalog(
            List<PipelineDefinition> pipelines,
            Collection<ConnectionDefinition> connections,
            List<ContractDefinition> contracts,
            List<TriggerDefinition> triggers,
            List<StreamDefinition> streams) {
        List<NewDefinition> definitions = new ArrayList<>();
        pipelines.forEach(
                it -> definitions.add(new NewDefinition(PIPELINE, it.name().value(), it.json())));
        connections.forEach(
                it -> definitions.add(new NewDefinition(CONNECTION, it.name().value(), it.json())));
        contracts.forEach(
                it -> definitions.add(new NewDefinition(CONTRACT, it.subject().value(), it.json())));
        triggers.forEach(it -> definitions.add(
                new NewDefinition(TriggerDefinition.KIND, it.name().value(), it.json())));
        streams.forEach(
                it -> definitions.add(new NewDefinition(STREAM, it.name().value(), it.json())));
        List<ScheduleTerms> terms = pipelines.stream()
                .flatMap(it -> it.schedule().map(schedule -> terms(it.name().value(), schedule)).stream())
                .toList();
        return new NewCatalog(definitions, terms);
    }

    /** The contracts among what the ledger keeps. */
    static List<ContractDefinition> contracts(NewCatalog catalog) {
        return catalog.definitions().stream()
                .filter(it -> it.kind().equals(CONTRACT))
                .map(it -> ContractDefinition.fromJson(it.text()))
                .toList();
    }

    private ScheduleTerms terms(String pipeline, ScheduleDefinition schedule) {
        return new ScheduleTerms(
                pipeline,
                schedule.cron(),
                schedule.zone(),
                schedule.startInstant().orElseGet(() -> firstApplied(pipeline)),
                missed(schedule),
                schedule.jitter());
    }

    private Instant firstApplied(String pipeline) {
        return schedules
                .byPipeline(pipeline)
                .map(Schedule::terms)
                .map(ScheduleTerms::startAt)
                .orElseGet(clock::instant);
    }

    private static Missed missed(ScheduleDefinition schedule) {
        return switch (schedule.missed()) {
            case ALL -> Missed.ALL;
            case LATEST -> Missed.LATEST;
            case NONE -> Missed.NONE;
        };
    }
}
