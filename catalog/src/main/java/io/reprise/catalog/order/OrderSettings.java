package io.reprise.catalog.order;

import io.reprise.catalog.shared.Setting;
import io.reprise.workflows.run.StepMode;

/** How accepted orders are run. Read by every process that accepts them, so that they agree. */
public final class OrderSettings {

    public static final Setting<StepMode> STEP_MODE = Setting.word("order.step-mode", StepMode.class, StepMode.LOCAL);

    private OrderSettings() {}
}
