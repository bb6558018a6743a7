package io.reprise.catalog.sql;

import java.util.ArrayList;
import java.util.List;

/** A statement as a driver or a server gets it, which still knows where each of its characters was written. */
public final class WireText {

    private final String text;
    private final List<Stretch> stretches;

    private WireText(String text, List<Stretch> stretches) {
        this.text = text;
        this.stretches = stretches;
    }

    public String text() {
        return text;
    }

    /** The offset in the source of what stands at an offset here. */
    public int sourceOffset(int offset) {
        Stretch found = stretches.getFirst();
        for (Stretch stretch : stretches) {
            if (stretch.start() <= offset) {
                found = stretch;
            }
        }
        return found.source() + (found.copied() ? offset - found.start() : 0);
    }

    /** The same for a place that a server tells: it counts whole characters from 1. */
    public int sourceOffsetOfCharacter(int character) {
        int characters = text.codePointCount(0, text.length());
        return sourceOffset(text.offsetByCodePoints(0, Math.clamp(character - 1L, 0, characters)));
    }

    private record Stretch(int start, int source, boolean copied) {}

    static final class Builder {

        private final String source;
        private final StringBuilder text = new StringBuilder();
        private final List<Stretch> stretches = new ArrayList<>();

        Builder(String source) {
            this.source = source;
        }

        void copy(int from, int to) {
            stretches.add(new Stretch(text.length(), from, true));
            text.append(source, from, to);
        }

        void put(String replacement, int from) {
            stretches.add(new Stretch(text.length(), from, false));
            text.append(replacement);
        }

        WireText build() {
            return new WireText(text.toString(), List.copyOf(stretches));
        }
    }
}
