package io.reprise.catalog.schema;

import io.reprise.catalog.connection.ConnectionShape;
import io.reprise.catalog.contract.ContractShape;
import io.reprise.catalog.fixture.FixtureShape;
import io.reprise.catalog.pipeline.PipelineShape;
import io.reprise.catalog.shared.JsonSchema;
import io.reprise.catalog.stream.StreamShape;
import io.reprise.catalog.trigger.TriggerShape;
import java.util.Locale;

/** The JSON Schema of one kind of file, from the same keys that its reader knows. */
public enum CatalogSchema {
    CONNECTIONS("connections.yaml"),
    ENVIRONMENT("environments/<name>.yaml"),
    PIPELINE("pipelines/<name>/pipeline.yaml"),
    TEST("pipelines/<name>/tests/<test>.yaml"),
    CONTRACT("contracts/<subject>/contract.yaml"),
    TRIGGER("triggers/<name>.yaml"),
    STREAM("streams/<name>.yaml");

    private final String file;

    CatalogSchema(String file) {
        this.file = file;
    }

    /** The word by which people ask for it. */
    public String kind() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which files of a catalog it is for. */
    public String file() {
        return file;
    }

    /** The one text of it, with a line break at its end. */
    public String text() {
        String title = "Reprise: " + file;
        return switch (this) {
            case CONNECTIONS -> JsonSchema.of(title, ConnectionShape.CONNECTIONS, false);
            case ENVIRONMENT -> JsonSchema.of(title, ConnectionShape.ENVIRONMENT, false);
            case PIPELINE -> JsonSchema.of(title, PipelineShape.PIPELINE, true);
            case TEST -> JsonSchema.of(title, FixtureShape.TEST, false);
            case CONTRACT -> JsonSchema.of(title, ContractShape.CONTRACT, false);
            case TRIGGER -> JsonSchema.of(title, TriggerShape.TRIGGER, true);
            case STREAM -> JsonSchema.of(title, StreamShape.STREAM, false);
        };
    }
}
