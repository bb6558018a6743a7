package io.reprise.cli.dev;

import java.util.Map;

/**
 * A server that a stack uses.
 *
 * @param environment what tells an api or a worker where it is
 */
record DevServer(DevRow row, Map<String, String> environment, AutoCloseable handle) {

    static DevServer elsewhere(String what, String where, String key) {
        return new DevServer(new DevRow(what, where, "as " + key + " says"), Map.of(), () -> {});
    }
}
