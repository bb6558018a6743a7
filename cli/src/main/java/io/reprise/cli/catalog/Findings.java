package io.reprise.cli.catalog;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.PipelineDefinition;
import io.reprise.catalog.shared.CatalogProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How what was found in a catalog looks to people and to scripts. */
public final class Findings {

    private static final JsonMapper JSON = new JsonMapper();

    private Findings() {}

    /** One problem a line, by file and line, as compilers do: editors jump there. */
    public static List<String> lines(Definitions definitions) {
        return Stream.of(
                        definitions.problems().stream().map(CatalogProblem::toString),
                        definitions.warnings().stream().map(warning -> "warning: " + warning),
                        Stream.of(sum(definitions)))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String sum(Definitions definitions) {
        String warnings = definitions.warnings().isEmpty()
                ? ""
                : ", " + counted(definitions.warnings().size(), "warning");
        if (!definitions.areSound()) {
            return counted(definitions.problems().size(), "problem") + warnings;
        }
        return counted(definitions.pipelines().size(), "pipeline") + " and "
                + counted(definitions.environment().connections().size(), "connection") + ", no problem" + warnings;
    }

    private static String counted(int many, String what) {
        return many + " " + what + (many == 1 ? "" : "s");
    }

    static String json(Path folder, Definitions definitions) {
        ObjectNode document = JSON.createObjectNode();
        document.put("folder", folder.toString());
        definitions.environment().name().ifPresent(name -> document.put("environment", name));
        document.put("sound", definitions.areSound());
        ArrayNode pipelines = document.putArray("pipelines");
        if (definitions.areSound()) {
            definitions.pipelines().forEach(pipeline -> pipelines.add(json(pipeline)));
        }
        ArrayNode problems = document.putArray("problems");
        definitions.problems().forEach(problem -> problems.add(json(problem)));
        ArrayNode warnings = document.putArray("warnings");
        definitions.warnings().forEach(warning -> warnings.add(json(warning)));
        return document.toPrettyString();
    }

    private static ObjectNode json(PipelineDefinition pipeline) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", pipeline.name().value());
        node.put("hash", pipeline.hash());
        node.put("steps", pipeline.steps().size() + pipeline.last().size());
        return node;
    }

    private static ObjectNode json(CatalogProblem problem) {
        ObjectNode node = JSON.createObjectNode();
        node.put("file", problem.file());
        node.put("line", problem.line());
        node.put("column", problem.column());
        node.put("path", problem.path());
        node.put("found", problem.found());
        node.put("expected", problem.expected());
        problem.nearest().ifPresent(name -> node.put("nearest", name));
        return node;
    }
}
