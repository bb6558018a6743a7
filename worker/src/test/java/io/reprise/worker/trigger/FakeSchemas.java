package io.reprise.worker.trigger;

import io.reprise.catalog.shared.JsonText;
import io.reprise.catalog.shared.MalformedJson;
import io.reprise.catalog.shared.RecordDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads <code>schema:json</code>: {@code here} is known, {@code late} at the second question, {@code never} never. */
final class FakeSchemas implements RecordDecoder {

    static final RecordDecoder NONE = new FakeSchemas();

    volatile boolean away;
    volatile boolean late;
    private int asked;

    @Override
    public Decoding decode(byte[] value, byte @Nullable [] schema) {
        String text = new String(value, StandardCharsets.UTF_8);
        int split = text.indexOf(':');
        String name = text.substring(0, split);
        if (away) {
            return new Decoding.Away("nobody answers");
        }
        if ((name.equals("never") && !late) || (name.equals("late") && ++asked < 2)) {
            return new Decoding.Unknown("nobody has " + name);
        }
        try {
            return new Decoding.Read(JsonText.read(text.substring(split + 1).getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson bad) {
            return new Decoding.Bad(bad.error().found(), bad.error().expected());
        }
    }
}
