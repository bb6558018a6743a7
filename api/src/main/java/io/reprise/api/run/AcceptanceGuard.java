package io.reprise.api.run;

/** Whether the api may accept what is new at this moment. */
@FunctionalInterface
public interface AcceptanceGuard {

    /** Refuses, in words for the caller, where it may not. */
    void check();
}
