package io.reprise.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.HttpMethodMapping;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ApiArchitectureTest {

    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.reprise.api");

    private static final ArchRule ADMITS_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.reprise.activities..", "io.reprise.worker..", "io.temporal.activity..")
            .because("the api admits: what is done outside, a worker does");

    private static final ArchRule NO_SQL = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.jooq.impl..", "io.reprise.db.ledger..")
            .because("the ledger is asked through its stores");

    private static final ArchRule NO_CYCLES =
            slices().matching("io.reprise.api.(*)..").should().beFreeOfCycles();

    private static final ArchRule RECORDS = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethodMapping.class)
            .and()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Controller.class)
            .should(answerWithRecords());

    /** Text as it is, too: metrics, the description and a history are documents that somebody else wrote. */
    private static ArchCondition<JavaMethod> answerWithRecords() {
        List<String> wrappers =
                List.of("io.micronaut.http.HttpResponse", "org.reactivestreams.Publisher", "java.lang.String");
        return new ArchCondition<>("answer with records") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                JavaClass answer = method.getRawReturnType();
                if (!answer.isRecord() && !wrappers.contains(answer.getName())) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " answers with " + answer.getName()));
                }
            }
        };
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(ADMITS_ONLY, NO_SQL, NO_CYCLES, RECORDS)
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(API)));
    }
}
