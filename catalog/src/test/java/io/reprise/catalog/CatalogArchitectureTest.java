package io.reprise.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CatalogArchitectureTest {

    private static final JavaClasses CATALOG = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.reprise.catalog");

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(
                        classes()
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        "java..",
                                        "org.jspecify..",
                                        "com.fasterxml.jackson..",
                                        "com.cronutils..",
                                        "org.apache.avro..",
                                        "org.yaml.snakeyaml..",
                                        "io.reprise.catalog..",
                                        "io.reprise.workflows..")
                                .because("the catalog reads what people write and uses no server"),
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("io.temporal..", "java.sql..", "java.net.http..")
                                .because("reading has no effect: do it in an activity"),
                        slices().matching("io.reprise.catalog.(*)..").should().beFreeOfCycles(),
                        noClasses()
                                .should()
                                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base)")
                                .because("a class is called what the business calls it"))
                .map(CatalogArchitectureTest::test);
    }

    private static DynamicTest test(ArchRule rule) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CATALOG));
    }
}
