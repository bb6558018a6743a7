package io.reprise.catalog.contract;

import org.apache.avro.Schema;

/** A version as its file has it. */
record VersionDraft(int version, String file, String text, Schema schema, JsonPlaces places) {}
