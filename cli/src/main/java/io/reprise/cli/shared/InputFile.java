package io.reprise.cli.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a command reads from a file, or from standard input where the file is {@code -}. */
public final class InputFile {

    private InputFile() {}

    public static byte[] bytes(String file) {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new CommandFailed(ExitCode.USAGE, "cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    public static ObjectNode object(String file) {
        try {
            JsonNode read = ApiClient.JSON.readTree(bytes(file));
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw new CommandFailed(ExitCode.USAGE, "cannot use " + file + " as an input (expected: a JSON object)");
        } catch (JsonProcessingException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "cannot read " + file + " as JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
