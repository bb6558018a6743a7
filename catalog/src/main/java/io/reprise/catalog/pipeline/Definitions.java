package io.reprise.catalog.pipeline;

import io.reprise.catalog.connection.Environment;
import io.reprise.catalog.contract.ContractDefinition;
import io.reprise.catalog.shared.CatalogProblem;
import io.reprise.catalog.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a catalog says for one environment.
 *
 * @param pipelines by name; complete only where there are no problems
 * @param contracts by subject; complete only where there are no problems
 * @param streams by name; complete only where there are no problems
 * @param problems by file and line; empty for a catalog that can be applied
 * @param warnings what is allowed but deserves a look
 */
public record Definitions(
        Environment environment,
        List<PipelineDefinition> pipelines,
        List<ContractDefinition> contracts,
        List<StreamDefinition> streams,
        List<CatalogProblem> problems,
        List<CatalogProblem> warnings) {

    public Definitions {
        pipelines = List.copyOf(pipelines);
        contracts = List.copyOf(contracts);
        streams = List.copyOf(streams);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    public boolean areSound() {
        return problems.isEmpty();
    }

    /** The same with more problems, of files that stand beside pipelines. */
    public Definitions with(List<CatalogProblem> more) {
        List<CatalogProblem> all =
                Stream.concat(problems.stream(), more.stream()).sorted().toList();
        return new Definitions(environment, pipelines, contracts, streams, all, warnings);
    }

    public Optional<PipelineDefinition> pipeline(String name) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().value().equals(name))
                .findFirst();
    }
}
