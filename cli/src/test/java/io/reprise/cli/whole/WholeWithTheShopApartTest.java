package io.reprise.cli.whole;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("whole")
class WholeWithTheShopApartTest implements WholeSuite {

    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = Stack.start(Stack.Topology.SHOP_APART);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Override
    public Stack stack() {
        return stack;
    }
}
