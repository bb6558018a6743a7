package io.reprise.catalog.pipeline;

import io.reprise.catalog.shared.Scalars;
import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.workflows.pipeline.Condition;
import io.reprise.workflows.pipeline.Relation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads conditions, {@code {capture.rows: {greater: 0}}}; a scalar alone stands for {@code equals}.
 *
 * <p>Refused: bounds between which there is nothing.
 */
final class Conditions {

    static final List<String> RELATIONS =
            Arrays.stream(Relation.values()).map(Conditions::written).toList();

    static final Pattern NAME = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*\\.)?[A-Za-z_][A-Za-z0-9_]*");

    private Conditions() {}

    private static String written(Relation relation) {
        return relation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Relation relation(String word) {
        return Arrays.stream(Relation.values())
                .filter(relation -> written(relation).equals(word))
                .findFirst()
                .orElseThrow();
    }

    static List<Condition> when(YamlObject step, StepUses uses) {
        List<Condition> conditions = new ArrayList<>();
        StepUses reads = new StepUses();
        step.member("when").ifPresent(mapping -> {
            for (YamlMember member : mapping.members(NAME, "the name of a parameter or <step>.<output>")) {
                reads.value(member.name(), member.key());
                conditions.addAll(of(member.name(), member.value(), reads));
            }
        });
        uses.when(reads);
        return conditions;
    }

    static List<Condition> of(String name, YamlValue value, StepUses uses) {
        if (value.isScalar()) {
            return Scalars.read(value)
                    .map(scalar -> List.of(condition(name, Relation.EQUALS, scalar, value, uses)))
                    .orElse(List.of());
        }
        List<Condition> conditions = new ArrayList<>();
        Optional<YamlObject> fields = value.object(RELATIONS);
        fields.ifPresent(it -> {
            for (String key : it.keys()) {
                Relation relation = relation(key);
                YamlValue operand = it.member(key).orElseThrow();
                Scalars.read(operand)
                        .ifPresent(scalar -> conditions.add(condition(name, relation, scalar, operand, uses)));
            }
            if (conditions.isEmpty() && it.keys().isEmpty()) {
                value.refuse("no condition", "one of " + String.join(", ", RELATIONS));
            }
        });
        if (impossible(conditions, Optional.empty())) {
            value.refuse("bounds between which there is nothing", "bounds that something can meet");
        }
        return conditions;
    }

    private static Condition condition(String name, Relation is, Object scalar, YamlValue at, StepUses uses) {
        uses.operand(scalar, at);
        return new Condition(name, is, scalar);
    }

    /** Whether no number of at least {@code least} meets all of them. */
    static boolean impossible(List<Condition> conditions, Optional<BigDecimal> least) {
        List<BigDecimal> candidates = new ArrayList<>();
        least.ifPresent(candidates::add);
        List<Condition> numeric = conditions.stream()
                .filter(condition -> condition.operand() instanceof Number)
                .toList();
        for (Condition condition : numeric) {
            BigDecimal bound = new BigDecimal(String.valueOf(condition.operand()));
            candidates.add(bound);
            candidates.add(bound.add(BigDecimal.ONE));
            candidates.add(bound.subtract(BigDecimal.ONE));
        }
        return !numeric.isEmpty()
                && candidates.stream()
                        .filter(candidate -> least.isEmpty() || candidate.compareTo(least.get()) >= 0)
                        .noneMatch(candidate -> numeric.stream().allMatch(condition -> meets(candidate, condition)));
    }

    private static boolean meets(BigDecimal candidate, Condition condition) {
        int compared = candidate.compareTo(new BigDecimal(String.valueOf(condition.operand())));
        return switch (condition.is()) {
            case EQUALS -> compared == 0;
            case NOT -> compared != 0;
            case GREATER -> compared > 0;
            case LESS -> compared < 0;
            case AT_LEAST -> compared >= 0;
            case AT_MOST -> compared <= 0;
        };
    }
}
