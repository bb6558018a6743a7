package io.reprise.worker.run;

/** Where Temporal is. */
public record TemporalSettings(String address, String namespace) {

    boolean isOnThisMachine() {
        return address.startsWith("127.0.0.1:") || address.startsWith("localhost:") || address.startsWith("[::1]:");
    }
}
