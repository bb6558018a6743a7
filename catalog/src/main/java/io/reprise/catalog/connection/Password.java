package io.reprise.catalog.connection;

import io.reprise.catalog.shared.Secret;
import java.nio.file.Path;

/** Where the password of a connection comes from. */
public sealed interface Password {

    /** The first line of a file, read when a session is opened, so that it may change. */
    record InFile(Path file) implements Password {}

    /** Written into the catalog: only for databases that are thrown away. */
    record Written(Secret secret) implements Password {}

    /** Written there, where whoever has only the ledger cannot read it. */
    record InCatalog() implements Password {}

    record None() implements Password {}
}
