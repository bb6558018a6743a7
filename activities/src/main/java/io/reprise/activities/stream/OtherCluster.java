package io.reprise.activities.stream;

/** Checkpoints that were made with another Kafka cluster. */
public final class OtherCluster extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherCluster(String message) {
        super(message);
    }
}
