package io.reprise.activities.pipeline;

import io.reprise.catalog.sql.TableName;
import java.util.List;
import java.util.Map;

/**
 * What the tables of a definition are called in one run.
 *
 * @param names by alias; without the stages that the step does not use
 * @param stages those among them that the engine made for the run
 */
record StageTables(Map<String, TableName> names, List<TableName> stages) {

    StageTables {
        names = Map.copyOf(names);
        stages = List.copyOf(stages);
    }
}
