package io.reprise.bench.saga;

/** One of the ways to place an order that are compared. */
interface Contender {

    String name();

    /** Places the order of this number and returns when it has ended. */
    void place(long number) throws Exception;

    /** Fails unless exactly the orders placed so far have left their traces. */
    void verify(long placed) throws Exception;
}
