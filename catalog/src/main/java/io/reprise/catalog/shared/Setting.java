package io.reprise.catalog.shared;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A setting of a process: under which key it stands, of which type it is, and what holds when nobody sets it. In {@code
 * reprise.yaml} the key {@code shop-db.url} is written as it is, or nested; in the environment it is {@code
 * REPRISE_SHOP_DB_URL}.
 */
public final class Setting<T> {

    private static final Pattern KEY = Pattern.compile("[a-z][a-z-]*(\\.[a-z][a-z-]*)*");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

    /** Reads a text as a value. */
    @FunctionalInterface
    interface Reading<T> {
        T read(String text) throws BadSetting;
    }

    private final String key;
    private final String expected;
    private final T fallback;
    private final boolean secret;
    private final Reading<T> reading;

    private Setting(String key, String expected, T fallback, boolean secret, Reading<T> reading) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("cannot name a setting '" + key + "' (expected: such as shop-db.url)");
        }
        this.key = key;
        this.expected = expected;
        this.fallback = fallback;
        this.secret = secret;
        this.reading = reading;
    }

    public static Setting<String> text(String key, String fallback) {
        return new Setting<>(key, "a text", fallback, false, SettingText::notBlank);
    }

    public static Setting<Integer> integer(String key, int fallback, int least, int most) {
        return new Setting<>(key, "a whole number from " + least + " to " + most, fallback, false, text -> {
            long number = INTEGER.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
            if (number < least || number > most) {
                throw new BadSetting(text);
            }
            return (int) number;
        });
    }

    /** 0 stands for any free port. */
    public static Setting<Integer> port(String key, int fallback) {
        return integer(key, fallback, 0, 65_535);
    }

    public static Setting<Boolean> flag(String key, boolean fallback) {
        return new Setting<>(key, "true or false", fallback, false, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadSetting(text);
        });
    }

    public static Setting<Duration> duration(String key, Duration fallback) {
        return new Setting<>(
                key, "a duration such as 500ms, 30s, 5m, 2h or 7d", fallback, false, SettingText::duration);
    }

    /** A JDBC address. */
    public static Setting<String> jdbc(String key, String fallback) {
        return new Setting<>(key, "a JDBC address, jdbc:…", fallback, false, SettingText::jdbc);
    }

    public static Setting<Optional<String>> jdbc(String key) {
        return new Setting<>(
                key, "a JDBC address, jdbc:…", Optional.empty(), false, text -> Optional.of(SettingText.jdbc(text)));
    }

    /** An address of the form host:port. */
    public static Setting<String> address(String key, String fallback) {
        return new Setting<>(key, "host:port", fallback, false, SettingText::address);
    }

    public static Setting<Optional<String>> address(String key) {
        return new Setting<>(key, "host:port", Optional.empty(), false, text -> Optional.of(SettingText.address(text)));
    }

    /** Addresses of the form host:port, parted by commas. */
    public static Setting<String> addresses(String key, String fallback) {
        return new Setting<>(key, "host:port, or several parted by commas", fallback, false, text -> {
            for (String part : List.of(text.split(",", -1))) {
                SettingText.address(part.strip());
            }
            return text;
        });
    }

    public static Setting<URI> url(String key, URI fallback) {
        return new Setting<>(key, "an http or https URL", fallback, false, SettingText::url);
    }

    public static Setting<Path> path(String key, Path fallback) {
        return new Setting<>(key, "a path", fallback, false, SettingText::path);
    }

    public static Setting<Optional<Path>> path(String key) {
        return new Setting<>(key, "a path", Optional.empty(), false, text -> Optional.of(SettingText.path(text)));
    }

    public static Setting<Optional<String>> text(String key) {
        return new Setting<>(key, "a text", Optional.empty(), false, text -> Optional.of(SettingText.notBlank(text)));
    }

    /** One of an enum's names, in lower case and with dashes. */
    public static <E extends Enum<E>> Setting<E> word(String key, Class<E> words, E fallback) {
        String expected = Arrays.stream(words.getEnumConstants())
                .map(SettingText::written)
                .collect(Collectors.joining(", ", "one of ", ""));
        return new Setting<>(
                key,
                expected,
                fallback,
                false,
                text -> Arrays.stream(words.getEnumConstants())
                        .filter(word -> SettingText.written(word).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new BadSetting(text)));
    }

    /** A secret, which may also be read from the file that the key with {@code -file} names. */
    public static Setting<Secret> secret(String key, String fallback) {
        return new Setting<>(key, "a secret", new Secret(fallback), true, Secret::new);
    }

    public static Setting<Optional<Secret>> secret(String key) {
        return new Setting<>(key, "a secret", Optional.empty(), true, text -> Optional.of(new Secret(text)));
    }

    /** As it is written in {@code reprise.yaml}. */
    public String key() {
        return key;
    }

    /** As it is written in the environment. */
    public String variable() {
        return variable(key);
    }

    static String variable(String key) {
        return "REPRISE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** What holds when nobody sets it. */
    public T fallback() {
        return fallback;
    }

    String expected() {
        return expected;
    }

    boolean isSecret() {
        return secret;
    }

    T read(String text) throws BadSetting {
        return reading.read(text);
    }

    @Override
    public String toString() {
        return key + " = " + fallback;
    }
}
