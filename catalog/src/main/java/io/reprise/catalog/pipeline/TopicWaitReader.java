package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.FilterReader;
import io.reprise.catalog.shared.RecordFilter;
import io.reprise.catalog.shared.RecordPath;
import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what a {@code wait} for a topic says: which record, and from when on it counts. */
final class TopicWaitReader {

    static final List<String> KEYS = List.of("name", "key", "where", "contract", "since", "capture");
    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private static final String SINCE = "run, slot, or a duration back such as 2h";
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MOST_CAPTURED = 16;

    private TopicWaitReader() {}

    static Optional<WaitFor> read(YamlValue value, StepUses uses) {
        if (value.isScalar()) {
            return topic(value)
                    .map(name -> new WaitFor.Topic(
                            new AwaitedRecord(name, Optional.empty(), List.of(), Optional.empty(), Map.of()),
                            new Since.Run()));
        }
        return value.object(KEYS).flatMap(fields -> read(fields, uses));
    }

    private static Optional<WaitFor> read(YamlObject fields, StepUses uses) {
        Optional<String> key = fields.text("key");
        key.ifPresent(text -> uses.placeholders(text, fields.key("key")));
        List<RecordFilter> where =
                fields.member("where").map(list -> where(list, uses)).orElse(List.of());
        Optional<String> contract = fields.text("contract");
        Map<String, RecordPath> capture =
                fields.member("capture").map(TopicWaitReader::capture).orElse(Map.of());
        Since since = fields.member("since")
                .flatMap(value -> since(value, fields, uses))
                .orElseGet(Since.Run::new);
        return fields.required("name", "the name of a topic")
                .flatMap(TopicWaitReader::topic)
                .map(name -> new WaitFor.Topic(new AwaitedRecord(name, key, where, contract, capture), since));
    }

    private static Optional<String> topic(YamlValue value) {
        return value.text(TOPIC, "the name of a topic, " + TOPIC);
    }

    private static List<RecordFilter> where(YamlValue list, StepUses uses) {
        List<RecordFilter> read = FilterReader.read(list);
        read.stream()
                .flatMap(condition -> condition.in().stream())
                .filter(String.class::isInstance)
                .forEach(text -> uses.placeholders((String) text, list));
        return read;
    }

    private static Map<String, RecordPath> capture(YamlValue mapping) {
        Map<String, RecordPath> capture = new TreeMap<>();
        List<YamlMember> members = mapping.members(OutputReader.NAME, "a name like rows");
        for (YamlMember member : members) {
            RecordPath.read(member.value()).ifPresent(path -> capture.put(member.name(), path));
        }
        if (members.size() > MOST_CAPTURED) {
            mapping.refuse(members.size() + " captured values", "at most " + MOST_CAPTURED + " small values");
        }
        return capture;
    }

    private static Optional<Since> since(YamlValue value, YamlObject fields, StepUses uses) {
        String word = value.isScalar() ? value.text().orElse("") : "";
        return switch (word) {
            case "run" -> Optional.of(new Since.Run());
            case "slot" -> {
                uses.value("slot_start", value);
                yield Optional.of(new Since.Slot());
            }
            default -> back(value, fields);
        };
    }

    private static Optional<Since> back(YamlValue value, YamlObject fields) {
        if (!value.isScalar()
                || value.text().filter(text -> text.matches("[0-9].*")).isEmpty()) {
            value.refuse(value.words(), SINCE);
            return Optional.empty();
        }
        return fields.duration("since", Duration.ofSeconds(1), LONGEST).map(Since.Back::new);
    }
}
