package io.reprise.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file as the engine would see it: anchors and variables resolved. */
record ComposeFile(JsonNode tree, Set<String> variables) {

    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)}");

    static ComposeFile read(String path, Map<String, String> values) {
        String text = Repository.text(path);
        Set<String> variables = new TreeSet<>();
        String resolved = VARIABLE.matcher(text).replaceAll(found -> {
            variables.add(found.group(1));
            return Matcher.quoteReplacement(values.getOrDefault(found.group(1), ""));
        });
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(resolved);
        return new ComposeFile(new ObjectMapper().valueToTree(loaded), variables);
    }

    Map<String, Service> services() {
        Map<String, Service> services = new LinkedHashMap<>();
        tree.path("services")
                .properties()
                .forEach(entry -> services.put(entry.getKey(), new Service(entry.getKey(), entry.getValue())));
        return services;
    }

    Service service(String name) {
        JsonNode service = tree.path("services").path(name);
        if (service.isMissingNode()) {
            throw new IllegalArgumentException("docker-compose.yml has no service " + name);
        }
        return new Service(name, service);
    }

    /** Secret by name, with the file it comes from. */
    Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        tree.path("secrets")
                .properties()
                .forEach(entry -> secrets.put(
                        entry.getKey(), entry.getValue().path("file").asText()));
        return secrets;
    }

    record Service(String name, JsonNode tree) {

        String image() {
            return tree.path("image").asText();
        }

        boolean isJob() {
            return tree.path("restart").asText().startsWith("on-failure");
        }

        boolean hasHealthCheck() {
            return tree.has("healthcheck");
        }

        Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            tree.path("environment")
                    .properties()
                    .forEach(entry ->
                            environment.put(entry.getKey(), entry.getValue().asText()));
            return environment;
        }

        /** Service by name, with the condition that this one waits for. */
        Map<String, String> waitsFor() {
            Map<String, String> waitsFor = new LinkedHashMap<>();
            tree.path("depends_on")
                    .properties()
                    .forEach(entry -> waitsFor.put(
                            entry.getKey(), entry.getValue().path("condition").asText()));
            return waitsFor;
        }

        List<Port> ports() {
            return words("ports").stream().map(Port::parse).toList();
        }

        /** What is mounted, as source:target[:mode]. */
        List<String> volumes() {
            return words("volumes");
        }

        List<String> secrets() {
            return words("secrets");
        }

        List<String> words(String field) {
            List<String> words = new ArrayList<>();
            tree.path(field).forEach(word -> words.add(word.asText()));
            return words;
        }

        List<String> healthCheck() {
            List<String> words = new ArrayList<>();
            tree.path("healthcheck").path("test").forEach(word -> words.add(word.asText()));
            return words;
        }
    }

    record Port(String host, int published, int inContainer) {

        private static Port parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException(
                        "cannot read the port " + text + " (expected: ADDRESS:PUBLISHED:CONTAINER)");
            }
            return new Port(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }
}
