package io.reprise.catalog.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.reprise.catalog.shared.CatalogFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** What the gate lets through can be read, and means what was written. */
class EvolutionPropertiesTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private static final List<Kind> KINDS = List.of(
            new Kind("\"int\"", 7, "1", 1),
            new Kind("\"long\"", 7L, "1", 1L),
            new Kind("\"double\"", 7d, "1.0", 1d),
            new Kind("\"string\"", "seven", "\"one\"", "one"),
            new Kind("\"bytes\"", bytes("seven"), "\"one\"", bytes("one")),
            new Kind("{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}", 7_000L, "1000", 1_000L),
            new Kind("{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}", 7_000L, "1000", 1_000L));

    /** What a field may be, with a value and a default of it. */
    record Kind(String type, Object value, String written, Object fallback) {}

    /** A field of a version: which one it is, whatever it is called. */
    record Field(int identity, String name, Optional<String> alias, Kind kind, boolean fallback) {

        String json() {
            return "{\"name\": \"" + name + "\", \"doc\": \"d\", \"type\": " + kind.type()
                    + alias.map(it -> ", \"aliases\": [\"" + it + "\"]").orElse("")
                    + (fallback ? ", \"default\": " + kind.written() : "") + "}";
        }
    }

    record Change(int what, int which, Kind kind, boolean fallback) {}

    @Provide
    Arbitrary<List<Field>> first() {
        return Arbitraries.of(KINDS).list().ofMinSize(1).ofMaxSize(5).map(kinds -> {
            List<Field> fields = new ArrayList<>();
            for (Kind kind : kinds) {
                fields.add(
                        new Field(fields.size(), "f" + fields.size(), Optional.empty(), kind, fields.size() % 2 == 0));
            }
            return fields;
        });
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(KINDS),
                        Arbitraries.of(true, false))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Property(tries = 300)
    void whatTheGateLetsThroughIsReadAsItWasWritten(
            @ForAll("first") List<Field> before,
            @ForAll("changes") List<Change> changes,
            @ForAll Compatibility promised)
            throws IOException {
        List<Field> after = changed(before, changes);

        boolean clean = gate(before, after, promised);

        Statistics.label("let through").collect(clean);
        if (clean && promised.backward()) {
            assertReads(before, after);
        }
        if (clean && promised.forward()) {
            assertReads(after, before);
        }
    }

    private static List<Field> changed(List<Field> before, List<Change> changes) {
        List<Field> after = new ArrayList<>(before);
        for (Change change : changes) {
            int place = change.which() % Math.max(1, after.size());
            int fresh = 10 + after.size() + change.which() * 10;
            switch (change.what()) {
                case 0 -> after.add(new Field(fresh, "n" + fresh, Optional.empty(), change.kind(), change.fallback()));
                case 1 -> {
                    if (after.size() > 1) {
                        after.remove(place);
                    }
                }
                case 2 -> {
                    Field old = after.get(place);
                    if (old.alias().isEmpty()) {
                        after.set(
                                place,
                                new Field(
                                        old.identity(),
                                        "r" + old.name(),
                                        Optional.of(old.name()),
                                        old.kind(),
                                        old.fallback()));
                    }
                }
                case 3 -> {
                    Field old = after.get(place);
                    after.set(place, new Field(old.identity(), old.name(), old.alias(), change.kind(), old.fallback()));
                }
                default -> after.add(after.remove(0));
            }
        }
        List<Field> distinct = new ArrayList<>();
        for (Field field : after) {
            if (distinct.stream().noneMatch(it -> it.name().equals(field.name()))) {
                distinct.add(field);
            }
        }
        return distinct;
    }

    private static String schema(List<Field> fields) {
        return "{\"type\": \"record\", \"name\": \"R\", \"doc\": \"d\", \"fields\": ["
                + String.join(", ", fields.stream().map(Field::json).toList()) + "]}";
    }

    private static boolean gate(List<Field> before, List<Field> after, Compatibility promised) throws IOException {
        Path root = Files.createTempDirectory("evolution");
        try {
            ContractsOnDisk catalog = new ContractsOnDisk(root)
                    .file("r/contract.yaml", "subject: r\nowner: me\ncompatibility: " + promised + "\n")
                    .file("r/v1.avsc", schema(before))
                    .file("r/v2.avsc", schema(after));
            assertThat(CatalogFolder.at(catalog.root())).isPresent();
            return ContractGate.check(root, ReleasedContracts.NONE, TODAY).orElseThrow().findings().stream()
                    .allMatch(it -> it.rule() == Rule.MISSING_KEY || it.rule() == Rule.MISSING_EVENT_TIME);
        } finally {
            delete(root);
        }
    }

    private static void assertReads(List<Field> written, List<Field> read) throws IOException {
        Schema writer = new Schema.Parser().parse(schema(written));
        Schema reader = new Schema.Parser().parse(schema(read));
        GenericRecord record = new GenericData.Record(writer);
        written.forEach(field -> record.put(field.name(), field.kind().value()));

        GenericRecord result = (GenericRecord)
                GoldenCheck.decode(GoldenCheck.encode(writer, record), new GenericDatumReader<>(writer, reader));

        Map<String, Object> expected = new LinkedHashMap<>();
        Map<String, Object> found = new LinkedHashMap<>();
        for (Field field : read) {
            Object source = written.stream()
                    .filter(it -> it.identity() == field.identity())
                    .findFirst()
                    .<Object>map(it -> it.kind().value())
                    .orElse(field.kind().fallback());
            expected.put(field.name(), comparable(source));
            found.put(field.name(), comparable(result.get(field.name())));
        }
        assertThat(found).isEqualTo(expected);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Object comparable(Object value) {
        return value instanceof Number number ? number.doubleValue() : String.valueOf(value);
    }

    private static void delete(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
