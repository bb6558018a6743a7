package io.reprise.catalog.shared;

import java.util.List;
import java.util.Optional;

/** Where the servers are. Every process reads them under the same keys with the same defaults. */
public record ServerSettings(Database ledger, Database shop, String kafka, Temporal temporal) {

    private static final Setting<String> DB_URL = Setting.jdbc("db.url", "jdbc:postgresql://127.0.0.1:15432/reprise");
    private static final Setting<String> DB_USER = Setting.text("db.user", "reprise");
    private static final Setting<Secret> DB_PASSWORD = Setting.secret("db.password", "reprise");
    private static final Setting<Optional<String>> SHOP_URL = Setting.jdbc("shop-db.url");
    private static final Setting<Optional<String>> SHOP_USER = Setting.text("shop-db.user");
    private static final Setting<Optional<Secret>> SHOP_PASSWORD = Setting.secret("shop-db.password");
    private static final Setting<String> KAFKA = Setting.addresses("kafka.bootstrap", "127.0.0.1:19092");
    private static final Setting<String> TEMPORAL = Setting.address("temporal.address", "127.0.0.1:7233");
    private static final Setting<String> NAMESPACE = Setting.text("temporal.namespace", "default");

    /** A database and who may use it. The password is told only by asking for it. */
    public record Database(String url, String user, Secret password) {

        @Override
        public String toString() {
            return url + " as " + user;
        }
    }

    /** A Temporal server and our namespace there. */
    public record Temporal(String address, String namespace) {

        @Override
        public String toString() {
            return address + ", namespace " + namespace;
        }
    }

    public static List<Setting<?>> declared() {
        return List.of(DB_URL, DB_USER, DB_PASSWORD, SHOP_URL, SHOP_USER, SHOP_PASSWORD, KAFKA, TEMPORAL, NAMESPACE);
    }

    /** The shop's database is the ledger's, unless it is said to be another. */
    public static ServerSettings from(Settings settings) {
        Database ledger = new Database(settings.get(DB_URL), settings.get(DB_USER), settings.get(DB_PASSWORD));
        Database shop = new Database(
                settings.get(SHOP_URL).orElse(ledger.url()),
                settings.get(SHOP_USER).orElse(ledger.user()),
                settings.get(SHOP_PASSWORD).orElse(ledger.password()));
        return new ServerSettings(
                ledger, shop, settings.get(KAFKA), new Temporal(settings.get(TEMPORAL), settings.get(NAMESPACE)));
    }
}
