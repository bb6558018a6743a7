package io.reprise.catalog.shared;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the texts of settings as values. */
final class SettingText {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s:/]+:([0-9]{1,5})");

    private SettingText() {}

    static String notBlank(String text) throws BadSetting {
        if (text.isBlank()) {
            throw new BadSetting("nothing");
        }
        return text;
    }

    static Duration duration(String text) throws BadSetting {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new BadSetting(text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static String jdbc(String text) throws BadSetting {
        if (!text.startsWith("jdbc:")) {
            throw new BadSetting(text);
        }
        return text;
    }

    static String address(String text) throws BadSetting {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 65_535) {
            throw new BadSetting(text);
        }
        return text;
    }

    static URI url(String text) throws BadSetting {
        try {
            URI url = new URI(text);
            if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
                throw new BadSetting(text);
            }
            return url;
        } catch (URISyntaxException noUrl) {
            throw new BadSetting(text);
        }
    }

    static Path path(String text) throws BadSetting {
        try {
            return Path.of(notBlank(text));
        } catch (InvalidPathException noPath) {
            throw new BadSetting(text);
        }
    }

    static String written(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
