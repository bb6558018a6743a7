package io.reprise.workflows.saga.testing;

import static io.reprise.workflows.saga.testing.Moment.AFTER;
import static io.reprise.workflows.saga.testing.Moment.BEFORE;
import static io.reprise.workflows.saga.testing.Moment.UNDO_BEFORE;

import io.reprise.workflows.order.AccountId;
import io.reprise.workflows.order.Order;
import io.reprise.workflows.order.OrderId;
import io.reprise.workflows.order.OrderLine;
import io.reprise.workflows.order.OrderSaga;
import io.reprise.workflows.order.Sku;
import io.reprise.workflows.run.Compensation;
import io.reprise.workflows.run.StepMode;
import io.reprise.workflows.saga.Refusal;
import io.temporal.client.WorkflowUpdateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Records the histories that the replay test plays to later versions of the order saga, into the folder that is its only
 * argument. A history that stands there is never recorded again: it is what runs out there look like.
 */
final class OrderHistories {

    private static final Order ORDER = new Order(
            new OrderId("o-1"), new AccountId("acc-1"), "EUR", List.of(new OrderLine(new Sku("sku-1"), 2, 1250)));

    private final Path folder;

    private OrderHistories(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        OrderHistories histories = new OrderHistories(Path.of(arguments[0]));
        histories.record("success-regular", StepMode.REGULAR, stage -> {}, stage -> {});
        histories.record("success-local", StepMode.LOCAL, stage -> {}, stage -> {});
        histories.record("refused-undone", StepMode.REGULAR, stage -> refuse(stage, "reserve-stock"), stage -> {});
        histories.record("refused-undone-local", StepMode.LOCAL, stage -> refuse(stage, "debit-account"), stage -> {});
        histories.cancelled("cancelled", "debit-account", BEFORE);
        histories.cancelled("too-late-cancel", "complete", AFTER);
        histories.record("stuck-skipped", StepMode.REGULAR, OrderHistories::getStuck, OrderHistories::skip);
        System.exit(0);
    }

    private void cancelled(String name, String stepId, Moment moment) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        record(
                name,
                StepMode.REGULAR,
                stage -> stage.incidents().at(stepId, moment, 1, () -> {
                    reached.countDown();
                    stage.incidents().hang();
                }),
                stage -> {
                    reached.await();
                    cancel(stage);
                });
    }

    private static void cancel(Stage stage) {
        try {
            stage.operator().cancel("changed my mind");
        } catch (WorkflowUpdateException tooLate) {
            stage.incidents().release();
        }
    }

    private static void refuse(Stage stage, String stepId) {
        stage.incidents().at(stepId, BEFORE, 1, () -> {
            throw Refusal.because("refused", "refused for the record");
        });
    }

    private static void getStuck(Stage stage) {
        refuse(stage, "complete");
        stage.incidents().at("reserve-stock", UNDO_BEFORE, Incidents.ALWAYS, () -> {
            throw Refusal.because("refused", "refused for the record");
        });
    }

    private static void skip(Stage stage) throws Exception {
        stage.world().await(outcome -> outcome.compensation() == Compensation.STUCK);
        stage.operator().skip("reserve-stock", "put back by hand");
    }

    private void record(String name, StepMode mode, Stage.Acting prepare, Stage.Acting meanwhile) throws Exception {
        Path file = folder.resolve(name + ".json");
        if (Files.exists(file)) {
            return;
        }
        try (Stage stage = Stage.of(OrderSaga.PLACE, mode, OrderSaga.class)) {
            prepare.play(stage);
            stage.start(ORDER);
            meanwhile.play(stage);
            stage.failure();
            Files.createDirectories(folder);
            Files.writeString(file, stage.recorded().toJson(true) + "\n");
        }
    }
}
