package io.reprise.catalog.contract;

import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.RunInput;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is agreed on the records of a topic, with every version of their schema.
 *
 * @param key path of the field that tells records apart
 * @param eventTime path of the field that says when it happened
 * @param retention how long data is kept anywhere
 * @param tags what fields mean, by their path: {@code pii}, {@code unit:kg}, {@code currency:EUR}
 * @param retired versions of which no data is left, in order
 * @param versions in order, without a gap
 */
public record ContractDefinition(
        Name subject,
        String topic,
        Optional<String> description,
        Optional<String> owner,
        Compatibility compatibility,
        Optional<String> key,
        Optional<String> eventTime,
        Optional<Duration> retention,
        Map<String, List<String>> tags,
        List<Integer> retired,
        List<Waiver> waivers,
        List<SchemaVersion> versions) {

    public ContractDefinition {
        tags = Map.copyOf(new TreeMap<>(tags));
        retired = List.copyOf(retired);
        waivers = List.copyOf(waivers);
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot agree on " + subject + " without a schema (expected: at least one version)");
        }
    }

    /** The version that producers write. */
    public SchemaVersion newest() {
        return versions.getLast();
    }

    public Optional<SchemaVersion> version(int number) {
        return versions.stream().filter(it -> it.version() == number).findFirst();
    }

    /** Versions of which there may be data, in order. */
    public List<SchemaVersion> alive() {
        return versions.stream().filter(it -> !retired.contains(it.version())).toList();
    }

    /** The one text of this definition. Equal definitions are equal texts. */
    public String json() {
        return ContractText.write(this);
    }

    /** SHA-256 of the text, in hex. */
    public String hash() {
        return HexFormat.of().formatHex(new RunInput(json()).hash());
    }

    public static ContractDefinition fromJson(String text) {
        return ContractText.read(text);
    }
}
