package io.reprise.workflows.trip;

import io.reprise.workflows.saga.Saga;
import io.reprise.workflows.saga.testing.FailureMatrix;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A graph: flight and hotel beside each other, a pivot, and a step after it. */
@Tag("slow")
class TripSagaTest {

    private static final Saga<Trip> BOOK = Saga.of("trip", Trip.class, TripSteps.class)
            .step("open-booking", TripSteps::openBooking)
            .undo(TripSteps::closeBooking)
            .step("book-flight", TripSteps::bookFlight)
            .undo(TripSteps::cancelFlight)
            .step("book-hotel", TripSteps::bookHotel)
            .undo(TripSteps::cancelHotel)
            .needs("open-booking")
            .pivot("charge", TripSteps::charge)
            .step("send-tickets", TripSteps::sendTickets)
            .build();

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> survivesEveryFailureOfEveryStep() {
        return FailureMatrix.of(BOOK, new Trip("Ada", "Oslo")).tests();
    }
}
