package io.reprise.activities.stream;

import java.io.IOException;
import org.apache.avro.io.Decoder;

/** Takes the next value out of a record and puts it into a row, as one field with its length. */
@FunctionalInterface
interface ColumnWriter {

    void write(Decoder from, CopyBuffer into) throws IOException;
}
