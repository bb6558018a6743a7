package io.reprise.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server keeps its data and listens: a kept folder or a temporary one, a fixed port or a free one.
 *
 * @param folder empty for a temporary folder, which is deleted when the server is closed
 * @param port 0 for a free port
 * @param endsWithProcess whether the server ends itself when the process ends; a caller that ends several servers in an
 *     order of its own says no
 */
public record Placement(Optional<Path> folder, int port, boolean endsWithProcess) {

    public Placement {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "cannot place a server on port " + port + " (expected: 1 to 65535, or 0 for a free one)");
        }
        folder = folder.map(path -> path.toAbsolutePath().normalize());
    }

    public static Placement temporary() {
        return new Placement(Optional.empty(), 0, true);
    }

    public static Placement kept(Path folder) {
        return new Placement(Optional.of(folder), 0, true);
    }

    public Placement onPort(int fixed) {
        return new Placement(folder, fixed, endsWithProcess);
    }

    public Placement endedByCaller() {
        return new Placement(folder, port, false);
    }
}
