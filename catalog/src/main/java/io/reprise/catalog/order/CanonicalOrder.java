package io.reprise.catalog.order;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderLine;
import io.reprise.workflows.run.RunInput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes an order the one way in which equal orders are equal texts. Its hash decides what is the same order: never change it. */
final class CanonicalOrder {

    private static final JsonFactory FACTORY = new JsonFactory();

    private CanonicalOrder() {}

    static RunInput of(Order order) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("orderId", order.orderId().value());
            json.writeStringField("accountId", order.accountId().value());
            json.writeStringField("currency", order.currency());
            json.writeArrayFieldStart("lines");
            for (OrderLine line : order.lines()) {
                json.writeStartObject();
                json.writeStringField("sku", line.sku().value());
                json.writeNumberField("quantity", line.quantity());
                json.writeNumberField("unitPriceMinor", line.unitPriceMinor());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write a text in memory", impossible);
        }
        return new RunInput(text.toString());
    }
}
