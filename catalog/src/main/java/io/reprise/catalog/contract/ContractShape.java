package io.reprise.catalog.contract;

import static io.reprise.catalog.shared.Shape.key;
import static io.reprise.catalog.shared.Shape.keys;
import static io.reprise.catalog.shared.Shape.listOrNone;
import static io.reprise.catalog.shared.Shape.named;
import static io.reprise.catalog.shared.Shape.needed;
import static io.reprise.catalog.shared.Shape.oneOrList;
import static io.reprise.catalog.shared.Shape.text;

import io.reprise.catalog.shared.Shape;
import io.reprise.workflows.run.Name;
import java.util.regex.Pattern;

/** What may stand in a {@code contract.yaml}. */
public final class ContractShape {

    private static final Pattern NAME = Pattern.compile(Name.FORM);
    private static final Shape VERSION = new Shape.Whole(1, VersionsReader.MOST_VERSIONS);

    private static final Shape WAIVER = keys(
            "waiver",
            WaiverReader.KEYS,
            needed("rule", new Shape.Words(Rule.waivableNames()), "The rule that is waived"),
            needed("version", VERSION, "The version that brought it in"),
            key("path", text(), "Where in the schema, as a JSON pointer; wherever it is, unless said"),
            needed("until", text(), "The last day on which it holds, such as 2027-01-31"),
            needed("reason", text(), "Why"));

    /** Of a whole file. */
    public static final Shape CONTRACT = keys(
            "contract",
            ContractReader.KEYS,
            needed("subject", text(NAME), "Its name, which is that of its folder"),
            key("topic", text(ContractReader.TOPIC), "Whose records it is about; the subject, unless said"),
            key("description", text(), "What the records are"),
            key("owner", text(), "Whom to ask"),
            needed(
                    "compatibility",
                    new Shape.Words(Compatibility.names()),
                    "Whom a new version must leave whole: readers of it, readers of older ones, or both"),
            key("key", text(ContractReader.PATH), "The field that tells records apart"),
            key("event-time", text(ContractReader.PATH), "The field that says when it happened"),
            key("retention", new Shape.Span(), "How long data is kept anywhere"),
            key("tags", named(ContractReader.PATH, oneOrList(text(TagReader.TAG))), "What fields mean"),
            key("retired", oneOrList(VERSION), "Versions of which no data is left anywhere"),
            key("waivers", listOrNone(WAIVER), "What is let through until a day, although a rule forbids it"));

    private ContractShape() {}
}
