package io.reprise.catalog.pipeline;

import io.reprise.catalog.connection.ConnectionAddresses;
import io.reprise.catalog.connection.ConnectionDefinition;
import io.reprise.catalog.connection.ConnectionReader;
import io.reprise.catalog.connection.Environment;
import io.reprise.catalog.connection.EnvironmentReader;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.contract.Contracts;
import io.reprise.catalog.shared.CatalogFolder;
import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.catalog.shared.NearestName;
import io.reprise.catalog.shared.YamlText;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.stream.StreamDefinition;
import io.reprise.catalog.stream.Streams;
import io.reprise.workflows.run.Name;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a catalog: every file that it understands, and every problem of all of them at once. */
public final class DefinitionsReader {

    private static final String CONNECTIONS = "connections.yaml";
    private static final List<String> READ =
            List.of(CONNECTIONS, "environments", "pipelines", Contracts.HOME, "triggers", Streams.HOME);
    private static final List<String> LATER = List.of("notifications.yaml", "reconciliations", "views", "feeds");

    private final CatalogFolder folder;
    private final CatalogProblems problems = new CatalogProblems();
    private final Optional<String> environment;
    private final ConnectionAddresses addresses;
    private final ProbedConnections probes;

    private DefinitionsReader(
            CatalogFolder folder,
            Optional<String> environment,
            Map<String, String> variables,
            ProbedConnections probes) {
        this.folder = folder;
        this.probes = probes;
        this.environment = environment;
        this.addresses = new ConnectionAddresses(variables);
    }

    /**
     * Reads the folder for an environment of it.
     *
     * @param environment names a file in its folder of environments; empty for the catalog as it stands
     * @param variables of the process, among which {@code REPRISE_CONNECTION_<NAME>_URL} moves a connection
     */
    public static Definitions read(Path root, Optional<String> environment, Map<String, String> variables) {
        return read(root, environment, variables, ProbedConnections.NONE);
    }

    /** The same where it is known what probes found: steps may not promise more than that. */
    public static Definitions read(
            Path root, Optional<String> environment, Map<String, String> variables, ProbedConnections probes) {
        return CatalogFolder.at(root)
                .map(folder -> new DefinitionsReader(folder, environment, variables, probes).read())
                .orElseGet(() -> missing(root));
    }

    private static Definitions missing(Path root) {
        CatalogProblems problems = new CatalogProblems();
        problems.note(FilePlace.startOf(root.toString()), "", "no folder", "the folder of a catalog");
        Environment none = new Environment(Optional.empty(), Map.of(), Map.of(), Map.of());
        return new Definitions(none, List.of(), List.of(), List.of(), problems.problems(), List.of());
    }

    private Definitions read() {
        noteStrangers();
        Environment chosen = environment(connections());
        List<String> names = pipelineNames();
        List<PipelineDraft> drafts = names.stream()
                .flatMap(name -> new PipelineReader(new PipelineSource(folder, "pipelines/" + name, chosen, problems))
                        .read().stream())
                .toList();
        new NeighbourCheck(drafts, names).check();
        drafts.forEach(draft -> Stream.concat(draft.steps().stream(), draft.last().stream())
                .forEach(step -> refuseBrokenPromise(step, chosen)));
        List<PipelineDefinition> pipelines =
                drafts.stream().map(PipelineDraft::definition).toList();
        List<ContractDefinition> contracts = Contracts.read(folder, problems);
        ContractCheck.check(drafts, folder.names(Contracts.HOME));
        List<StreamDefinition> streams = Streams.read(folder, chosen.connections(), contracts, problems);
        return new Definitions(chosen, pipelines, contracts, streams, problems.problems(), problems.warnings());
    }

    private void refuseBrokenPromise(StepDraft step, Environment chosen) {
        BrokenPromise.of(step.step(), chosen.connections(), probes)
                .ifPresent(broken -> step.at(broken.key()).refuse(broken.found(), broken.expected()));
    }

    private void noteStrangers() {
        List<String> known = new ArrayList<>(READ);
        known.addAll(LATER);
        for (String name : folder.names("")) {
            if (LATER.contains(name)) {
                String found = "'" + name + "', which this version does not read yet";
                problems.warn(FilePlace.startOf(name), "", found, "only " + String.join(", ", READ));
            } else if (!known.contains(name)
                    && (name.endsWith(".yaml") || name.endsWith(".yml") || isNear(name, known))) {
                problems.noteName(
                        FilePlace.startOf(name), "", "the unknown " + sort(name) + " '" + name + "'", name, known);
            }
        }
    }

    private boolean isNear(String name, List<String> known) {
        return folder.isFolder(name) && NearestName.to(name, known).isPresent();
    }

    private String sort(String name) {
        return folder.isFolder(name) ? "folder" : "file";
    }

    private Map<String, ConnectionDefinition> connections() {
        if (!folder.has(CONNECTIONS)) {
            return Map.of();
        }
        return yaml(CONNECTIONS).map(ConnectionReader::read).orElse(Map.of());
    }

    private Optional<YamlValue> yaml(String file) {
        return folder.text(file, problems).flatMap(text -> YamlText.read(file, text, problems));
    }

    /** Reads every environment, and answers the chosen one. */
    private Environment environment(Map<String, ConnectionDefinition> connections) {
        Environment chosen = new Environment(environment, Map.of(), Map.of(), connections);
        List<String> names = new ArrayList<>();
        for (String file : folder.names("environments")) {
            if (!file.endsWith(".yaml")) {
                problems.note(
                        FilePlace.startOf("environments/" + file), "", "the file '" + file + "'", "<environment>.yaml");
                continue;
            }
            String name = file.substring(0, file.length() - ".yaml".length());
            names.add(name);
            Optional<Environment> read =
                    yaml("environments/" + file).map(value -> EnvironmentReader.read(name, value, connections));
            if (environment.filter(name::equals).isPresent() && read.isPresent()) {
                chosen = read.get();
            }
        }
        if (environment.isPresent() && !names.contains(environment.get())) {
            problems.noteName(
                    FilePlace.startOf("environments"),
                    "",
                    "no environment '" + environment.get() + "'",
                    environment.get(),
                    names);
        }
        return new Environment(
                chosen.name(), chosen.variables(), chosen.schemas(), addresses.over(chosen.connections(), problems));
    }

    private List<String> pipelineNames() {
        List<String> names = new ArrayList<>();
        for (String name : folder.names("pipelines")) {
            String home = "pipelines/" + name;
            if (!folder.isFolder(home)) {
                problems.note(FilePlace.startOf(home), "", "a file", "a folder with a pipeline.yaml");
            } else if (!Name.isName(name)) {
                problems.note(FilePlace.startOf(home), "", "the folder '" + name + "'", "a name, " + Name.FORM);
            } else if (!folder.has(home + "/pipeline.yaml")) {
                noteMissing(home);
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private void noteMissing(String home) {
        List<String> near = folder.names(home).stream()
                .filter(file -> file.endsWith(".yaml") || file.endsWith(".yml"))
                .toList();
        String found = near.isEmpty() ? "a folder without a pipeline.yaml" : "'" + near.getFirst() + "'";
        problems.note(FilePlace.startOf(home), "", found, "pipeline.yaml");
    }
}
