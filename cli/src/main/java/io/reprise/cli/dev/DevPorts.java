package io.reprise.cli.dev;

/** Where {@code dev} listens, all on loopback. */
record DevPorts(int http, int postgres, int kafka, int temporal, int temporalUi) {

    private static final DevPorts DEFAULTS = new DevPorts(8080, 15432, 19092, 7233, 8233);
    private static final int HIGHEST = 65535;

    static DevPorts shiftedBy(int offset) {
        if (offset < 0 || DEFAULTS.kafka + offset > HIGHEST) {
            throw new IllegalArgumentException(
                    "cannot shift the ports by " + offset + " (expected: 0 to " + (HIGHEST - DEFAULTS.kafka) + ")");
        }
        return new DevPorts(
                DEFAULTS.http + offset,
                DEFAULTS.postgres + offset,
                DEFAULTS.kafka + offset,
                DEFAULTS.temporal + offset,
                DEFAULTS.temporalUi + offset);
    }

    DevPorts withHttp(int port) {
        if (port < 1 || port > HIGHEST) {
            throw new IllegalArgumentException(
                    "cannot serve HTTP on port " + port + " (expected: 1 to " + HIGHEST + ")");
        }
        return new DevPorts(port, postgres, kafka, temporal, temporalUi);
    }
}
