package io.reprise.worker.trigger;

import io.reprise.catalog.shared.FieldError;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.JsonText;
import io.reprise.catalog.shared.MalformedJson;
import io.reprise.catalog.trigger.Batching;
import io.reprise.catalog.trigger.RecordMapping;
import io.reprise.catalog.trigger.RecordPlace;
import io.reprise.catalog.trigger.RecordReading;
import io.reprise.catalog.trigger.RecordSpan;
import io.reprise.catalog.trigger.StormRule;
import io.reprise.catalog.trigger.TriggerDefinition;
import io.reprise.db.deadletter.Cause;
import io.reprise.db.deadletter.SourceRecord;
import io.reprise.db.run.NewRun;
import io.reprise.db.shared.Bytes;
import io.reprise.db.trigger.TriggerRecord;
import io.reprise.db.trigger.TriggerRuns;
import io.reprise.worker.shared.JsonQuote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads records as a trigger's definition says. */
final class MappedRecords implements RecordReader {

    private static final String SCHEMA_HEADER = "__value_schema_id";

    private final RecordMapping mapping;
    private final TriggerRuns runs;
    private final Batching batching;
    private final StormRule storm;
    private final int attempts;

    MappedRecords(RecordMapping mapping, TriggerRuns runs, TriggerDefinition trigger) {
        this.mapping = mapping;
        this.runs = runs;
        this.batching = trigger.batch();
        this.storm = trigger.deadLetter().storm();
        this.attempts = trigger.deadLetter().attempts();
    }

    @Override
    public StormRule storm() {
        return storm;
    }

    @Override
    public Batching batching() {
        return batching;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public ReadRecord read(SourceRecord found) {
        return switch (reading(found)) {
            case RecordReading.Asks asks -> new ReadRecord.Done(start(found, asks, RecordSpan.of(place(found))));
            case RecordReading.Filtered _ -> new ReadRecord.Done(new TriggerRecord.Filtered(found));
            case RecordReading.Refused refused -> new ReadRecord.Done(new TriggerRecord.Poison(found, cause(refused)));
            case RecordReading.NotYet notYet ->
                new ReadRecord.NotYet(notYet.away(), notYet.words(), cause(notYet.givenUp()));
        };
    }

    private RecordReading reading(SourceRecord found) {
        return mapping.read(place(found), bytes(found.key()), bytes(found.value()), schema(found));
    }

    private TriggerRecord start(SourceRecord found, RecordReading.Asks asks, RecordSpan span) {
        return switch (mapping.run(asks, span)) {
            case RecordMapping.Made.Run(var run) -> new TriggerRecord.Start(found, runs.of(run, asks.key()));
            case RecordMapping.Made.Refused(var why) -> new TriggerRecord.Poison(found, cause(why));
        };
    }

    /** Records that start nothing lie between those of a run and part nothing. */
    @Override
    public List<TriggerRecord> join(List<TriggerRecord> read) {
        if (!batching.sharesRuns()) {
            return read;
        }
        List<TriggerRecord> joined = new ArrayList<>(read);
        List<Integer> group = new ArrayList<>();
        Optional<RecordReading.Asks> wish = Optional.empty();
        for (int at = 0; at < read.size(); at++) {
            if (!(read.get(at) instanceof TriggerRecord.Start start)
                    || !(reading(start.record()) instanceof RecordReading.Asks asks)) {
                continue;
            }
            if (wish.isPresent() && !wish.get().equals(asks)) {
                share(joined, group, wish.get());
                group.clear();
            }
            wish = Optional.of(asks);
            group.add(at);
        }
        wish.ifPresent(it -> share(joined, group, it));
        return joined;
    }

    private void share(List<TriggerRecord> joined, List<Integer> group, RecordReading.Asks wish) {
        SourceRecord first = joined.get(group.getFirst()).record();
        SourceRecord last = joined.get(group.getLast()).record();
        RecordSpan span = new RecordSpan(place(first), last.offset(), group.size());
        TriggerRecord shared = start(first, wish, span);
        for (int at : group) {
            SourceRecord record = joined.get(at).record();
            joined.set(
                    at,
                    switch (shared) {
                        case TriggerRecord.Start(SourceRecord _, NewRun run) -> new TriggerRecord.Start(record, run);
                        case TriggerRecord.Poison(SourceRecord _, Cause cause) ->
                            new TriggerRecord.Poison(record, cause);
                        case TriggerRecord.Filtered _, TriggerRecord.Known _ -> joined.get(at);
                    });
        }
    }

    private static RecordPlace place(SourceRecord found) {
        return new RecordPlace(found.topic(), found.topicId(), found.partition(), found.offset(), found.timestamp());
    }

    /** The header that names the value's schema. */
    private static byte @Nullable [] schema(SourceRecord found) {
        if (found.headers().equals("[]")) {
            return null;
        }
        try {
            Json headers = JsonText.read(found.headers().getBytes(StandardCharsets.UTF_8));
            byte @Nullable [] last = null;
            for (Json header : headers instanceof Json.Items(List<Json> items) ? items : List.<Json>of()) {
                if (header instanceof Json.Members(Map<String, Json> members, Set<String> _)
                        && new Json.Text(SCHEMA_HEADER).equals(members.get("key"))
                        && members.get("value") instanceof Json.Text(String value)) {
                    last = Base64.getDecoder().decode(value);
                }
            }
            return last;
        } catch (MalformedJson e) {
            throw new IllegalStateException("cannot read headers that were written as JSON: " + found.headers(), e);
        }
    }

    private static byte @Nullable [] bytes(Optional<Bytes> found) {
        return found.map(Bytes::toArray).orElse(null);
    }

    private static Cause cause(RecordReading.Refused refused) {
        return new Cause(refused.code(), JsonQuote.storable(refused.message()), errors(refused), refused.fingerprint());
    }

    private static String errors(RecordReading.Refused refused) {
        return refused.errors().stream().map(MappedRecords::error).collect(Collectors.joining(",", "[", "]"));
    }

    private static String error(FieldError error) {
        return "{\"pointer\":" + JsonQuote.quoted(error.pointer()) + ",\"found\":" + JsonQuote.quoted(error.found())
                + ",\"expected\":" + JsonQuote.quoted(error.expected()) + "}";
    }
}
