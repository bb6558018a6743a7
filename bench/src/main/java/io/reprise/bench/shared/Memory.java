package io.reprise.bench.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What processes hold resident, as the operating system counts it. */
public final class Memory {

    private Memory() {}

    /** Of the process, what it started, and what left its tree but works on its data, as PostgreSQL does. */
    public static long of(ProcessHandle root, Path data) throws IOException {
        Stream<ProcessHandle> onItsData = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()));
        return of(Stream.concat(Stream.of(root), onItsData));
    }

    /** Of these processes and of all that they started. */
    public static long of(Stream<ProcessHandle> roots) throws IOException {
        Set<ProcessHandle> all = new HashSet<>();
        roots.forEach(process -> {
            all.add(process);
            process.descendants().forEach(all::add);
        });
        long total = 0;
        for (ProcessHandle process : all) {
            total += proportionalBytes(process.pid());
        }
        return total;
    }

    /** Memory shared between processes is divided among them, so that the sum is what the machine gives. */
    private static long proportionalBytes(long pid) throws IOException {
        Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        if (!Files.isReadable(rollup)) {
            return 0;
        }
        return Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .sum();
    }
}
