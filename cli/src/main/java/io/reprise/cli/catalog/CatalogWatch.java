package io.reprise.cli.catalog;

import com.zaxxer.hikari.HikariDataSource;
import io.reprise.activities.connection.ConnectionSettings;
import io.reprise.api.connection.LedgerProbes;
import io.reprise.api.contract.ContractRegistration;
import io.reprise.api.pipeline.CatalogUpload;
import io.reprise.catalog.pipeline.Definitions;
import io.reprise.catalog.pipeline.DefinitionsReader;
import io.reprise.catalog.trigger.CatalogTriggers;
import io.reprise.db.Ledger;
import io.reprise.db.pipeline.NewCatalog;
import io.reprise.worker.connection.Pools;
import io.reprise.worker.shared.KafkaAway;
import io.reprise.worker.shared.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a catalog whenever its folder changes. A folder with problems changes nothing: they are told, and what was applied
 * before stays current until they are mended.
 */
public final class CatalogWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final String ACTOR = "catalog-watch";

    /** What has to be there before a catalog is applied. */
    @FunctionalInterface
    public interface Preparation {

        void prepare(Definitions definitions) throws KafkaAway, InterruptedException;
    }

    private final Path folder;
    private final Map<String, String> variables;
    private final Preparation preparation;
    private final HikariDataSource pool;
    private final Ledger ledger;
    private final LedgerProbes probes;
    private final CatalogUpload upload;
    private final Rounds rounds;
    private Map<String, String> seen = Map.of();

    private CatalogWatch(
            Path folder, Map<String, String> variables, ConnectionSettings ledgerSettings, Preparation preparation) {
        this.folder = folder;
        this.preparation = preparation;
        this.variables = Map.copyOf(variables);
        this.pool = Pools.open("catalog", ledgerSettings, 2);
        this.ledger = Ledger.over(pool, Clock.systemUTC());
        this.probes = new LedgerProbes(ledger.connectionProbes());
        this.upload = new CatalogUpload(ledger.schedules(), probes, Clock.systemUTC());
        this.rounds = Rounds.start("catalog", GRACE, this::look);
    }

    /**
     * Looks from now on.
     *
     * @param variables of the process, among which {@code REPRISE_CATALOG_ENVIRONMENT} chooses the catalog's environment
     */
    public static CatalogWatch start(Path folder, Map<String, String> variables, ConnectionSettings ledger) {
        return start(folder, variables, ledger, _ -> {});
    }

    /** As {@link #start(Path, Map, ConnectionSettings)}; what cannot be prepared is not applied, and tried again. */
    public static CatalogWatch start(
            Path folder, Map<String, String> variables, ConnectionSettings ledger, Preparation preparation) {
        return new CatalogWatch(folder, variables, ledger, preparation);
    }

    @Override
    public void close() {
        rounds.close();
        pool.close();
    }

    private Duration look() throws IOException, KafkaAway, InterruptedException {
        Map<String, String> now = files();
        if (!now.equals(seen)) {
            apply();
            seen = now;
        }
        return BETWEEN_LOOKS;
    }

    private void apply() throws KafkaAway, InterruptedException {
        Optional<String> environment = Optional.ofNullable(variables.get("REPRISE_CATALOG_ENVIRONMENT"));
        Definitions read = DefinitionsReader.read(folder, environment, variables, probes);
        CatalogTriggers triggers = CatalogTriggers.of(folder, read);
        Definitions definitions = read.with(triggers.problems());
        if (!definitions.areSound()) {
            LOG.warn(
                    "Catalog {} is not applied; what was applied before stays:\n{}",
                    folder,
                    String.join("\n", Findings.lines(definitions)));
            return;
        }
        preparation.prepare(definitions);
        NewCatalog catalog = upload.catalog(
                definitions.pipelines(),
                definitions.environment().connections().values(),
                definitions.contracts(),
                triggers.all(),
                definitions.streams());
        ledger.definitions().apply(catalog, ACTOR, OptionalLong.empty());
        new ContractRegistration(ledger.subjects(), ledger.subjectSettings())
                .register(definitions.contracts())
                .forEach(drift -> LOG.warn("The registry is left as it is: {}", drift));
        LOG.info(
                "Catalog {} is applied: {} pipelines, {} triggers",
                folder,
                definitions.pipelines().size(),
                triggers.all().size());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return Map.of("", "missing");
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(path.toString(), Files.size(path) + "@" + Files.getLastModifiedTime(path));
            }
        }
        return files;
    }
}
