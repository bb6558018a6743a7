package io.reprise.workflows.pipeline;

/** What becomes of the wish to go on with what a run left standing. */
public sealed interface Repetition {

    /** The next generation begins with this. */
    record With(PipelineInput input) implements Repetition {}

    /** It would do something twice, or not know something. */
    record Refused(String found, String expected) implements Repetition {}
}
