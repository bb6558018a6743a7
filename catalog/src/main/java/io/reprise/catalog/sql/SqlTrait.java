package io.reprise.catalog.sql;

/** What a database's SQL has and another's has not, as far as its text is concerned. */
enum SqlTrait {
    /** {@code '\''}, and double quotes are strings. Needs a server without NO_BACKSLASH_ESCAPES and ANSI_QUOTES. */
    BACKSLASH_STRINGS,
    /** {@code E'\''} */
    E_STRINGS,
    BACKTICK_NAMES,
    BRACKET_NAMES,
    /** {@code $$ … $$} */
    DOLLAR_STRINGS,
    /** {@code $body$ … $body$} */
    DOLLAR_TAGS,
    NESTED_COMMENTS,
    /** Two dashes begin a comment only before white space. */
    SPACED_DASHES,
    HASH_COMMENTS,
    SLASH_COMMENTS,
    /** Comments that this database executes. */
    BANG_COMMENTS,
    /** Comments that MariaDB executes, and MySQL does not. */
    M_COMMENTS,
    DELIMITER_COMMAND,
    BACKSLASH_COMMANDS,
    DOT_COMMANDS,
    /** Operators with a question mark, which a driver would take for a parameter. */
    QUESTION_OPERATORS,
    /** The server tells where in the text it failed, and counts parameters as {@code $1}. */
    NUMBERED_PARAMETERS,
    /** A parameter in any other form than {@code :name}, such as {@code @name} and {@code $name}. */
    SIGIL_PARAMETERS
}
