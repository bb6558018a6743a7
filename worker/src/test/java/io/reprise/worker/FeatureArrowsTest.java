package io.reprise.worker;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Feature packages use themselves, what is shared, and the features that are named here: a new arrow is a decision. */
class FeatureArrowsTest {

    private static final Pattern PACKAGE = Pattern.compile("io\\.reprise\\.[a-z]+\\.(?<feature>[a-z]+)(\\..*)?");

    private static final Map<String, Set<String>> MAY_ALSO_USE = Map.ofEntries(
            entry("run", Set.of("saga", "sql")),
            entry("saga", Set.of("run", "sql")),
            entry("order", Set.of("run", "saga", "sql")),
            entry("trigger", Set.of("run", "deadletter", "order", "pipeline", "schedule", "connection", "contract")),
            entry("deadletter", Set.of("run")),
            entry("producer", Set.of("contract")),
            entry("outbox", Set.of("producer")),
            entry("contract", Set.of("run", "pipeline")),
            entry("stream", Set.of("contract", "pipeline", "connection", "deadletter", "run", "saga", "sql")),
            entry("sensor", Set.of("run", "saga", "pipeline")),
            entry("connection", Set.of("run", "sql", "pipeline")),
            entry("schedule", Set.of("run", "pipeline", "backfill")),
            entry("backfill", Set.of("run", "pipeline", "schedule")),
            entry(
                    "pipeline",
                    Set.of("run", "saga", "sql", "connection", "schedule", "contract", "trigger", "stream", "sensor")),
            entry("fixture", Set.of("run", "sql", "connection", "schedule", "pipeline")),
            entry("schema", Set.of("connection", "pipeline", "fixture", "contract", "trigger", "stream")));

    @Test
    void featuresUseOnlyTheFeaturesThatTheyMay() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.reprise");
        Set<String> strangers = new TreeSet<>();

        for (JavaClass found : ours) {
            Optional<String> from = feature(found);
            for (Dependency arrow : found.getDirectDependenciesFromSelf()) {
                Optional<String> to = feature(arrow.getTargetClass());
                if (from.isPresent() && to.isPresent() && !mayUse(from.get(), to.get())) {
                    strangers.add(from.get() + " uses " + to.get() + ": " + found.getName() + " -> "
                            + arrow.getTargetClass().getName());
                }
            }
        }

        assertThat(strangers)
                .as("arrows between features (move the class, or say in MAY_ALSO_USE that it is meant)")
                .isEmpty();
    }

    private static boolean mayUse(String from, String to) {
        return from.equals(to)
                || to.equals("shared")
                || MAY_ALSO_USE.getOrDefault(from, Set.of()).contains(to);
    }

    /** The generated tables of the ledger belong to no feature. */
    private static Optional<String> feature(JavaClass found) {
        Matcher matcher = PACKAGE.matcher(found.getPackageName());
        return matcher.matches() && !found.getPackageName().startsWith("io.reprise.db.ledger")
                ? Optional.of(matcher.group("feature"))
                : Optional.empty();
    }
}
