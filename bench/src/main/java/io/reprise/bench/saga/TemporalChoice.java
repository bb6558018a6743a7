package io.reprise.bench.saga;

import io.reprise.embedded.EmbeddedPostgresServer;
import io.reprise.embedded.EmbeddedTemporal;
import io.reprise.embedded.Placement;
import io.reprise.embedded.ProductionTemporal;
import io.reprise.embedded.TemporalRelease;
import io.reprise.embedded.TemporalSettings;
import io.reprise.workflows.run.SearchAttributes;
import java.nio.file.Path;

/** Which Temporal all contenders run on. */
public enum TemporalChoice {
    /** The server of the command line tool: one process, SQLite. */
    DEV,
    /** The server of docker-compose.yml, with its databases beside ours on the same PostgreSQL. */
    PRODUCTION;

    private static final String VERSION = "1.31.2";
    private static final String DYNAMIC_CONFIGURATION = "deploy/temporal/dynamicconfig/reprise.yaml";
    private static final int SHARDS = 4;

    Running start(EmbeddedPostgresServer postgres) {
        TemporalSettings settings = TemporalSettings.at(Placement.temporary(), SearchAttributes.all());
        return switch (this) {
            case DEV -> {
                EmbeddedTemporal temporal = EmbeddedTemporal.start(settings);
                yield new Running(temporal.target(), temporal.namespace(), temporal.description(), temporal::close);
            }
            case PRODUCTION -> {
                ProductionTemporal temporal = ProductionTemporal.start(release(), settings, postgres);
                yield new Running(
                        temporal.target(),
                        temporal.namespace(),
                        "Temporal " + VERSION + " on PostgreSQL",
                        temporal::close);
            }
        };
    }

    private static TemporalRelease release() {
        Path root = Path.of(System.getProperty("reprise.root", "."));
        return new TemporalRelease(VERSION, root.resolve(DYNAMIC_CONFIGURATION), SHARDS);
    }

    /** A started server. */
    record Running(String target, String namespace, String description, Runnable stop) implements AutoCloseable {

        @Override
        public void close() {
            stop.run();
        }
    }
}
