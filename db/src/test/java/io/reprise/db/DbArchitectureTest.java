package io.reprise.db;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DbArchitectureTest {

    private static final JavaClasses DB = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.reprise.db");

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("io.temporal..", "org.apache.kafka..", "io.micronaut..")
                                .because("the ledger remembers: whoever acts on Temporal or Kafka calls it"),
                        noClasses()
                                .that(resideOutsideOfPackages("io.reprise.db.ledger.."))
                                .should()
                                .callMethod(DSL.class, "field", String.class)
                                .orShould()
                                .callMethod(DSL.class, "table", String.class)
                                .orShould()
                                .callMethod(DSL.class, "condition", String.class)
                                .because(
                                        "columns come from the generated classes, where a renamed one stops the build"),
                        methods()
                                .that()
                                .arePublic()
                                .and()
                                .areDeclaredInClassesThat(
                                        resideOutsideOfPackages("io.reprise.db.ledger..", "io.reprise.db.shared.."))
                                .should()
                                .notHaveRawReturnType(inJooq())
                                .because("a store answers with records of its own, not with rows"),
                        slices().matching("io.reprise.db.(*)..").should().beFreeOfCycles(),
                        noClasses()
                                .should()
                                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base)")
                                .because("a class is called what the business calls it"))
                .map(DbArchitectureTest::test);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> inJooq() {
        return describe("a type of jOOQ", type -> resideInAPackage("org.jooq..").test(type));
    }

    private static DynamicTest test(ArchRule rule) {
        return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(DB));
    }
}
