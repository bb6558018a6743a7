package io.reprise.catalog.shared;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The keys of every process, so that each can tell another's setting from a mistake. A feature that declares a setting adds
 * its key here.
 */
public final class KnownSettings {

    private static final Set<String> KEYS = Set.of(
            "catalog",
            "data",
            "db.password",
            "db.pool",
            "db.url",
            "db.user",
            "http.host",
            "http.port",
            "kafka.bootstrap",
            "order.rule",
            "order.step-mode",
            "registry.url",
            "run.retention",
            "settled.retention",
            "shop-db.password",
            "shop-db.pool",
            "shop-db.url",
            "shop-db.user",
            "temporal.address",
            "temporal.namespace",
            "temporal.ui",
            "token-file",
            "worker.http-port");

    /** Read by the launcher, the command line and the embedded servers, which take them from the environment only. */
    private static final Set<String> VARIABLES = Set.of(
            "REPRISE_CATALOG_ENVIRONMENT", "REPRISE_JAVA_HOME", "REPRISE_TEMPORAL_CLI", "REPRISE_TOKEN", "REPRISE_URL");

    private static final Pattern FAMILIES = Pattern.compile(
            "REPRISE_TEST_\\w+|REPRISE_CONNECTION_\\w+_(URL|PASSWORD|PASSWORD_FILE)|REPRISE_BENCH_\\w+");

    private KnownSettings() {}

    static boolean isKey(String key) {
        return KEYS.contains(key) || (key.endsWith("-file") && KEYS.contains(key.substring(0, key.length() - 5)));
    }

    static boolean isVariable(String variable) {
        return VARIABLES.contains(variable)
                || FAMILIES.matcher(variable).matches()
                || variables().contains(variable)
                || (variable.endsWith("_FILE") && variables().contains(variable.substring(0, variable.length() - 5)));
    }

    static Collection<String> keys() {
        return new TreeSet<>(KEYS);
    }

    static Collection<String> variables() {
        Set<String> variables = new TreeSet<>(VARIABLES);
        KEYS.forEach(key -> variables.add(Setting.variable(key)));
        return variables;
    }
}
