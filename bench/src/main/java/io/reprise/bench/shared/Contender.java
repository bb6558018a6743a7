package io.reprise.bench.shared;

/** One of the ways to do a thing that are compared. */
public interface Contender {

    String name();

    /** Does the thing of this number and returns when it has ended. */
    void place(long number) throws Exception;

    /** Fails unless exactly what was placed so far has left its traces. */
    void verify(long placed) throws Exception;
}
