package io.reprise.workflows.run;

/** The one word that a person reads for the two outcomes of a run, or of a step. */
public enum RunWord {
    STUCK("Stuck"),
    UNDOING("Undoing"),
    PARTLY_UNDONE("Partly undone"),
    UNDONE("Undone"),
    QUEUED("Queued"),
    RUNNING("Running"),
    WAITING("Waiting"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    CANCELLED("Cancelled"),
    SKIPPED("Skipped");

    private final String text;

    RunWord(String text) {
        this.text = text;
    }

    /** The first that matches: any STUCK, an undo under way, how the undo ended, else the way forward. */
    public static RunWord of(Forward forward, Compensation compensation) {
        if (forward == Forward.STUCK) {
            return STUCK;
        }
        return switch (compensation) {
            case STUCK -> STUCK;
            case RUNNING -> UNDOING;
            case PARTIAL -> PARTLY_UNDONE;
            case DONE -> UNDONE;
            case NONE ->
                switch (forward) {
                    case QUEUED -> QUEUED;
                    case RUNNING -> RUNNING;
                    case WAITING -> WAITING;
                    case STUCK -> STUCK;
                    case SUCCEEDED -> SUCCEEDED;
                    case FAILED -> FAILED;
                    case CANCELLED -> CANCELLED;
                    case SKIPPED -> SKIPPED;
                };
        };
    }

    public String text() {
        return text;
    }
}
