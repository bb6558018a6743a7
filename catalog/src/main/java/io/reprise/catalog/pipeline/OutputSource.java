package io.reprise.catalog.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the value of an output comes from. */
public enum OutputSource {
    /** How many rows the statements affected together. */
    @JsonProperty("affected")
    AFFECTED,
    /** A column of the first row that the last statement answers. */
    @JsonProperty("column")
    COLUMN,
    /** The last line that a command wrote to its standard output. */
    @JsonProperty("last-line")
    LAST_LINE,
    /** How many rows a publication inserted. */
    @JsonProperty("inserted")
    INSERTED,
    /** How many rows a publication updated. */
    @JsonProperty("updated")
    UPDATED,
    /** How many rows a publication deleted. */
    @JsonProperty("deleted")
    DELETED,
    /** A field of the record that was waited for. */
    @JsonProperty("record")
    RECORD
}
