package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.workflows.pipeline.OutputName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds everything that a pipeline reads by name against what there is.
 *
 * <p>Refused: names of no value or table, parameters that nothing reads, outputs that stand twice, and values in {@code with}
 * or of rounds that hide another value.
 */
final class ValueCheck {

    private static final Pattern ANY = Pattern.compile(".*");

    private final List<TableDefinition> tables;
    private final KnownValues values;
    private final SqlCheck sql;
    private final Set<String> used = new TreeSet<>();
    private final Set<String> usedTables = new TreeSet<>();

    ValueCheck(PipelineSource source, List<TableDefinition> tables, KnownValues values) {
        this.tables = tables;
        this.values = values;
        this.sql = new SqlCheck(source, tables, values);
    }

    void checkScopes(StepUses scopes) {
        scopes.sqls().forEach(use -> sql.check(use, values.inScope()));
    }

    /** Answers the outputs of other steps that the step is to be given. */
    List<OutputName> check(StepDraft draft) {
        refuseHidden(draft);
        refuseTwice(draft);
        Set<String> read = new TreeSet<>();
        Set<String> known = values.inStep(draft);
        Set<String> withOwn = new TreeSet<>(known);
        withOwn.addAll(values.own(draft));
        boolean ownAtHand = draft.step() instanceof TransactionStep;
        for (SqlUse use : draft.uses().sqls()) {
            boolean own = ownAtHand || use.purpose() == SqlUse.Purpose.UNDO;
            read.addAll(sql.check(use, own ? withOwn : known));
        }
        for (ValueUse use : draft.uses().values()) {
            Set<String> there = use.inWhen() ? values.inWhen(draft) : ownAtHand ? withOwn : known;
            used.add(use.name());
            if (!use.inWhen()) {
                read.add(use.name());
            }
            if (!there.contains(use.name())) {
                values.note(use.at().place(), use.at().path(), use.name(), there);
            }
        }
        draft.uses().tables().forEach(this::checkTable);
        read.retainAll(known);
        return read.stream()
                .filter(name -> name.contains("."))
                .map(OutputName::new)
                .toList();
    }

    private void checkTable(TableUse use) {
        usedTables.add(use.alias());
        Set<String> aliases =
                new TreeSet<>(tables.stream().map(TableDefinition::alias).toList());
        if (!aliases.contains(use.alias())) {
            use.at().refuseName("the unknown table '" + use.alias() + "'", use.alias(), aliases);
        }
    }

    private void refuseHidden(StepDraft draft) {
        Set<String> taken = values.inScope();
        taken.addAll(ParameterReader.OF_EVERY_RUN);
        draft.rounds()
                .filter(rounds -> taken.contains(rounds.as()))
                .ifPresent(rounds -> draft.at("for-each")
                        .refuse("rounds as '" + rounds.as() + "', which the run has already", "another name"));
        draft.rounds().ifPresent(rounds -> taken.add(rounds.as()));
        draft.fields().member("with").filter(it -> it.isObject()).ifPresent(with -> {
            for (YamlMember member : with.members(ANY, "")) {
                if (taken.contains(member.name())) {
                    member.refuseName("the value '" + member.name() + "', which the run has already", "another name");
                }
            }
        });
    }

    private static void refuseTwice(StepDraft draft) {
        List<String> names = Outputs.of(draft.step()).stream().map(Output::name).toList();
        names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> draft.at(draft.step() instanceof TransactionStep ? "transaction" : "outputs")
                        .refuse("the output '" + name + "' twice", "a name that stands once in the step"));
    }

    /** To be called when every step was checked. */
    void refuseUnused(YamlObject pipeline, List<ParameterDefinition> parameters, List<String> key) {
        used.addAll(sql.usedValues());
        used.addAll(key);
        pipeline.member("parameters").ifPresent(mapping -> {
            List<String> names =
                    parameters.stream().map(ParameterDefinition::name).toList();
            for (YamlMember member : mapping.members(ANY, "")) {
                if (names.contains(member.name()) && !used.contains(member.name())) {
                    member.refuseName(
                            "the parameter '" + member.name() + "', which nothing reads",
                            ":" + member.name() + " in some SQL, or no such parameter");
                }
            }
        });
        usedTables.addAll(sql.usedTables());
        tables.stream()
                .flatMap(table ->
                        table instanceof TableDefinition.Stage stage ? Stream.of(stage.like()) : Stream.empty())
                .forEach(usedTables::add);
        pipeline.member("tables").filter(it -> it.isObject()).ifPresent(mapping -> {
            for (YamlMember member : mapping.members(ANY, "")) {
                if (!usedTables.contains(member.name())) {
                    member.key()
                            .warn(
                                    "the table '" + member.name() + "', which nothing names",
                                    "{" + member.name() + "} in some SQL");
                }
            }
        });
    }
}
