package io.reprise.catalog.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a process: from the environment first, then from {@code reprise.yaml}, then as declared. All of them are
 * read at once, so that everything that is wrong is told at once.
 */
public final class Settings {

    private static final String PREFIX = "REPRISE_";

    private final Map<Setting<?>, Object> values;

    private Settings(Map<Setting<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads the declared settings. A file that is not there holds nothing.
     *
     * @throws BadSettings where a key is unknown or a value is none of its setting
     */
    public static Settings read(Map<String, String> environment, Path file, List<Setting<?>> declared) {
        List<String> problems = new ArrayList<>();
        Map<String, SettingsFile.Entry> written = new LinkedHashMap<>(SettingsFile.read(file, problems));
        noteUnknown(environment, written, problems);
        Map<Setting<?>, Object> values = new HashMap<>();
        for (Setting<?> setting : declared) {
            requireKnown(setting);
            values.put(setting, value(setting, environment, written, problems));
        }
        if (!problems.isEmpty()) {
            throw new BadSettings(problems);
        }
        return new Settings(values);
    }

    @SuppressWarnings("unchecked")
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("cannot get " + setting.key()
                    + ": this process did not declare it (expected: one of its settings)");
        }
        return (T) value;
    }

    private static void requireKnown(Setting<?> setting) {
        if (!KnownSettings.isKey(setting.key())) {
            throw new IllegalStateException(
                    "cannot read " + setting.key() + ": it is missing in KnownSettings, so every"
                            + " other process would refuse it (expected: its key there)");
        }
    }

    private static void noteUnknown(
            Map<String, String> environment, Map<String, SettingsFile.Entry> written, List<String> problems) {
        environment.keySet().stream()
                .filter(variable -> variable.startsWith(PREFIX) && !KnownSettings.isVariable(variable))
                .sorted()
                .forEach(variable -> problems.add(unknown(
                        variable + " in the environment", NearestName.to(variable, KnownSettings.variables()))));
        written.forEach((key, entry) -> {
            if (!KnownSettings.isKey(key)) {
                problems.add(unknown(key + " (" + entry.place() + ")", NearestName.to(key, KnownSettings.keys())));
            }
        });
    }

    private static String unknown(String what, Optional<String> nearest) {
        return "cannot use " + what + ": there is no such setting"
                + nearest.map(name -> " (expected: " + name + ")").orElse("");
    }

    private static <T> T value(
            Setting<T> setting,
            Map<String, String> environment,
            Map<String, SettingsFile.Entry> written,
            List<String> problems) {
        Optional<Found> found = found(setting, environment, written, problems);
        if (found.isEmpty()) {
            return setting.fallback();
        }
        try {
            return setting.read(found.get().text());
        } catch (BadSetting bad) {
            String shown = setting.isSecret() ? "a secret" : "'" + bad.getMessage() + "'";
            problems.add("cannot use " + found.get().place() + ": found " + shown + " (expected: " + setting.expected()
                    + ")");
            return setting.fallback();
        }
    }

    /** A text that was set, and where. */
    private record Found(String text, String place) {}

    private static Optional<Found> found(
            Setting<?> setting,
            Map<String, String> environment,
            Map<String, SettingsFile.Entry> written,
            List<String> problems) {
        Optional<Found> inEnvironment =
                Optional.ofNullable(environment.get(setting.variable())).map(it -> new Found(it, setting.variable()));
        Optional<Found> inFile = Optional.ofNullable(written.get(setting.key()))
                .map(it -> new Found(it.value(), setting.key() + " (" + it.place() + ")"));
        if (!setting.isSecret()) {
            return inEnvironment.or(() -> inFile);
        }
        String file = setting.key() + "-file";
        Optional<Found> fileInEnvironment = Optional.ofNullable(environment.get(setting.variable() + "_FILE"))
                .map(it -> new Found(it, setting.variable() + "_FILE"));
        Optional<Found> fileInFile =
                Optional.ofNullable(written.get(file)).map(it -> new Found(it.value(), file + " (" + it.place() + ")"));
        return secret(inEnvironment, fileInEnvironment, problems).or(() -> secret(inFile, fileInFile, problems));
    }

    private static Optional<Found> secret(Optional<Found> plain, Optional<Found> file, List<String> problems) {
        if (plain.isPresent() && file.isPresent()) {
            problems.add("cannot use both " + plain.get().place() + " and "
                    + file.get().place() + " (expected: one of them)");
            return Optional.empty();
        }
        return plain.or(() -> file.flatMap(it -> contents(it, problems)));
    }

    private static Optional<Found> contents(Found file, List<String> problems) {
        try {
            return Optional.of(new Found(Files.readString(Path.of(file.text())).strip(), file.place()));
        } catch (IOException unreadable) {
            problems.add("cannot use " + file.place() + ": found no readable file '" + file.text()
                    + "' (expected: a file that holds the secret)");
            return Optional.empty();
        }
    }
}
