package io.reprise.catalog.contract;

import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.YamlNumbers;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlText;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.run.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Reads the {@code contract.yaml} of one folder and the versions beside it.
 *
 * <p>Refused: another subject than the folder's name, fields that the newest version does not have, a newest version that is
 * retired, and what the readers of its parts refuse.
 */
final class ContractReader {

    static final List<String> KEYS = List.of(
            "subject",
            "topic",
            "description",
            "owner",
            "compatibility",
            "key",
            "event-time",
            "retention",
            "tags",
            "retired",
            "waivers");

    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    static final String PATH_EXPECTED = "the path of a field, such as customer.country";
    static final String EVERY_MODE = "BACKWARD, FORWARD, FULL, each also with _TRANSITIVE, or NONE";
    private static final int LONGEST = 4_000_000;
    private static final Duration LEAST_RETENTION = Duration.ofSeconds(1);
    private static final Duration MOST_RETENTION = Duration.ofDays(36_500);

    private final CatalogFolder folder;
    private final String home;
    private final String name;
    private final CatalogProblems problems;

    /** @param home such as {@code contracts/shop.events} */
    ContractReader(CatalogFolder folder, String home, CatalogProblems problems) {
        this.folder = folder;
        this.home = home;
        this.name = home.substring(home.lastIndexOf('/') + 1);
        this.problems = problems;
    }

    Optional<ContractDraft> read() {
        String file = home + "/contract.yaml";
        List<VersionDraft> versions = new VersionsReader(folder, home, problems).read();
        return folder.text(file, problems)
                .flatMap(text -> YamlText.read(file, text, problems))
                .flatMap(root -> root.object(KEYS))
                .flatMap(fields -> contract(fields, versions));
    }

    private Optional<ContractDraft> contract(YamlObject fields, List<VersionDraft> versions) {
        checkSubject(fields);
        Optional<Schema> newest = versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.getLast().schema());
        Optional<String> topic = fields.text("topic", TOPIC, "the name of a topic, " + TOPIC);
        Optional<Compatibility> compatibility = compatibility(fields);
        Optional<String> key = path(fields, "key", newest);
        Optional<String> eventTime = path(fields, "event-time", newest);
        var tags = TagReader.read(fields, newest);
        List<Integer> retired = retired(fields, versions);
        List<Waiver> waivers = WaiverReader.read(fields);
        Optional<Duration> retention = fields.duration("retention", LEAST_RETENTION, MOST_RETENTION);
        if (versions.isEmpty() || compatibility.isEmpty()) {
            return Optional.empty();
        }
        ContractDefinition definition = new ContractDefinition(
                new Name(name),
                topic.orElse(name),
                fields.text("description"),
                fields.text("owner"),
                compatibility.get(),
                key,
                eventTime,
                retention,
                tags,
                retired,
                waivers,
                versions.stream()
                        .map(it -> new SchemaVersion(it.version(), it.text()))
                        .toList());
        refuseTooLarge(fields, definition);
        return Optional.of(new ContractDraft(definition, fields, versions));
    }

    private static void refuseTooLarge(YamlObject fields, ContractDefinition definition) {
        int length = definition.json().length();
        if (length > LONGEST) {
            fields.value()
                    .refuse(
                            "a contract of " + length + " characters",
                            "at most " + LONGEST + ", with all its versions");
        }
    }

    private void checkSubject(YamlObject fields) {
        Optional<YamlValue> written = fields.required("subject", "the name of its folder, " + name);
        Optional<String> text = written.flatMap(YamlValue::text);
        if (text.isPresent() && !text.get().equals(name)) {
            written.get().refuse(written.get().words(), "the name of its folder, " + name);
        }
    }

    private static Optional<Compatibility> compatibility(YamlObject fields) {
        Optional<YamlValue> written = fields.required("compatibility", EVERY_MODE);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        String text = written.get().scalar().orElse("");
        if (!Compatibility.names().contains(text)) {
            written.get().refuseName(written.get().words(), text, Compatibility.names());
            return Optional.empty();
        }
        return Optional.of(Compatibility.valueOf(text));
    }

    private static Optional<String> path(YamlObject fields, String member, Optional<Schema> newest) {
        Optional<String> path = fields.text(member, PATH, PATH_EXPECTED);
        if (path.isPresent() && newest.isPresent()) {
            field(newest.get(), path.get(), fields.member(member).orElse(fields.value()));
        }
        return path;
    }

    /** Notes a field that is not there, with the nearest that is. */
    static void field(Schema newest, String path, YamlValue at) {
        if (FieldPath.find(newest, path) instanceof FieldPath.Search.Missing missing) {
            at.refuseName("the unknown field '" + path + "'", missing.name(), missing.names());
        }
    }

    private static List<Integer> retired(YamlObject fields, List<VersionDraft> versions) {
        List<Integer> retired = new ArrayList<>();
        List<String> known =
                versions.stream().map(it -> Integer.toString(it.version())).toList();
        for (YamlValue item :
                fields.member("retired").map(YamlValue::itemsOrOne).orElse(List.of())) {
            Optional<Integer> number = YamlNumbers.integer(item, 1, VersionsReader.MOST_VERSIONS);
            if (number.isEmpty() || known.isEmpty()) {
                continue;
            }
            if (number.get() < versions.getFirst().version()) {
                retired.add(number.get());
            } else if (!known.contains(number.get().toString())) {
                item.refuseName(
                        "the unknown version " + number.get(), number.get().toString(), known);
            } else if (number.get() == versions.getLast().version()) {
                item.refuse("the newest version, " + number.get(), "versions of which no data is left");
            } else if (retired.contains(number.get())) {
                item.refuse("version " + number.get() + " twice", "it once");
            } else {
                retired.add(number.get());
            }
        }
        return retired.stream().sorted().toList();
    }
}
