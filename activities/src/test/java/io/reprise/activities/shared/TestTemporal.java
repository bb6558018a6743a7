package io.reprise.activities.shared;

import io.reprise.workflows.run.SearchAttributes;
import io.temporal.common.SearchAttributeKey;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;

/** A Temporal in this process that knows our search attributes and runs in real time. */
public final class TestTemporal {

    private TestTemporal() {}

    public static TestWorkflowEnvironment newEnvironment() {
        TestEnvironmentOptions.Builder options =
                TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
        for (SearchAttributeKey<?> key : SearchAttributes.all()) {
            options.registerSearchAttribute(key.getName(), key.getValueType());
        }
        return TestWorkflowEnvironment.newInstance(options.build());
    }
}
