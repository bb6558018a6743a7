package io.reprise.embedded;

import java.nio.file.Path;

/** Another live process uses the data folder. */
public final class FolderTaken extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    FolderTaken(Path folder) {
        super("cannot use the data folder " + folder
                + ": another running process holds it (expected: one process a folder)");
    }
}
