package io.reprise.activities.stream;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Consecutive lines of a batch, which are loaded together or not at all.
 *
 * @param from the first line
 * @param to the line after the last
 */
record Slice(Batch batch, int from, int to) {

    static Slice of(Batch batch) {
        return new Slice(batch, 0, batch.lines().size());
    }

    int size() {
        return to - from;
    }

    Slice firstHalf() {
        return new Slice(batch, from, middle());
    }

    Slice secondHalf() {
        return new Slice(batch, middle(), to);
    }

    private int middle() {
        return (from + to) >>> 1;
    }

    List<Line> lines() {
        return batch.lines().subList(from, to);
    }

    /** How the checkpoints move with it, by partition: of two that load at once, each locks them in this order. */
    List<Move> moves() {
        Map<Integer, Move> moves = new TreeMap<>();
        for (Batch.Part part : batch.parts()) {
            int first = Math.max(from, part.firstLine());
            int end = Math.min(to, part.endLine());
            if (first < end || isGapHere(part)) {
                moves.merge(part.partition(), move(part, first, end), Move::then);
            }
        }
        return List.copyOf(moves.values());
    }

    /** A part without lines only goes past what is no record. It goes with the slice in which it stands. */
    private boolean isGapHere(Batch.Part part) {
        return part.firstLine() == part.endLine()
                && part.firstLine() >= from
                && (part.firstLine() < to || to == batch.lines().size());
    }

    private Move move(Batch.Part part, int first, int end) {
        List<Line> lines = batch.lines();
        long start = first <= part.firstLine()
                ? part.from()
                : lines.get(first - 1).record().offset() + 1;
        long next = end >= part.endLine()
                ? part.next()
                : lines.get(end - 1).record().offset() + 1;
        long watermark = part.watermark();
        for (int line = part.firstLine(); line < end; line++) {
            watermark = Math.max(watermark, lines.get(line).eventMicros());
        }
        return new Move(part.partition(), start, next, first < end ? lines.get(end - 1) : null, watermark);
    }

    int rawStart() {
        return batch.rawStart(from);
    }

    int rawEnd() {
        return batch.rawStart(to);
    }

    int typedStart() {
        return batch.typedStart(from);
    }

    int typedEnd() {
        return batch.typedStart(to);
    }

    int asideStart() {
        return batch.asideStart(from);
    }

    int asideEnd() {
        return batch.asideStart(to);
    }
}
