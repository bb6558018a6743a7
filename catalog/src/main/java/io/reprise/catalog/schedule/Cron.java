package io.reprise.catalog.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule fires: five fields of cron, read by the clocks of a zone.
 *
 * <ul>
 *   <li>Clocks that jump forward: what should fire in the hour that they leave out fires once, as soon as they have jumped. No
 *       day is dropped.
 *   <li>Clocks that are set back: in the hour that they show twice, a schedule of certain hours ({@code 30 2 * * *}) fires in
 *       the first pass only, one of every hour ({@code 30 * * * *}) in both.
 * </ul>
 */
public final class Cron {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private static final Pattern FIVE_FIELDS = Pattern.compile("\\S+( \\S+){4}");
    private static final Pattern EVERY_HOUR = Pattern.compile("\\S+ \\*");

    private final String expression;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final ExecutionTime times;
    private final boolean everyHour;

    private Cron(String expression, ZoneId zone, ExecutionTime times) {
        this.expression = expression;
        this.zone = zone;
        this.rules = zone.getRules();
        this.times = times;
        this.everyHour = EVERY_HOUR.matcher(expression).lookingAt();
    }

    public static Cron of(String written, ZoneId zone) throws BadCron {
        String expression = written.strip().replaceAll("\\s+", " ");
        if (!FIVE_FIELDS.matcher(expression).matches()) {
            throw new BadCron("'" + written + "'", "five fields: minute hour day-of-month month day-of-week");
        }
        try {
            ExecutionTime times = ExecutionTime.forCron(PARSER.parse(expression));
            ZonedDateTime any = ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
            if (times.nextExecution(any).isEmpty()) {
                throw new BadCron("'" + written + "', which never fires", "a date that exists");
            }
            return new Cron(expression, zone, times);
        } catch (IllegalArgumentException noCron) {
            throw new BadCron("'" + written + "' (" + noCron.getMessage() + ")", "a cron expression like 0 3 * * *");
        }
    }

    /** The first firing after an instant; empty where there is none for years. */
    public Optional<Instant> after(Instant instant) {
        Instant from = instant;
        while (true) {
            Optional<Instant> regular = regularAfter(from);
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || regular.filter(change.getInstant()::isAfter).isPresent()) {
                return regular;
            }
            if (firesAt(change)) {
                return Optional.of(change.getInstant());
            }
            if (regular.isEmpty()) {
                return Optional.empty();
            }
            from = change.getInstant();
        }
    }

    /** The last firing before an instant; empty where there was none for years. */
    public Optional<Instant> before(Instant instant) {
        Instant from = instant;
        while (true) {
            Optional<Instant> regular = regularBefore(from);
            ZoneOffsetTransition change = rules.previousTransition(from);
            if (change == null || regular.filter(change.getInstant()::isBefore).isPresent()) {
                return regular;
            }
            if (firesAt(change)) {
                return Optional.of(change.getInstant());
            }
            if (regular.isEmpty()) {
                return Optional.empty();
            }
            from = change.getInstant();
        }
    }

    /** All firings from an instant up to but without another. */
    public Stream<Instant> between(Instant from, Instant to) {
        return Stream.iterate(
                        after(from.minusNanos(1)),
                        firing -> firing.filter(to::isAfter).isPresent(),
                        firing -> firing.flatMap(this::after))
                .flatMap(Optional::stream);
    }

    /** As if clocks kept the offset that they have just after {@code from}, without what repeats a first pass. */
    private Optional<Instant> regularAfter(Instant from) {
        ZoneOffset offset = rules.getOffset(from);
        ZoneOffsetTransition change = rules.previousTransition(from.plusNanos(1));
        Optional<Instant> firing = times.nextExecution(from.atZone(offset)).map(ZonedDateTime::toInstant);
        while (firing.filter(it -> repeats(it, change)).isPresent()) {
            firing = times.nextExecution(firing.get().atZone(offset)).map(ZonedDateTime::toInstant);
        }
        return firing;
    }

    private Optional<Instant> regularBefore(Instant from) {
        ZoneOffset offset = rules.getOffset(from.minusNanos(1));
        ZoneOffsetTransition change = rules.previousTransition(from);
        Optional<Instant> firing = times.lastExecution(from.atZone(offset)).map(ZonedDateTime::toInstant);
        while (firing.filter(it -> change != null && it.isAfter(change.getInstant()) && repeats(it, change))
                .isPresent()) {
            firing = times.lastExecution(firing.get().atZone(offset)).map(ZonedDateTime::toInstant);
        }
        return firing;
    }

    private boolean repeats(Instant firing, @Nullable ZoneOffsetTransition change) {
        if (everyHour || change == null || change.isGap()) {
            return false;
        }
        LocalDateTime shown = LocalDateTime.ofInstant(firing, change.getOffsetAfter());
        return shown.isBefore(change.getDateTimeBefore());
    }

    /** Whether something fires at the very instant at which the clocks change. */
    private boolean firesAt(ZoneOffsetTransition change) {
        LocalDateTime left = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
        LocalDateTime last = change.getDateTimeAfter();
        boolean fires = times.nextExecution(left.minusSeconds(1).atZone(ZoneOffset.UTC))
                .map(ZonedDateTime::toLocalDateTime)
                .filter(shown -> !shown.isAfter(last))
                .isPresent();
        return fires && !repeats(change.getInstant(), change);
    }

    public ZoneId zone() {
        return zone;
    }

    public String expression() {
        return expression;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.expression.equals(expression) && cron.zone.equals(zone);
    }

    @Override
    public int hashCode() {
        return expression.hashCode() * 31 + zone.hashCode();
    }

    @Override
    public String toString() {
        return expression + " in " + zone;
    }
}
