package io.reprise.workflows;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.reprise.workflows.backfill.BackfillStart;
import io.reprise.workflows.connection.ConnectionStart;
import io.reprise.workflows.pipeline.TrialStart;
import io.reprise.workflows.run.RunStart;
import io.reprise.workflows.stream.StreamStart;
import io.temporal.activity.ActivityInterface;
import io.temporal.workflow.WorkflowInterface;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Workflows are replayed: what they read, and in which order, must be the same every time. */
class WorkflowGuardsTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.reprise.workflows");

    @TestFactory
    Stream<DynamicTest> workflowsStayPure() {
        return Stream.of(
                        onlyDecides(),
                        readsNoAmbientValue(),
                        startsNoThread(),
                        iteratesInAStableOrder(),
                        sharesNothing(),
                        startsOnlyThroughRunStart(),
                        namesWorkflows(),
                        namesActivities(),
                        namesSayTheBusiness(),
                        featuresAreFreeOfCycles())
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(OURS)));
    }

    private static ArchRule onlyDecides() {
        return classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.reprise.workflows..",
                        "io.temporal..",
                        "com.google.protobuf..",
                        "java.lang..",
                        "java.math",
                        "java.nio.charset",
                        "java.security",
                        "java.time..",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "org.jspecify.annotations",
                        "org.slf4j",
                        "com.fasterxml.jackson.annotation"))
                .as("workflows only decide: an effect belongs into an activity (module activities)");
    }

    private static ArchRule readsNoAmbientValue() {
        DescribedPredicate<JavaCall<?>> ambient = target(
                nameMatching(
                        "now|currentTimeMillis|nanoTime|randomUUID|random|getenv|getProperty|getProperties|systemDefaultZone|systemUTC"));
        DescribedPredicate<JavaCall<?>> notTemporal =
                DescribedPredicate.not(target(owner(resideInAnyPackage("io.temporal.workflow"))));
        return noClasses()
                .should()
                .callMethodWhere(ambient.and(notTemporal))
                .as("workflows read no ambient value: time, ids and sleeps come from Workflow");
    }

    private static ArchRule startsNoThread() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.System")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .as("workflows start no thread and ask no clock: use Async and Workflow.newTimer");
    }

    private static ArchRule iteratesInAStableOrder() {
        DescribedPredicate<JavaCall<?>> unordered = target(owner(resideInAnyPackage("java.util")))
                .and(target(nameMatching("of|copyOf|ofEntries")))
                .and(target(owner(nameMatching("java.util.(Set|Map)"))));
        DescribedPredicate<JavaCall<?>> collectors = target(
                        nameMatching(
                                "toSet|toMap|groupingBy|groupingByConcurrent|partitioningBy|toUnmodifiableSet|toUnmodifiableMap"))
                .and(target(owner(nameMatching("java.util.stream.Collectors"))));
        return noClasses()
                .should()
                .callMethodWhere(unordered.or(collectors))
                .orShould()
                .callConstructorWhere(
                        target(owner(nameMatching("java.util.(HashMap|HashSet|IdentityHashMap|WeakHashMap)"))))
                .as("workflows iterate in a stable order: use lists, linked or sorted maps and sets");
    }

    private static ArchRule sharesNothing() {
        return fields().that()
                .areStatic()
                .should()
                .beFinal()
                .as("workflows share nothing: a static field is a constant");
    }

    private static ArchRule startsOnlyThroughRunStart() {
        return noClasses()
                .that()
                .doNotBelongToAnyOf(
                        RunStart.class, BackfillStart.class, ConnectionStart.class, StreamStart.class, TrialStart.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.temporal.client..")
                .as(
                        "only RunStart, BackfillStart, ConnectionStart, StreamStart and TrialStart speak to Temporal as clients");
    }

    private static ArchRule namesWorkflows() {
        return classes()
                .that()
                .areAnnotatedWith(WorkflowInterface.class)
                .should()
                .haveSimpleNameEndingWith("Workflow")
                .orShould()
                .haveSimpleName("SagaOperations")
                .as("workflow interfaces are named so");
    }

    private static ArchRule namesActivities() {
        return classes()
                .that()
                .areAnnotatedWith(ActivityInterface.class)
                .should()
                .haveSimpleNameEndingWith("Steps")
                .orShould()
                .haveSimpleNameEndingWith("Records")
                .as("activity interfaces are named so");
    }

    private static ArchRule namesSayTheBusiness() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base)|.*\\.Abstract.*")
                .as("if only a pattern word fits, the class does nothing yet");
    }

    private static ArchRule featuresAreFreeOfCycles() {
        return slices().matching("io.reprise.workflows.(*)..").should().beFreeOfCycles();
    }
}
