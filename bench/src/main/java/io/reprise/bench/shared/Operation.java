package io.reprise.bench.shared;

/** What a load repeats. The number is unique within one benchmark and makes ids. */
@FunctionalInterface
public interface Operation {

    void run(long number) throws Exception;
}
