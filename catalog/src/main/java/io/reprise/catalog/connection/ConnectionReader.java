package io.reprise.catalog.connection;

import io.reprise.catalog.shared.Secret;
import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import io.reprise.catalog.sql.SqlDialect;
import io.reprise.workflows.run.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads connections.
 *
 * <p>Refused: databases that are not known, passwords in addresses or together with a file, and a pool above the limit.
 */
public final class ConnectionReader {

    static final List<String> KEYS =
            List.of("url", "user", "password", "password-file", "pool", "limit", "statement-timeout", "properties");

    static final Pattern NAME = Pattern.compile(Name.FORM);
    static final Pattern PROPERTY = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
    private static final int USUAL_POOL = 4;
    static final int MOST_SESSIONS = 1_000;

    private ConnectionReader() {}

    /** By name, in the order of names. */
    public static Map<String, ConnectionDefinition> read(YamlValue file) {
        Map<String, ConnectionDefinition> connections = new TreeMap<>();
        for (YamlMember member : file.members(NAME, "a name like warehouse, " + Name.FORM)) {
            if (Name.isName(member.name())) {
                member.value()
                        .object(KEYS)
                        .flatMap(fields -> connection(new Name(member.name()), fields, Optional.empty()))
                        .ifPresent(connection -> connections.put(member.name(), connection));
            }
        }
        return connections;
    }

    /** What one environment says of a connection, over what the catalog says of it. */
    static Optional<ConnectionDefinition> override(ConnectionDefinition usual, YamlObject fields) {
        return connection(usual.name(), fields, Optional.of(usual));
    }

    private static Optional<ConnectionDefinition> connection(
            Name name, YamlObject fields, Optional<ConnectionDefinition> usual) {
        Optional<String> url = url(fields, usual);
        int pool = fields.integer("pool", 1, MOST_SESSIONS)
                .or(() -> usual.map(ConnectionDefinition::pool))
                .orElse(USUAL_POOL);
        int limit = fields.integer("limit", 1, MOST_SESSIONS)
                .or(() -> usual.map(ConnectionDefinition::limit))
                .orElse(Math.max(pool, USUAL_POOL));
        if (pool > limit) {
            fields.key(fields.has("limit") ? "limit" : "pool")
                    .refuse("a pool of " + pool + " within a limit of " + limit, "a limit of at least the pool");
        }
        Password password = password(fields, usual);
        Optional<Duration> timeout = fields.duration("statement-timeout", Duration.ofMillis(1), Duration.ofDays(7))
                .or(() -> usual.flatMap(ConnectionDefinition::statementTimeout));
        Map<String, String> properties = properties(fields, usual);
        return url.map(address -> new ConnectionDefinition(
                name,
                SqlDialect.ofUrl(address).orElseThrow(),
                address,
                fields.text("user").or(() -> usual.flatMap(ConnectionDefinition::user)),
                password,
                pool,
                limit,
                timeout,
                properties));
    }

    private static Optional<String> url(YamlObject fields, Optional<ConnectionDefinition> usual) {
        if (usual.isPresent() && !fields.has("url")) {
            return usual.map(ConnectionDefinition::url);
        }
        Optional<YamlValue> written = fields.required("url", "jdbc:postgresql://host:port/database, or such");
        Optional<String> text = written.flatMap(YamlValue::text);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> problem = ConnectionAddresses.problem(text.get());
        problem.ifPresent(found -> written.get().refuse(found, ConnectionAddresses.EXPECTED));
        return problem.isEmpty() ? text : Optional.empty();
    }

    private static Password password(YamlObject fields, Optional<ConnectionDefinition> usual) {
        Optional<YamlValue> written = fields.member("password");
        Optional<YamlValue> file = fields.member("password-file");
        if (written.isPresent() && file.isPresent()) {
            fields.key("password").refuse("a password and a password-file", "one of them");
        }
        if (file.isPresent()) {
            return file.flatMap(YamlValue::text)
                    .<Password>map(path -> new Password.InFile(Path.of(path)))
                    .orElse(new Password.None());
        }
        if (written.isPresent()) {
            fields.key("password").warn("a password in the catalog", "password-file, except for throw-away databases");
            return written.filter(YamlValue::isScalar)
                    .flatMap(YamlValue::raw)
                    .<Password>map(text -> new Password.Written(new Secret(text)))
                    .orElse(new Password.None());
        }
        return usual.map(ConnectionDefinition::password).orElse(new Password.None());
    }

    private static Map<String, String> properties(YamlObject fields, Optional<ConnectionDefinition> usual) {
        Map<String, String> properties =
                new HashMap<>(usual.map(ConnectionDefinition::properties).orElse(Map.of()));
        fields.member("properties").ifPresent(written -> {
            for (YamlMember member : written.members(PROPERTY, "a property of the driver")) {
                if (member.name().toLowerCase(Locale.ROOT).contains("password")) {
                    member.refuseName("a password among the properties", "password-file: beside them");
                    continue;
                }
                member.value().text().ifPresent(text -> properties.put(member.name(), text));
            }
        });
        return properties;
    }
}
