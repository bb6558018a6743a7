package io.reprise.cli.migration;

import io.reprise.catalog.shared.Secret;
import io.reprise.catalog.shared.Setting;
import io.reprise.catalog.shared.Settings;
import java.util.List;
import java.util.Optional;

/** Which databases are prepared. The shop's is the ledger's, unless it is said to be another. */
record MigrationSettings(Address ledger, Address shop) {

    private static final Setting<String> DB_URL = Setting.jdbc("db.url", "jdbc:postgresql://127.0.0.1:15432/reprise");
    private static final Setting<String> DB_USER = Setting.text("db.user", "reprise");
    private static final Setting<Secret> DB_PASSWORD = Setting.secret("db.password", "reprise");
    private static final Setting<Optional<String>> SHOP_URL = Setting.jdbc("shop-db.url");
    private static final Setting<Optional<String>> SHOP_USER = Setting.text("shop-db.user");
    private static final Setting<Optional<Secret>> SHOP_PASSWORD = Setting.secret("shop-db.password");

    record Address(String url, String user, Secret password) {}

    static List<Setting<?>> declared() {
        return List.of(DB_URL, DB_USER, DB_PASSWORD, SHOP_URL, SHOP_USER, SHOP_PASSWORD);
    }

    static MigrationSettings from(Settings settings) {
        Address ledger = new Address(settings.get(DB_URL), settings.get(DB_USER), settings.get(DB_PASSWORD));
        return new MigrationSettings(
                ledger,
                new Address(
                        settings.get(SHOP_URL).orElse(ledger.url()),
                        settings.get(SHOP_USER).orElse(ledger.user()),
                        settings.get(SHOP_PASSWORD).orElse(ledger.password())));
    }
}
