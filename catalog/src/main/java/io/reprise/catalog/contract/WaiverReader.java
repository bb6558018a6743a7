package io.reprise.catalog.contract;

import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is let through until a day. A waiver without a version, a day or a reason is none. */
final class WaiverReader {

    static final List<String> KEYS = List.of("rule", "version", "path", "until", "reason");

    private WaiverReader() {}

    static List<Waiver> read(YamlObject contract) {
        List<Waiver> waivers = new ArrayList<>();
        contract.member("waivers").ifPresent(list -> {
            for (YamlValue item : list.items()) {
                item.object(KEYS).flatMap(WaiverReader::waiver).ifPresent(waivers::add);
            }
        });
        return waivers;
    }

    private static Optional<Waiver> waiver(YamlObject fields) {
        Optional<Rule> rule = fields.required("rule", "the rule that is waived").flatMap(WaiverReader::rule);
        Optional<YamlValue> version = fields.required("version", "the version that brought it in");
        Optional<Integer> number = version.flatMap(it -> fields.integer("version", 1, VersionsReader.MOST_VERSIONS));
        Optional<LocalDate> until = fields.required("until", "the last day on which it holds, such as 2027-01-31")
                .flatMap(WaiverReader::day);
        Optional<String> reason = fields.required("reason", "why").flatMap(YamlValue::text);
        if (rule.isEmpty() || number.isEmpty() || until.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Waiver(rule.get(), number.get(), fields.text("path"), until.get(), reason.get()));
    }

    private static Optional<Rule> rule(YamlValue value) {
        String text = value.scalar().orElse("");
        Optional<Rule> rule = Rule.waivable(text);
        if (rule.isEmpty()) {
            value.refuseName("the rule " + value.words(), text, Rule.waivableNames());
        }
        return rule;
    }

    private static Optional<LocalDate> day(YamlValue value) {
        try {
            return Optional.of(LocalDate.parse(value.scalar().orElse("")));
        } catch (DateTimeException noDay) {
            value.refuse(value.words(), "a day such as 2027-01-31");
            return Optional.empty();
        }
    }
}
