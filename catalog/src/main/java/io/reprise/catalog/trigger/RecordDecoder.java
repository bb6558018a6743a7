package io.reprise.catalog.trigger;

import io.reprise.catalog.shared.Json;

/** Makes of a record's value what paths can be followed in. */
@FunctionalInterface
interface RecordDecoder {

    Json decode(byte[] value) throws BadRecord;
}
