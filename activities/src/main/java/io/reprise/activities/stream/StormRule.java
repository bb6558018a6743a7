package io.reprise.activities.stream;

/**
 * When dead letters are so many that it is not the records that are wrong.
 *
 * @param percent of the records of a minute
 * @param least below so many records nothing is concluded
 */
public record StormRule(int percent, int least) {

    public StormRule {
        if (percent < 1 || percent > 100 || least < 1) {
            throw new IllegalArgumentException("cannot stop at " + percent + " % of " + least
                    + " records (expected: 1 to 100 % of at least one record)");
        }
    }
}
