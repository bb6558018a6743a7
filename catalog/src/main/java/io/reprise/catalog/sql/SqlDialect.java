package io.reprise.catalog.sql;

import static io.reprise.catalog.sql.SqlTrait.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The databases whose SQL is understood. One more is a line here and a case wherever the compiler then stops. */
public enum SqlDialect {
    POSTGRESQL(
            "PostgreSQL",
            "jdbc:postgresql:",
            false,
            E_STRINGS,
            DOLLAR_STRINGS,
            DOLLAR_TAGS,
            NESTED_COMMENTS,
            BACKSLASH_COMMANDS,
            QUESTION_OPERATORS,
            NUMBERED_PARAMETERS),
    MARIADB(
            "MariaDB",
            "jdbc:mariadb:",
            true,
            BACKSLASH_STRINGS,
            BACKTICK_NAMES,
            SPACED_DASHES,
            HASH_COMMENTS,
            BANG_COMMENTS,
            M_COMMENTS,
            DELIMITER_COMMAND,
            BACKSLASH_COMMANDS),
    MYSQL(
            "MySQL",
            "jdbc:mysql:",
            true,
            BACKSLASH_STRINGS,
            BACKTICK_NAMES,
            SPACED_DASHES,
            HASH_COMMENTS,
            BANG_COMMENTS,
            DELIMITER_COMMAND,
            BACKSLASH_COMMANDS),
    SQLITE("SQLite", "jdbc:sqlite:", false, BACKTICK_NAMES, BRACKET_NAMES, DOT_COMMANDS, SIGIL_PARAMETERS),
    H2("H2", "jdbc:h2:", true, BACKTICK_NAMES, DOLLAR_STRINGS, NESTED_COMMENTS, SLASH_COMMENTS);

    private final String title;
    private final String urlPrefix;
    private final boolean ddlCommits;

    @SuppressWarnings("ImmutableEnumChecker") // never changed and never handed out
    private final Set<SqlTrait> traits;

    SqlDialect(String title, String urlPrefix, boolean ddlCommits, SqlTrait first, SqlTrait... others) {
        this.title = title;
        this.urlPrefix = urlPrefix;
        this.ddlCommits = ddlCommits;
        this.traits = EnumSet.of(first, others);
    }

    /** Empty where the address is of a database that is not known. */
    public static Optional<SqlDialect> ofUrl(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(dialect -> lower.startsWith(dialect.urlPrefix))
                .findFirst();
    }

    /** The name that people know it by. */
    public String title() {
        return title;
    }

    public String urlPrefix() {
        return urlPrefix;
    }

    /** Whether a statement that defines something commits what was done before it. */
    public boolean ddlCommits() {
        return ddlCommits;
    }

    boolean has(SqlTrait trait) {
        return traits.contains(trait);
    }

    /** As this database reads exactly this name, even where it is a reserved word. */
    public String quote(String name) {
        return switch (this) {
            case POSTGRESQL, SQLITE -> enclosed(name, '"');
            case MARIADB, MYSQL -> enclosed(name, '`');
            // Backticks keep a reserved word a name and still let it be found in the case that unquoted names get.
            case H2 -> enclosed(name, name.matches("[a-z_][a-z0-9_]*") ? '`' : '"');
        };
    }

    public String quote(TableName table) {
        return table.schema().map(schema -> quote(schema) + ".").orElse("") + quote(table.name());
    }

    private static String enclosed(String name, char quote) {
        String mark = String.valueOf(quote);
        return mark + name.replace(mark, mark + mark) + mark;
    }
}
