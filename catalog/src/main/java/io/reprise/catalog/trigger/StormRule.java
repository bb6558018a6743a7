package io.reprise.catalog.trigger;

/**
 * When records that fail alike stop a trigger, because the fault is hardly theirs.
 *
 * @param percent of the records of a minute
 * @param least so many of them at least
 */
public record StormRule(int percent, int least) {

    static final int MOST = 1_000_000;

    public static final StormRule USUAL = new StormRule(50, 100);
}
