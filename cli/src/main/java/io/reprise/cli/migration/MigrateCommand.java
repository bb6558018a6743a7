package io.reprise.cli.migration;

import io.reprise.activities.order.SampleShop;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.catalog.shared.BadSettings;
import io.reprise.catalog.shared.Settings;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.db.shared.LedgerMigrations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "migrate",
        description = "Prepares the databases for this version: ledger, kit and shop. Repeating it changes nothing.",
        mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {

    private static final int CONNECT_SECONDS = 10;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", description = "Add the sample shop's skus and accounts where they are missing")
    private boolean seed;

    public MigrateCommand() {
        this(System.getenv());
    }

    MigrateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        MigrationSettings settings = settings();
        DataSource ledger = reachable(settings.ledger());
        DataSource shop = reachable(settings.shop());
        LedgerMigrations.migrate(ledger);
        say("The ledger is ready: " + settings.ledger().url());
        KitMigrations.migrate(shop);
        ShopMigrations.migrate(shop);
        say("Kit and shop are ready: " + settings.shop().url());
        if (seed) {
            seed(shop, settings.shop());
        }
        return ExitCode.DONE.code();
    }

    private void seed(DataSource shop, MigrationSettings.Address address) {
        try {
            SampleShop.seed(shop);
        } catch (SQLException e) {
            throw new CommandFailed(
                    ExitCode.FAILED, "cannot seed the shop in " + address.url() + ": " + e.getMessage(), e);
        }
        say("The sample shop has its skus and accounts.");
    }

    private MigrationSettings settings() {
        Path file = Path.of(System.getProperty("reprise.root", ""), "reprise.yaml");
        try {
            return MigrationSettings.from(Settings.read(environment, file, MigrationSettings.declared()));
        } catch (BadSettings e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static DataSource reachable(MigrationSettings.Address address) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(address.url());
        database.setUser(address.user());
        database.setPassword(address.password().value());
        database.setConnectTimeout(CONNECT_SECONDS);
        try (Connection connection = database.getConnection()) {
            connection.isValid(CONNECT_SECONDS);
            return database;
        } catch (SQLException e) {
            throw new CommandFailed(
                    ExitCode.UNAVAILABLE,
                    "cannot reach " + address.url() + " as " + address.user() + ": " + e.getMessage(),
                    e);
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
