package io.reprise.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * MariaDB's programs: the ones that come with the class path, or those of this machine where there are none for it.
 *
 * @param install makes the tables of a new server
 * @param base what the programs take for their installation; empty where they know it
 */
record MariaDbPrograms(Path server, Path install, Optional<Path> base) {

    private static final List<Path> SYSTEM_FOLDERS = List.of(
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/usr/local/sbin"),
            Path.of("/usr/local/bin"),
            Path.of("/opt/homebrew/bin"));

    static MariaDbPrograms find() {
        return MariaDbArchive.onClassPath()
                .map(MariaDbArchive::unpacked)
                .map(MariaDbPrograms::in)
                .or(MariaDbPrograms::ofThisMachine)
                .orElseThrow(() -> new IllegalStateException("cannot start MariaDB: found no programs for "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                        + " on the class path, and no mariadbd in " + SYSTEM_FOLDERS
                        + " (expected: an installed mariadb-server)"));
    }

    private static MariaDbPrograms in(Path base) {
        return new MariaDbPrograms(
                base.resolve("bin/mariadbd"), base.resolve("scripts/mariadb-install-db"), Optional.of(base));
    }

    private static Optional<MariaDbPrograms> ofThisMachine() {
        return onSystem("mariadbd")
                .flatMap(server -> onSystem("mariadb-install-db")
                        .map(install -> new MariaDbPrograms(server, install, Optional.empty())));
    }

    private static Optional<Path> onSystem(String program) {
        return SYSTEM_FOLDERS.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
