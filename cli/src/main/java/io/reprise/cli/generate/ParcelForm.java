package io.reprise.cli.generate;

import io.reprise.activities.contract.WireFormat;
import io.reprise.activities.producer.AvroForm;
import io.reprise.activities.producer.Outgoing;
import io.reprise.activities.producer.RecordForm;
import io.reprise.activities.producer.SchemaLookup.Answer.Found;
import io.reprise.activities.producer.Unwritable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Writes each event by its version of the contract. The events of an order keep their order. */
final class ParcelForm implements RecordForm<Parcel> {

    /** Its first byte promises a text of 36 characters, and there are three. */
    private static final String CUT = "He-1";

    private final String topic;
    private final List<Found> versions;
    private final AvroForm events;

    /** @param versions from the first on */
    ParcelForm(String topic, List<Found> versions) {
        this.topic = topic;
        this.versions = List.copyOf(versions);
        this.events = new AvroForm(
                topic,
                new AvroForm.Fields(Optional.of("orderId"), Optional.of("occurredAt")),
                AvroForm.Naming.IN_VALUE,
                versions);
    }

    @Override
    public Outgoing write(Parcel parcel) throws Unwritable {
        return switch (parcel) {
            case Parcel.Sale(ShopEvent event, boolean _) -> events.write(record(event));
            case Parcel.Poison poison ->
                Outgoing.of(topic, null, bytes(poison.ailment())).at(poison.at());
        };
    }

    private byte[] bytes(Parcel.Ailment ailment) {
        return switch (ailment) {
            case UNFRAMED -> "this is no event".getBytes(StandardCharsets.UTF_8);
            case CUT -> WireFormat.frame(versions.getLast().reference(), CUT.getBytes(StandardCharsets.UTF_8));
        };
    }

    private GenericRecord record(ShopEvent event) {
        Schema schema = versions.get(event.version() - 1).schema();
        GenericRecord record = new GenericData.Record(schema);
        record.put("eventId", event.eventId().toString());
        record.put("occurredAt", event.occurredAt().toEpochMilli());
        record.put("orderId", event.orderId());
        record.put("sku", event.sku());
        record.put("region", event.region());
        record.put("quantity", event.quantity());
        record.put("unitPriceMinor", event.unitPriceMinor());
        if (event.version() >= 2) {
            record.put("channel", event.channel());
        }
        if (event.version() >= 3) {
            record.put("currency", "EUR");
            record.put(
                    "payment",
                    new GenericData.EnumSymbol(schema.getField("payment").schema(), event.payment()));
        }
        return record;
    }
}
