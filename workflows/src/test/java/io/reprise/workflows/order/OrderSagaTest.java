package io.reprise.workflows.order;

import io.reprise.workflows.saga.testing.FailureMatrix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("slow")
class OrderSagaTest {

    private static final Order ORDER = new Order(
            new OrderId("o-1"), new AccountId("acc-1"), "EUR", List.of(new OrderLine(new Sku("sku-1"), 2, 1250)));

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> survivesEveryFailureOfEveryStep() {
        return FailureMatrix.of(OrderSaga.PLACE, ORDER).tests();
    }
}
