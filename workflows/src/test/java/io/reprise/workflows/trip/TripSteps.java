package io.reprise.workflows.trip;

import io.reprise.workflows.saga.StepCall;
import io.reprise.workflows.saga.UndoCall;
import io.reprise.workflows.saga.Undone;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What booking a trip does, and what undoes it. */
@ActivityInterface(namePrefix = "Trip.")
public interface TripSteps {

    @ActivityMethod(name = "openBooking")
    void openBooking(StepCall call, Trip trip);

    @ActivityMethod(name = "bookFlight")
    void bookFlight(StepCall call, Trip trip);

    @ActivityMethod(name = "bookHotel")
    void bookHotel(StepCall call, Trip trip);

    @ActivityMethod(name = "charge")
    void charge(StepCall call, Trip trip);

    @ActivityMethod(name = "sendTickets")
    void sendTickets(StepCall call, Trip trip);

    @ActivityMethod(name = "closeBooking")
    Undone closeBooking(UndoCall call);

    @ActivityMethod(name = "cancelFlight")
    Undone cancelFlight(UndoCall call);

    @ActivityMethod(name = "cancelHotel")
    Undone cancelHotel(UndoCall call);
}
