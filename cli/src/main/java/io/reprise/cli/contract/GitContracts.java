package io.reprise.cli.contract;

import io.reprise.catalog.contract.Contracts;
import io.reprise.catalog.contract.ReleasedContracts;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the contracts that git has of a folder, all of them in two questions, however many they are. */
final class GitContracts {

    private final Path folder;
    private final String reference;

    private GitContracts(Path folder, String reference) {
        this.folder = folder;
        this.reference = reference;
    }

    static ReleasedContracts at(Path folder, String reference) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(ExitCode.USAGE, "cannot check " + folder + ": there is no such folder");
        }
        if (reference.startsWith("-")) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot compare with '" + reference + "' (expected: a branch, tag or commit)");
        }
        GitContracts git = new GitContracts(folder, reference);
        return new ReleasedContracts(reference, git.texts(git.names()));
    }

    private List<String> names() {
        String listed = new String(
                ask(List.of("ls-tree", "-r", "-z", "--name-only", reference, "--", Contracts.HOME), ""),
                StandardCharsets.UTF_8);
        List<String> names = new ArrayList<>(List.of(listed.split("\0", -1)));
        names.removeIf(name -> !name.endsWith(".avsc") || name.contains("\n"));
        return names;
    }

    private Map<String, String> texts(List<String> names) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (names.isEmpty()) {
            return texts;
        }
        StringBuilder questions = new StringBuilder();
        names.forEach(
                name -> questions.append(reference).append(":./").append(name).append('\n'));
        byte[] answers = ask(List.of("cat-file", "--batch"), questions.toString());
        try (DataInputStream read = new DataInputStream(new ByteArrayInputStream(answers))) {
            for (String name : names) {
                String[] head = line(read).split(" ", -1);
                byte[] text = read.readNBytes(Integer.parseInt(head[head.length - 1]));
                read.readNBytes(1);
                texts.put(name, new String(text, StandardCharsets.UTF_8));
            }
        } catch (IOException | NumberFormatException other) {
            throw failed("an answer that nobody understands: " + other.getMessage());
        }
        return texts;
    }

    private static String line(DataInputStream read) throws IOException {
        StringBuilder line = new StringBuilder();
        for (byte next = read.readByte(); next != '\n'; next = read.readByte()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private byte[] ask(List<String> arguments, String input) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(arguments);
        Path questions = null;
        try {
            questions = Files.createTempFile("reprise-git", ".txt");
            Files.writeString(questions, input);
            Process git = new ProcessBuilder(command)
                    .redirectInput(questions.toFile())
                    .redirectErrorStream(false)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] answer = git.getInputStream().readAllBytes();
            int ended = git.waitFor();
            if (ended != 0) {
                throw failed("git " + arguments.getFirst() + " ended with " + ended);
            }
            return answer;
        } catch (IOException noGit) {
            throw failed(String.valueOf(noGit.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed("the wish to stop");
        } finally {
            delete(questions);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException kept) {
            file.toFile().deleteOnExit();
        }
    }

    private CommandFailed failed(String found) {
        return new CommandFailed(
                ExitCode.REFUSED,
                "cannot read the contracts of " + folder + " at '" + reference + "': found " + found
                        + " (expected: a folder within a repository of git that has this branch, tag or commit)");
    }
}
