package io.reprise.embedded;

/** Runs a task when this process ends, unless it was taken back before. */
final class ProcessEnd {

    private final Thread hook;
    private final boolean registered;

    private ProcessEnd(Thread hook, boolean registered) {
        this.hook = hook;
        this.registered = registered;
    }

    static ProcessEnd doing(Placement placement, Runnable task) {
        Thread hook = new Thread(task, "reprise-embedded-end");
        if (placement.endsWithProcess()) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return new ProcessEnd(hook, placement.endsWithProcess());
    }

    void takeBack() {
        if (!registered || Thread.currentThread().equals(hook)) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process ends already: the hook runs and finds the server closed.
        }
    }
}
