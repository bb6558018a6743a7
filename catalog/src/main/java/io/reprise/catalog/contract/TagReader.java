package io.reprise.catalog.contract;

import io.reprise.catalog.shared.YamlMember;
import io.reprise.catalog.shared.YamlObject;
import io.reprise.catalog.shared.YamlValue;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Reads what fields mean beyond their type. */
final class TagReader {

    static final Pattern TAG = Pattern.compile("pii(:[a-z-]{1,40})?|(unit|currency):[A-Za-z0-9_./%^-]{1,40}");
    private static final List<String> KINDS = List.of("pii", "unit", "currency");

    private TagReader() {}

    static Map<String, List<String>> read(YamlObject contract, Optional<Schema> newest) {
        Map<String, List<String>> tags = new TreeMap<>();
        List<YamlMember> members = contract.member("tags")
                .map(value -> value.members(ContractReader.PATH, ContractReader.PATH_EXPECTED))
                .orElse(List.of());
        for (YamlMember member : members) {
            newest.ifPresent(schema -> ContractReader.field(schema, member.name(), member.key()));
            List<String> words = new ArrayList<>();
            member.value().itemsOrOne().forEach(item -> tag(item, newest).ifPresent(words::add));
            tags.put(member.name(), words);
        }
        return tags;
    }

    private static Optional<String> tag(YamlValue item, Optional<Schema> newest) {
        String text = item.scalar().orElse("");
        String kind = text.contains(":") ? text.substring(0, text.indexOf(':')) : text;
        if (!KINDS.contains(kind)) {
            item.refuseName("the unknown tag " + item.words(), kind, KINDS);
            return Optional.empty();
        }
        if (!TAG.matcher(text).matches()) {
            item.refuse(item.words(), "pii, unit:<what is counted>, such as unit:kg, or currency:<its code>");
            return Optional.empty();
        }
        if (kind.equals("currency")) {
            checkCurrency(item, text.substring("currency:".length()), newest);
        }
        return Optional.of(text);
    }

    /** An amount says its currency here, or in a field beside it. */
    private static void checkCurrency(YamlValue item, String word, Optional<Schema> newest) {
        boolean code = Currency.getAvailableCurrencies().stream()
                .anyMatch(it -> it.getCurrencyCode().equals(word));
        if (!code
                && newest.filter(it -> FieldPath.find(it, word) instanceof FieldPath.Search.Missing)
                        .isPresent()) {
            item.refuse("the currency '" + word + "'", "a code of ISO 4217, such as EUR, or the field that holds one");
        }
    }
}
