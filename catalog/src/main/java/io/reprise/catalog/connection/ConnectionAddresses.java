package io.reprise.catalog.connection;

import io.reprise.catalog.shared.CatalogProblems;
import io.reprise.catalog.shared.FilePlace;
import io.reprise.catalog.sql.SqlDialect;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The addresses of databases, and those that a process environment gives, as {@code REPRISE_CONNECTION_WAREHOUSE_URL}. */
public final class ConnectionAddresses {

    static final String EXPECTED =
            "an address that begins with jdbc:postgresql:, jdbc:mariadb:, jdbc:sqlite: or jdbc:h2:,"
                    + " without a password (password-file: stands beside it)";

    private static final Pattern SECRET =
            Pattern.compile("(?i)[?&;][^=&;]*(pass(word|wd)?|secret|token)=|^jdbc:[a-z0-9]+://[^/@]*:[^/@]*@");

    private final Map<String, String> environment;

    public ConnectionAddresses(Map<String, String> environment) {
        this.environment = environment;
    }

    public static String variable(String connection) {
        String name = connection.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return "REPRISE_CONNECTION_" + name + "_URL";
    }

    /** What is wrong with an address, in words that never repeat it where it may hold a secret. */
    static Optional<String> problem(String url) {
        if (SECRET.matcher(url).find()) {
            return Optional.of("an address with a password in it");
        }
        Optional<SqlDialect> dialect = SqlDialect.ofUrl(url);
        if (dialect.filter(SqlDialect.MYSQL::equals).isPresent()) {
            return Optional.of(
                    "a MySQL address (MySQL comes with a later version; a MariaDB server takes jdbc:mariadb:)");
        }
        return dialect.isPresent() ? Optional.empty() : Optional.of("an address of " + database(url));
    }

    /** No more of the address, for the rest may hold a secret in a form that nobody here knows. */
    private static String database(String url) {
        String[] parts = url.split(":", 3);
        return parts.length == 3 && parts[0].equals("jdbc") ? "jdbc:" + parts[1] : "no known database";
    }

    /** The connection where the environment leads it. Refused: an address that the environment gives and nobody can use. */
    public ConnectionDefinition over(ConnectionDefinition connection) {
        String name = connection.name().value();
        String url = environment.get(variable(name));
        if (url == null) {
            return connection;
        }
        problem(url).ifPresent(found -> {
            throw new IllegalArgumentException(
                    "cannot use " + variable(name) + ": " + found + " (expected: " + EXPECTED + ")");
        });
        return connection.at(SqlDialect.ofUrl(url).orElseThrow(), url);
    }

    public Map<String, ConnectionDefinition> over(
            Map<String, ConnectionDefinition> connections, CatalogProblems problems) {
        Map<String, ConnectionDefinition> overridden = new TreeMap<>(connections);
        connections.forEach((name, connection) -> {
            String url = environment.get(variable(name));
            if (url == null) {
                return;
            }
            Optional<String> problem = problem(url);
            problem.ifPresent(found -> problems.note(
                    FilePlace.startOf("connections.yaml"), name + ".url", found + " in " + variable(name), EXPECTED));
            if (problem.isEmpty()) {
                overridden.put(name, connection.at(SqlDialect.ofUrl(url).orElseThrow(), url));
            }
        });
        return overridden;
    }
}
