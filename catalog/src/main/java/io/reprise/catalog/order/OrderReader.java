package io.reprise.catalog.order;

import io.reprise.catalog.shared.FieldError;
import io.reprise.catalog.shared.Json;
import io.reprise.catalog.shared.JsonObject;
import io.reprise.catalog.shared.JsonText;
import io.reprise.catalog.shared.MalformedJson;
import io.reprise.workflows.order.AccountId;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderId;
import io.reprise.workflows.order.OrderLine;
import io.reprise.workflows.order.Sku;
import io.reprise.workflows.run.Name;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads an order, from HTTP and from Kafka alike.
 *
 * <p>Refused: what is no JSON in UTF-8, fields that are unknown, missing, of another type or written twice, ids and
 * currencies of another form, numbers that are not whole or out of range, no lines or too many, and amounts that overflow.
 */
public final class OrderReader {

    /** Longest order that is looked at, in bytes. */
    public static final int LONGEST = 256 * 1024;

    private static final int MOST_ERRORS = 100;
    private static final Pattern NAME = Pattern.compile(Name.FORM);
    private static final List<String> ORDER_FIELDS = List.of("orderId", "accountId", "currency", "lines");
    private static final List<String> LINE_FIELDS = List.of("sku", "quantity", "unitPriceMinor");
    private static final BigInteger MOST_MINOR = BigInteger.valueOf(Long.MAX_VALUE);

    public OrderReading read(byte[] bytes) {
        if (bytes.length > LONGEST) {
            return tooLong(bytes.length);
        }
        try {
            return read(JsonText.read(bytes));
        } catch (MalformedJson malformed) {
            return new OrderReading.Refused(OrderReading.Refused.MALFORMED, List.of(malformed.error()));
        }
    }

    /** The same of a document that was read before, from so many bytes. */
    public OrderReading read(Json document, int size) {
        return size > LONGEST ? tooLong(size) : read(document);
    }

    private static OrderReading tooLong(int size) {
        FieldError tooLong = new FieldError("", size + " bytes", "at most " + LONGEST + " bytes");
        return new OrderReading.Refused(OrderReading.Refused.INVALID, List.of(tooLong));
    }

    private static OrderReading read(Json document) {
        List<FieldError> errors = JsonObject.errors();
        Optional<Order> order =
                JsonObject.of(document, "", ORDER_FIELDS, errors).flatMap(it -> order(it, errors));
        if (order.isEmpty() || !errors.isEmpty()) {
            List<FieldError> told = errors.subList(0, Math.min(errors.size(), MOST_ERRORS));
            return new OrderReading.Refused(OrderReading.Refused.INVALID, told);
        }
        return new OrderReading.Parsed(order.get(), CanonicalOrder.of(order.get()));
    }

    private static Optional<Order> order(JsonObject object, List<FieldError> errors) {
        Optional<OrderId> orderId = object.text("orderId", NAME).map(OrderId::new);
        Optional<AccountId> accountId = object.text("accountId", NAME).map(AccountId::new);
        Optional<String> currency = object.text("currency", Order.CURRENCY);
        List<OrderLine> lines = lines(object, errors);
        noteOverflow(object, lines);
        if (!errors.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Order(orderId.orElseThrow(), accountId.orElseThrow(), currency.orElseThrow(), lines));
    }

    private static List<OrderLine> lines(JsonObject order, List<FieldError> errors) {
        List<OrderLine> lines = new ArrayList<>();
        int place = 0;
        for (Json item : order.items("lines", 1, Order.MOST_LINES)) {
            JsonObject.of(item, order.pointer("lines") + "/" + place, LINE_FIELDS, errors)
                    .flatMap(OrderReader::line)
                    .ifPresent(lines::add);
            place++;
        }
        return lines;
    }

    private static Optional<OrderLine> line(JsonObject line) {
        Optional<Sku> sku = line.text("sku", NAME).map(Sku::new);
        OptionalLong quantity = line.integer("quantity", 1, OrderLine.MOST);
        OptionalLong price = line.integer("unitPriceMinor", 0, Long.MAX_VALUE);
        if (sku.isEmpty() || quantity.isEmpty() || price.isEmpty()) {
            return Optional.empty();
        }
        BigInteger amount = amount(quantity.getAsLong(), price.getAsLong());
        if (amount.compareTo(MOST_MINOR) > 0) {
            line.note(
                    "unitPriceMinor",
                    quantity.getAsLong() + " × " + price.getAsLong(),
                    "an amount of at most " + MOST_MINOR);
            return Optional.empty();
        }
        return Optional.of(new OrderLine(sku.get(), Math.toIntExact(quantity.getAsLong()), price.getAsLong()));
    }

    private static void noteOverflow(JsonObject order, List<OrderLine> lines) {
        BigInteger total = lines.stream()
                .map(line -> amount(line.quantity(), line.unitPriceMinor()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        if (total.compareTo(MOST_MINOR) > 0) {
            order.note("lines", "a total of " + total, "a total of at most " + MOST_MINOR);
        }
    }

    private static BigInteger amount(long quantity, long unitPriceMinor) {
        return BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(unitPriceMinor));
    }
}
