package io.reprise.api.run;

import io.reprise.db.run.Run;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a run is shown in Temporal's own pages. */
public record TemporalPages(URI root, String namespace) {

    String of(Run run) {
        String page = root + "/namespaces/" + encoded(namespace) + "/workflows/"
                + encoded(run.ref().workflowId().value());
        return run.temporalRunId().map(id -> page + "/" + encoded(id)).orElse(page);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
