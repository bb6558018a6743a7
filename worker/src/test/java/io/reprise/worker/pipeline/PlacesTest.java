package io.reprise.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.tuning.SlotPermit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places();

    @Test
    void givesAsManyAsAreHeldAndTheNextToWhoeverWaitedLongest() {
        places.hold(2);

        List<CompletableFuture<SlotPermit>> asked =
                Stream.generate(places::take).limit(4).toList();
        places.giveBack();

        assertThat(asked).map(CompletableFuture::isDone).containsExactly(true, true, true, false);
    }

    @Test
    void givesMoreAsSoonAsMoreAreHeld() {
        CompletableFuture<SlotPermit> asked = places.take();
        assertThat(asked).isNotDone();

        places.hold(1);

        assertThat(asked).isCompleted();
    }

    @Test
    void stepsThatAreUnderWayKeepAPlaceThatWasLost() {
        places.hold(2);
        assertThat(places.take()).isCompleted();
        assertThat(places.take()).isCompleted();

        places.hold(1);
        CompletableFuture<SlotPermit> asked = places.take();
        places.giveBack();

        assertThat(asked).isNotDone();
        places.giveBack();
        assertThat(asked).isCompleted();
    }

    @Test
    void whoeverGaveUpLeavesItsPlaceToTheNext() {
        CompletableFuture<SlotPermit> impatient = places.take();
        CompletableFuture<SlotPermit> patient = places.take();
        impatient.cancel(false);

        places.hold(1);

        assertThat(patient).isCompleted();
    }
}
