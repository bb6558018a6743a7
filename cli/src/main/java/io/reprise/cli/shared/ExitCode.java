package io.reprise.cli.shared;

/** How a command ends. Scripts rely on the numbers. */
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed"),
    USAGE(2, "not understood: see --help"),
    REFUSED(3, "refused, with the reason"),
    NOT_FOUND(4, "not found"),
    UNAVAILABLE(5, "unavailable: try again later"),
    TIMED_OUT(6, "timed out");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
