package io.reprise.api.pipeline;

import io.reprise.api.shared.Fields;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.db.pipeline.NewDefinition;
import io.reprise.db.schedule.Missed;
import io.reprise.db.schedule.Schedule;
import io.reprise.db.schedule.ScheduleTerms;
import io.reprise.db.schedule.Schedules;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a catalog that was sent. A schedule that says no day to begin with begins on the day on which it was first applied, and
 * keeps it.
 */
public final class CatalogUpload {

    private static final String KIND = "pipeline";

    private final Schedules schedules;
    private final Clock clock;

    public CatalogUpload(Schedules schedules, Clock clock) {
        this.schedules = schedules;
        this.clock = clock;
    }

    /** Reads {@code {"pipelines": ["…", …]}}: each the text of a definition, as a catalog's reader wrote it. */
    NewCatalog read(Fields fields) {
        List<PipelineDefinition> pipelines = new ArrayList<>();
        List<String> texts = fields.documents("pipelines");
        for (int index = 0; index < texts.size(); index++) {
            definition(fields, "/pipelines/" + index, texts.get(index)).ifPresent(pipelines::add);
        }
        refuseTwins(fields, pipelines);
        fields.check();
        return catalog(pipelines);
    }

    /** A text that this version would write otherwise would be another definition under the same hash. */
    private static Optional<PipelineDefinition> definition(Fields fields, String pointer, String text) {
        try {
            PipelineDefinition definition = PipelineDefinition.fromJson(text);
            if (!definition.json().equals(text)) {
                fields.wrong(pointer, text, "a definition as this version writes it: use the command of this version");
                return Optional.empty();
            }
            return Optional.of(definition);
        } catch (IllegalArgumentException unreadable) {
            fields.wrong(pointer, String.valueOf(unreadable.getMessage()), "the text of a pipeline's definition");
            return Optional.empty();
        }
    }

    private static void refuseTwins(Fields fields, List<PipelineDefinition> pipelines) {
        Set<String> names = new LinkedHashSet<>();
        for (PipelineDefinition pipeline : pipelines) {
            if (!names.add(pipeline.name().value())) {
                fields.wrong("/pipelines", "'" + pipeline.name() + "' twice", "each pipeline once");
            }
        }
    }

    /** What the ledger keeps of these pipelines. */
    public NewCatalog catalog(List<PipelineDefinition> pipelines) {
        List<NewDefinition> definitions = pipelines.stream()
                .map(it -> new NewDefinition(KIND, it.name().value(), it.json()))
                .toList();
        List<ScheduleTerms> terms = pipelines.stream()
                .flatMap(it -> it.schedule().map(schedule -> terms(it.name().value(), schedule)).stream())
                .toList();
        return new NewCatalog(definitions, terms);
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
