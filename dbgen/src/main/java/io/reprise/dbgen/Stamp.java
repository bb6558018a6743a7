package io.reprise.dbgen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Beside the generated classes: the digest of what they were made from. */
final class Stamp {

    private final Path file;
    private final String digest;

    Stamp(Path migrations, Path output) throws IOException {
        this.file = output.resolve("generated-from.sha256");
        this.digest = digest(migrations);
    }

    boolean isCurrent() throws IOException {
        return Files.exists(file) && Files.readString(file).equals(digest);
    }

    void write() throws IOException {
        Files.writeString(file, digest);
    }

    private static String digest(Path migrations) throws IOException {
        MessageDigest sha256 = sha256();
        for (Path migration : sortedFiles(migrations)) {
            sha256.update(migration.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            sha256.update(Files.readAllBytes(migration));
        }
        for (Class<?> generator : List.of(GenerateLedger.class, Stamp.class)) {
            sha256.update(codeOf(generator));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static List<Path> sortedFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static byte[] codeOf(Class<?> type) throws IOException {
        try (var code = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            if (code == null) {
                throw new IOException("cannot read the class file of " + type + " (expected: beside its package)");
            }
            return code.readAllBytes();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("cannot digest: every Java has SHA-256", impossible);
        }
    }
}
