package io.reprise.catalog.shared;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads numbers and durations within their bounds. */
public final class YamlNumbers {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

    private YamlNumbers() {}

    public static Optional<Integer> integer(YamlValue value, int least, int most) {
        String text = text(value);
        if (INTEGER.matcher(text).matches()) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        value.refuse(value.words(), "a whole number from " + least + " to " + most);
        return Optional.empty();
    }

    static Optional<Double> number(YamlValue value, double least, double most) {
        String text = text(value);
        if (NUMBER.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        value.refuse(value.words(), "a number from " + plain(least) + " to " + plain(most));
        return Optional.empty();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    public static Optional<Duration> duration(YamlValue value, Duration least, Duration most) {
        try {
            Duration duration = SettingText.duration(text(value));
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return Optional.of(duration);
            }
            value.refuse(value.words(), "a duration from " + written(least) + " to " + written(most));
        } catch (BadSetting noDuration) {
            value.refuse(value.words(), "a duration such as 500ms, 30s, 5m, 2h or 7d");
        }
        return Optional.empty();
    }

    private static String text(YamlValue value) {
        return value.isScalar() ? value.text().orElse("") : "";
    }

    /** In the largest unit that is exact, as people write it. */
    public static String written(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
