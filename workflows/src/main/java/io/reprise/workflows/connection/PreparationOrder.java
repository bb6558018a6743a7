package io.reprise.workflows.connection;

/**
 * How a connection is to be prepared.
 *
 * @param how what is done
 * @param by who asked
 */
public record PreparationOrder(String connection, How how, String by) {

    /** Each does what stands before it too, but for {@code DDL}, which changes nothing. */
    public enum How {
        /** Shows the statements that would be run. */
        DDL,
        /** Makes what is missing of the kit. */
        KIT,
        /** Finds out what may be promised of the connection. */
        PROBE
    }
}
