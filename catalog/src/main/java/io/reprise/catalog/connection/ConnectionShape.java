package io.reprise.catalog.connection;

import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.named;
import static io.reprise.catalog.shared.Shape.text;

import io.reprise.catalog.shared.Shape;

/** What may stand in {@code connections.yaml} and in the file of an environment. */
public final class ConnectionShape {

    private static final Shape SESSIONS = new Shape.Whole(1, ConnectionReader.MOST_SESSIONS);

    /** Of {@code connections.yaml}. */
    public static final Shape CONNECTIONS = named(ConnectionReader.NAME, connection("connection", true));

    /** Of {@code environments/<name>.yaml}. */
    public static final Shape ENVIRONMENT = keys(
            "environment",
            EnvironmentReader.KEYS,
            key("variables", named(EnvironmentReader.NAME, text()), "Values for ${name} in pipelines"),
            key(
                    "schemas",
                    named(EnvironmentReader.NAME, text(EnvironmentReader.SCHEMA)),
                    "Which schema stands for a schema that pipelines name"),
            key(
                    "connections",
                    named(ConnectionReader.NAME, connection("override", false)),
                    "What differs from connections.yaml"));

    private ConnectionShape() {}

    private static Shape connection(String name, boolean needsUrl) {
        return keys(
                name,
                ConnectionReader.KEYS,
                new Shape.Key(
                        "url",
                        text(),
                        needsUrl,
                        "Where the database is: jdbc:postgresql:, jdbc:mariadb:, jdbc:sqlite: or jdbc:h2:"),
                key("user", text(), "Who connects"),
                key("password", text(), "For throw-away databases only; else password-file"),
                key("password-file", text(), "The file on the worker that holds the password"),
                key("pool", SESSIONS, "How many sessions one worker opens at most"),
                key("limit", SESSIONS, "How many sessions all workers together use at most"),
                key("statement-timeout", new Shape.Span(), "Limits one statement"),
                key("properties", named(ConnectionReader.PROPERTY, text()), "What is handed to the driver as it is"));
    }
}
