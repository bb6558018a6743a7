package io.reprise.catalog.order;

import io.reprise.catalog.shared.FieldError;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.run.RunInput;
import java.util.List;
import java.util.stream.Collectors;

/** What was read where an order was expected. */
public sealed interface OrderReading {

    /**
     * An order that can be placed.
     *
     * @param input the order as canonical JSON
     */
    record Parsed(Order order, RunInput input) implements OrderReading {}

    /**
     * No order.
     *
     * @param code {@code malformed} where it is no JSON, {@code invalid} where it is JSON but no order
     */
    record Refused(String code, List<FieldError> errors) implements OrderReading {

        public static final String MALFORMED = "malformed";
        public static final String INVALID = "invalid";

        public Refused {
            errors = List.copyOf(errors);
        }

        /** The first error in words, and how many more there are. */
        public String message() {
            String more = errors.size() == 1 ? "" : ", and " + (errors.size() - 1) + " more";
            return "cannot read an order: " + errors.getFirst() + more;
        }

        /** Equal for orders that are wrong in the same places. */
        public String fingerprint() {
            return code
                    + errors.stream()
                            .map(error -> error.pointer().replaceAll("/[0-9]+", "/*"))
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(" ", ":", ""));
        }
    }
}
