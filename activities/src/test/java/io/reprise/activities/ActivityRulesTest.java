package io.reprise.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ActivityRulesTest {

    private static final List<ArchRule> RULES = List.of(
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.temporal.workflow..")
                    .as("activities do not decide")
                    .because("a decision is replayed and belongs into module workflows; do the effect here"),
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveNameMatching(".*(Util|Utils|Helper|Manager)")
                    .orShould()
                    .haveNameMatching(".*\\.(Abstract|Base)[A-Z].*")
                    .as("a class is called what it is")
                    .because("if only a pattern word fits, the class does nothing yet"),
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.util.logging..", "lombok..")
                    .as("logs go through slf4j, and code is written out")
                    .because("there is one log configuration"),
            noClasses()
                    .that()
                    .resideInAnyPackage("..activities.sql..", "..activities.connection..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..activities.saga..", "..activities.order..", "..activities.run..")
                    .as("the ground knows nothing of what stands on it"),
            slices().matching("io.reprise.activities.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .as("features do not need each other in a circle"),
            classes()
                    .that()
                    .resideInAPackage("io.reprise.activities..")
                    .should()
                    .resideInAnyPackage(
                            "io.reprise.activities.backfill",
                            "io.reprise.activities.connection",
                            "io.reprise.activities.contract",
                            "io.reprise.activities.stream",
                            "io.reprise.activities.order",
                            "io.reprise.activities.pipeline",
                            "io.reprise.activities.producer",
                            "io.reprise.activities.run",
                            "io.reprise.activities.saga",
                            "io.reprise.activities.schedule",
                            "io.reprise.activities.sql",
                            "io.reprise.activities.trigger")
                    .as("packages are features"));

    @TestFactory
    Stream<DynamicTest> rules() {
        JavaClasses main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.reprise.activities");
        return RULES.stream().map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(main)));
    }
}
