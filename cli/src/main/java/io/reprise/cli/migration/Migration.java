package io.reprise.cli.migration;

import io.reprise.activities.order.SampleShop;
import io.reprise.activities.order.ShopMigrations;
import io.reprise.activities.run.StepLedger;
import io.reprise.activities.saga.KitMigrations;
import io.reprise.catalog.shared.BadSettings;
import io.reprise.catalog.shared.ServerSettings;
import io.reprise.catalog.shared.Settings;
import io.reprise.cli.shared.CommandFailed;
import io.reprise.cli.shared.ExitCode;
import io.reprise.db.run.StepGrants;
import io.reprise.db.shared.LedgerMigrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the databases that an environment names to the schema of this version. */
public final class Migration {

    private static final int CONNECT_SECONDS = 10;

    private final Map<String, String> environment;
    private final Consumer<String> say;

    public Migration(Map<String, String> environment, Consumer<String> say) {
        this.environment = environment;
        this.say = say;
    }

    public void run(boolean seed) {
        ServerSettings settings = settings();
        DataSource ledger = reachable(settings.ledger());
        DataSource shop = reachable(settings.shop());
        LedgerMigrations.migrate(ledger);
        say.accept("The ledger is ready: " + settings.ledger().url());
        KitMigrations.migrate(shop);
        ShopMigrations.migrate(shop);
        say.accept("Kit and shop are ready: " + settings.shop().url());
        if (!settings.shop().user().equals(settings.ledger().user())) {
            admit(ledger, shop, settings.shop().user());
        }
        if (seed) {
            seed(shop, settings.shop());
        }
    }

    /** Steps in the ledger's own database write to it in their transactions, under the shop's role. */
    private void admit(DataSource ledger, DataSource shop, String role) {
        try {
            if (StepLedger.isOneDatabase(shop, ledger)) {
                StepGrants.grant(ledger, role);
                say.accept("Role " + role + " may write the ledger's steps and ends of runs.");
            }
        } catch (SQLException e) {
            throw new CommandFailed(
                    ExitCode.FAILED, "cannot let role " + role + " write to the ledger: " + e.getMessage(), e);
        }
    }

    private void seed(DataSource shop, ServerSettings.Database address) {
        try {
            SampleShop.seed(shop);
        } catch (SQLException e) {
            throw new CommandFailed(
                    ExitCode.FAILED, "cannot seed the shop in " + address.url() + ": " + e.getMessage(), e);
        }
        say.accept("The sample shop has its skus and accounts.");
    }

    private ServerSettings settings() {
        Path file = Path.of(System.getProperty("reprise.root", ""), "reprise.yaml");
        try {
            return ServerSettings.from(Settings.read(environment, file, ServerSettings.declared()));
        } catch (BadSettings e) {
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static DataSource reachable(ServerSettings.Database address) {
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
}
