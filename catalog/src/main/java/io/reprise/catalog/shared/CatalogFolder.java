package io.reprise.catalog.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which people keep a catalog. Nothing outside it is read, not even through a link. */
public final class CatalogFolder {

    /** Longest file that is looked at, in bytes. */
    public static final int LONGEST = 1_000_000;

    private final Path root;

    private CatalogFolder(Path root) {
        this.root = root;
    }

    /** Empty where there is no such folder. */
    public static Optional<CatalogFolder> at(Path root) {
        try {
            return Files.isDirectory(root) ? Optional.of(new CatalogFolder(root.toRealPath())) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** What stands in a folder, by name; empty where there is none. Hidden files are left out. */
    public List<String> names(String folder) {
        Path place = root.resolve(folder);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place, e);
        }
    }

    public boolean isFolder(String name) {
        return Files.isDirectory(root.resolve(name));
    }

    public boolean has(String file) {
        return Files.isRegularFile(root.resolve(file));
    }

    /**
     * The name from the catalog's folder on of a file that is written from another folder of it; empty where that leads out of
     * the catalog.
     */
    public Optional<String> inside(String from, String written) {
        try {
            Path file = root.resolve(from).resolve(written).normalize();
            if (!file.startsWith(root)
                    || (Files.exists(file) && !file.toRealPath().startsWith(root))) {
                return Optional.empty();
            }
            return Optional.of(root.relativize(file).toString().replace('\\', '/'));
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    /** Reads a text in UTF-8, and notes what keeps it from being one. */
    public Optional<String> text(String file, CatalogProblems problems) {
        Path path = root.resolve(file);
        try {
            if (!path.toRealPath().startsWith(root)) {
                problems.note(FilePlace.startOf(file), "", "a link out of the catalog", "a file of the catalog");
                return Optional.empty();
            }
            long size = Files.size(path);
            if (size > LONGEST) {
                problems.note(
                        FilePlace.startOf(file), "", "a file of " + size + " bytes", "at most " + LONGEST + " bytes");
                return Optional.empty();
            }
            return utf8(file, Files.readAllBytes(path), problems);
        } catch (IOException unreadable) {
            problems.note(FilePlace.startOf(file), "", "a file that cannot be read", "a file that this user may read");
            return Optional.empty();
        }
    }

    /** The bytes of a file that is no text; no more of them than any file may have. */
    public byte[] bytes(String file) throws IOException {
        Path path = root.resolve(file);
        if (!path.toRealPath().startsWith(root)) {
            throw new IOException("it leads out of the catalog");
        }
        if (Files.size(path) > LONGEST) {
            throw new IOException("it has more than " + LONGEST + " bytes");
        }
        return Files.readAllBytes(path);
    }

    private static Optional<String> utf8(String file, byte[] bytes, CatalogProblems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(input, text, true);
        String read = text.flip().toString();
        if (result.isError()) {
            int line = Math.toIntExact(read.chars().filter(it -> it == '\n').count()) + 1;
            int column = read.length() - read.lastIndexOf('\n');
            problems.note(new FilePlace(file, line, column), "", "bytes that are not UTF-8", "a text in UTF-8");
            return Optional.empty();
        }
        return Optional.of(read.startsWith("\uFEFF") ? read.substring(1) : read);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
