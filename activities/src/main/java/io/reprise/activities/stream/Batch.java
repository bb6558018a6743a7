package io.reprise.activities.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Records of some partitions, decoded and ready to be loaded: those of one partition stand together and in order. */
public final class Batch {

    final CopyBuffer raw = new CopyBuffer();
    final CopyBuffer typed = new CopyBuffer();
    final CopyBuffer aside = new CopyBuffer();
    private final List<Line> lines = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private long rowless;

    /**
     * What a batch has of one partition.
     *
     * @param from where the checkpoint is expected to be
     * @param next where it is to be
     * @param firstLine the first of its lines
     * @param endLine the line after its last
     * @param watermark the latest event time before it, in microseconds
     */
    record Part(int partition, long from, long next, int firstLine, int endLine, long watermark) {}

    void add(Line line) {
        lines.add(line);
        if (!line.fate().isRow() && line.fate() != Fate.ASIDE) {
            rowless += Math.max(0, line.record().serializedKeySize())
                    + Math.max(0, line.record().serializedValueSize());
        }
    }

    /** Ends what was added of a partition since its first line. */
    void endPart(int partition, Reach from, long next, int firstLine) {
        parts.add(new Part(partition, from.next(), next, firstLine, lines.size(), from.watermark()));
    }

    /** Goes past what is no record: ends of transactions, what was aborted, what compaction took away. */
    public Reach pass(int partition, Reach from, long next) {
        endPart(partition, from, next, lines.size());
        return new Reach(next, from.watermark());
    }

    Line lastLine() {
        return lines.getLast();
    }

    List<Line> lines() {
        return lines;
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    public int records() {
        return lines.size();
    }

    /** How much it holds: its rows, and the records that became none. */
    public long bytes() {
        return (long) raw.length() + typed.length() + aside.length() + rowless;
    }

    /** Where a partition stands when this batch is loaded; empty where it has nothing of it. */
    public OptionalLong next(int partition) {
        return parts.stream()
                .filter(part -> part.partition() == partition)
                .mapToLong(Part::next)
                .max();
    }

    public List<Integer> partitions() {
        return parts.stream().map(Part::partition).distinct().toList();
    }

    int rawStart(int line) {
        return line == 0 ? 0 : lines.get(line - 1).rawEnd();
    }

    int typedStart(int line) {
        return line == 0 ? 0 : lines.get(line - 1).typedEnd();
    }

    int asideStart(int line) {
        return line == 0 ? 0 : lines.get(line - 1).asideEnd();
    }

    /** Forgets all of it, to be filled again. */
    public void clear() {
        raw.cutTo(0);
        typed.cutTo(0);
        aside.cutTo(0);
        rowless = 0;
        lines.clear();
        parts.clear();
    }
}
