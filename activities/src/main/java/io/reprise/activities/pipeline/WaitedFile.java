package io.reprise.activities.pipeline;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks for a file that is there, large enough, and not being written any more. */
final class WaitedFile {

    private WaitedFile() {}

    /** Fails with what was found instead. */
    static void look(String path, long least, Duration still, Instant now) {
        List<String> found = new ArrayList<>();
        for (Path file : candidates(path)) {
            String why = whyNot(file, least, still, now);
            if (why.isEmpty()) {
                return;
            }
            found.add(file + " " + why);
        }
        throw WorldWaits.notYet(found.isEmpty() ? "found no file " + path : "found " + String.join(", ", found));
    }

    private static List<Path> candidates(String path) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (!name.contains("*") && !name.contains("?")) {
            return Files.isRegularFile(Path.of(path)) ? List.of(Path.of(path)) : List.of();
        }
        Path folder = Path.of(slash < 0 ? "." : path.substring(0, slash + 1));
        String literal = name.replaceAll("([\\\\\\[\\]{}])", "\\\\$1");
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, literal)) {
            matching.forEach(file -> {
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            });
        } catch (IOException | DirectoryIteratorException unreadable) {
            throw WorldWaits.notYet("cannot read " + folder + ": " + unreadable.getMessage());
        }
        files.sort(null);
        return files;
    }

    private static String whyNot(Path file, long least, Duration still, Instant now) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.size() < least) {
                return "has " + attributes.size() + " bytes (expected: at least " + least + ")";
            }
            Instant changed = attributes.lastModifiedTime().toInstant();
            return changed.plus(still).isAfter(now)
                    ? "changed at " + changed + " (expected: still for " + still + ")"
                    : "";
        } catch (IOException gone) {
            return "cannot be read: " + gone.getMessage();
        }
    }
}
