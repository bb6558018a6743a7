package io.reprise.cli.shared;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a long list to show: use it as a mixin. */
public final class PageOption {

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 50)")
    private @Nullable Integer limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Where the page before ended")
    private @Nullable String cursor;

    public Query addTo(Query query) {
        return query.with("limit", limit).with("cursor", cursor);
    }

    /** The table of a page, with how to ask for the next one. */
    public static Table withNext(Table table, JsonNode page) {
        return page.hasNonNull("next")
                ? table.note("more: --cursor " + page.path("next").asText())
                : table;
    }
}
