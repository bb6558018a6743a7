package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reprise.catalog.schedule.ScheduleDefinition;
import io.reprise.catalog.schedule.SlotCalendar;
import io.reprise.catalog.shared.DefinitionText;
import io.reprise.workflows.pipeline.Plan;
import io.reprise.workflows.run.Name;
import io.reprise.workflows.run.RunInput;
import io.reprise.workflows.saga.FailurePolicy;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pipeline as its runs need it: resolved for one environment, with the text of every file, and without secrets.
 *
 * @param slot empty where a run stands for no time
 * @param key the parameters that make another run of the same slot
 * @param last the steps that are done at the end of every run
 */
public record PipelineDefinition(
        @JsonProperty("pipeline") Name name,
        Optional<String> description,
        Optional<String> owner,
        Optional<SlotCalendar> slot,
        Optional<ScheduleDefinition> schedule,
        List<ParameterDefinition> parameters,
        List<String> key,
        Concurrency concurrency,
        Optional<InputDefinition> input,
        Optional<LateDefinition> late,
        List<TableDefinition> tables,
        FailurePolicy failure,
        List<StepDefinition> steps,
        @JsonProperty("finally") List<StepDefinition> last,
        Hooks hooks,
        List<AfterDefinition> after) {

    public PipelineDefinition {
        parameters = List.copyOf(parameters);
        key = List.copyOf(key);
        tables = List.copyOf(tables);
        steps = List.copyOf(steps);
        last = List.copyOf(last);
        after = List.copyOf(after);
    }

    /** The one text of this definition. Equal definitions are equal texts. */
    public String json() {
        return DefinitionText.write(this);
    }

    /** SHA-256 of the text, in hex: the name under which runs know it. */
    public String hash() {
        return HexFormat.of().formatHex(new RunInput(json()).hash());
    }

    /** What the workflow of its runs is told: neither SQL nor where connections lead. */
    public Plan plan() {
        return Planning.of(this);
    }

    public static PipelineDefinition fromJson(String text) {
        return DefinitionText.read(text, PipelineDefinition.class, "a pipeline's definition");
    }

    public Optional<StepDefinition> step(String id) {
        return Stream.concat(steps.stream(), last.stream())
                .filter(step -> step.id().equals(id))
                .findFirst();
    }

    /** What its steps ask people, by step. */
    public Map<String, String> questions() {
        Map<String, String> questions = new LinkedHashMap<>();
        for (StepDefinition step : steps) {
            if (step instanceof WaitStep wait && wait.what() instanceof WaitFor.Approval approval) {
                questions.put(step.id(), approval.message().orElse("Go on?"));
            }
        }
        return questions;
    }

    public Optional<TableDefinition> table(String alias) {
        return tables.stream().filter(table -> table.alias().equals(alias)).findFirst();
    }

    public Optional<ParameterDefinition> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }
}
