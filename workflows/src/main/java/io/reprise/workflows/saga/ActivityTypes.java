package io.reprise.workflows.saga;

import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finds the activity type that a method reference on an activity interface stands for. */
final class ActivityTypes<S> {

    private final Class<S> steps;
    private final POJOActivityInterfaceMetadata metadata;

    ActivityTypes(Class<S> steps) {
        this.steps = steps;
        this.metadata = POJOActivityInterfaceMetadata.newInstance(steps);
    }

    String typeOf(String stepId, Consumer<S> reference) {
        List<Method> called = new ArrayList<>();
        reference.accept(recorder(called));
        if (called.size() != 1) {
            throw new IllegalArgumentException("cannot declare step '" + stepId + "': it calls " + called.size()
                    + " methods of " + steps.getSimpleName() + " (expected: one method reference, such as "
                    + steps.getSimpleName() + "::" + steps.getMethods()[0].getName() + ")");
        }
        return metadata.getMethodMetadata(called.getFirst()).getActivityTypeName();
    }

    private S recorder(List<Method> called) {
        return steps.cast(
                Proxy.newProxyInstance(steps.getClassLoader(), new Class<?>[] {steps}, (proxy, method, arguments) -> {
                    called.add(method);
                    return null;
                }));
    }
}
