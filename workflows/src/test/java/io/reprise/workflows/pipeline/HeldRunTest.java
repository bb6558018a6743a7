package io.reprise.workflows.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.Forward;
import io.reprise.workflows.run.WorkflowId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldRunTest {

    private static final WorkflowId ID = new WorkflowId("pipeline/test/2026-10-25");
    private static final PipelineInput INPUT = Plans.holding()
            .step(Plans.sql("load", StepTurn.after(), StepEnd.PLAIN))
            .step(Plans.sql("beside", StepTurn.after(), StepEnd.PLAIN))
            .step(Plans.sql("book", StepTurn.after("load").reading("load.rows"), StepEnd.PLAIN))
            .step(Plans.sql("tell", StepTurn.after("book"), StepEnd.PLAIN))
            .input();
    private static final EndedStep LOADED = new EndedStep("load", Forward.SUCCEEDED, Map.of("rows", 5));
    private static final EndedStep BESIDE = new EndedStep("beside", Forward.SUCCEEDED, Map.of());
    private static final EndedStep FAILED = new EndedStep("book", Forward.FAILED, Map.of());

    @Test
    void goesOnFromTheStepThatFailedAndKeepsWhatIsDone() {
        PipelineInput next = with(held(LOADED, BESIDE, FAILED).from("book"));

        assertThat(next.inherited())
                .containsExactly(
                        new Inherited("load", ID.step("load"), Map.of("rows", 5)),
                        new Inherited("beside", ID.step("beside"), Map.of()));
        assertThat(next.inheriting(List.of())).isEqualTo(INPUT);
    }

    @Test
    void aDoneStepIsDoneAgainWithWhatComesAfterItWhereItIsAskedFor() {
        PipelineInput next = with(held(LOADED, BESIDE, FAILED).from("load"));

        assertThat(next.inherited()).extracting(Inherited::step).containsExactly("beside");
    }

    @Test
    void whatWasInheritedKeepsTheKeyThatDidIt() {
        Inherited first = new Inherited("load", ID.step("load"), Map.of("rows", 5));
        HeldRun second = new HeldRun(
                ID.generation(2),
                INPUT.inheriting(List.of(first)),
                List.of(new EndedStep("load", Forward.SUCCEEDED, Map.of()), BESIDE, FAILED));

        assertThat(with(second.from("book")).inherited())
                .containsExactly(first, new Inherited("beside", ID.generation(2).step("beside"), Map.of()));
    }

    @Test
    void aMendedDefinitionKeepsOnlyStepsThatAreTheSameInBoth() {
        PipelineInput mended = Plans.holding()
                .step(Plans.sql("load", StepTurn.after(), StepEnd.PLAIN))
                .step(Plans.sql("beside", StepTurn.after(), StepEnd.PLAIN))
                .step(Plans.sql("book", StepTurn.after("load").reading("load.rows"), StepEnd.PLAIN))
                .input();
        PipelineInput less = Plans.holding()
                .step(Plans.sql("load", StepTurn.after(), StepEnd.PLAIN))
                .step(Plans.sql("book", StepTurn.after("load").reading("load.rows"), StepEnd.PLAIN))
                .input();
        HeldRun run = held(LOADED, BESIDE, FAILED);

        assertThat(with(run.by(mended, Set.of("load", "beside")).from("book")).inherited())
                .extracting(Inherited::key)
                .containsExactly(ID.step("load"), ID.step("beside"));
        assertThat(refused(run.by(mended, Set.of("beside")).from("book")).found())
                .contains("step 'load' is done, and is another");
        assertThat(refused(run.by(less, Set.of("load")).from("book")).found()).contains("step 'beside' is done");
    }

    @Test
    void allOfItOnceMoreIsRefusedWithWhatToWriteInstead() {
        Repetition.Refused refused = refused(held(LOADED, BESIDE, FAILED).whole());

        assertThat(refused.found()).contains("[load, beside]", "would be done twice");
        assertThat(refused.expected()).startsWith("--from book to keep that").contains("--from load to do all");
    }

    @Test
    void allOfItIsDoneWhereNothingStands() {
        HeldRun held = held(new EndedStep("load", Forward.FAILED, Map.of()));

        assertThat(with(held.whole())).isEqualTo(INPUT);
    }

    @Test
    void aStepThatIsNoneOrComesAfterOneThatIsNotDoneIsRefused() {
        HeldRun held = held(LOADED, BESIDE, FAILED);

        assertThat(refused(held.from("bok")).expected()).isEqualTo("one of [load, beside, book, tell]");
        assertThat(refused(held.from("tell")))
                .isEqualTo(new Repetition.Refused("step 'book', which 'tell' needs, is not done", "--from book"));
    }

    @Test
    void anOutputThatTheLedgerWasNotToldOfIsNotTakenForNothing() {
        HeldRun held = held(new EndedStep("load", Forward.SUCCEEDED, Map.of()), BESIDE, FAILED);

        assertThat(refused(held.from("book")).expected()).isEqualTo("--from load");
    }

    @Test
    void aSlotIsFinishedWhereItIsAskedForAsBeforeAndLeftWhereItIsNot() {
        HeldRun held = held(LOADED, BESIDE, FAILED);

        assertThat(with(held.rest(INPUT)).inherited()).hasSize(2);
        assertThat(refused(held.rest(INPUT.only(List.of("load")))).expected()).contains("--from STEP");
    }

    @Test
    void onlyWhatUndidNothingIsHeld() {
        assertThat(HeldRun.isHeld(INPUT, Compensation.NONE)).isTrue();
        assertThat(HeldRun.isHeld(INPUT, Compensation.DONE)).isFalse();
        assertThat(HeldRun.isHeld(Plans.undoing().sql("load").input(), Compensation.NONE))
                .isFalse();
    }

    @Test
    void outputsAreReadAsTheLedgerKeepsThem() {
        EndedStep read = EndedStep.read("load", Forward.SUCCEEDED, Optional.of("{\"rows\": 5, \"day\": null}"));

        assertThat(read.outputs()).containsEntry("rows", 5).containsKey("day");
    }

    private static HeldRun held(EndedStep... steps) {
        return new HeldRun(ID, INPUT, Arrays.asList(steps));
    }

    private static PipelineInput with(Repetition repetition) {
        return assertThat(repetition)
                .asInstanceOf(type(Repetition.With.class))
                .actual()
                .input();
    }

    private static Repetition.Refused refused(Repetition repetition) {
        return assertThat(repetition)
                .asInstanceOf(type(Repetition.Refused.class))
                .actual();
    }
}
