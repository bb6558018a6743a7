package io.reprise.catalog.contract;

import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Reads the {@code v<N>.avsc} of one folder.
 *
 * <p>Refused: none at all, a gap between two of them, other files beside them, and schemas that are no record.
 */
final class VersionsReader {

    static final int MOST_VERSIONS = 1_000;
    private static final Pattern FILE = Pattern.compile("v([1-9][0-9]{0,3})\\.avsc");

    private final CatalogFolder folder;
    private final String home;
    private final CatalogProblems problems;

    VersionsReader(CatalogFolder folder, String home, CatalogProblems problems) {
        this.folder = folder;
        this.home = home;
        this.problems = problems;
    }

    /** In order; empty, with what is wrong noted, where any of them cannot be used. */
    List<VersionDraft> read() {
        NavigableMap<Integer, String> files = files();
        if (files.isEmpty()) {
            note(home, "no version of the schema", "v1.avsc");
            return List.of();
        }
        if (files.lastKey() > MOST_VERSIONS) {
            note(home, "version " + files.lastKey(), "versions up to " + MOST_VERSIONS);
            return List.of();
        }
        for (int version = files.firstKey(); version < files.lastKey(); version++) {
            if (!files.containsKey(version)) {
                note(home, "v" + files.lastKey() + ".avsc and no v" + version + ".avsc", "versions without a gap");
            }
        }
        List<VersionDraft> versions = new ArrayList<>();
        files.forEach((version, file) -> read(version, file).ifPresent(versions::add));
        return versions.size() == files.size() ? versions : List.of();
    }

    private NavigableMap<Integer, String> files() {
        NavigableMap<Integer, String> files = new TreeMap<>();
        for (String name : folder.names(home)) {
            Matcher version = FILE.matcher(name);
            if (version.matches()) {
                files.put(Integer.parseInt(version.group(1)), home + "/" + name);
            } else if (name.endsWith(".avsc") || name.endsWith(".avdl") || name.endsWith(".yml")) {
                note(home + "/" + name, "the file '" + name + "'", "contract.yaml, v1.avsc, v2.avsc and so on");
            }
        }
        return files;
    }

    private Optional<VersionDraft> read(int version, String file) {
        Optional<String> text = folder.text(file, problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(draft(version, file, text.get()));
        } catch (BadSchema bad) {
            problems.note(CatalogProblem.at(bad.placeIn(file), bad.path(), bad.found(), bad.expected()));
            return Optional.empty();
        }
    }

    private static VersionDraft draft(int version, String file, String text) throws BadSchema {
        AvroText.refuseTooLong(text);
        String line = StrictJson.oneLine(text);
        Schema schema = AvroText.readStrict(text);
        if (schema.getType() != Schema.Type.RECORD || schema.getFields().isEmpty()) {
            throw new BadSchema(JsonPlaces.At.START, "no record with fields", "a record, for it is what a topic has");
        }
        return new VersionDraft(version, file, line, schema, new JsonPlaces(text));
    }

    private void note(String file, String found, String expected) {
        problems.note(FilePlace.startOf(file), "", found, expected);
    }
}
