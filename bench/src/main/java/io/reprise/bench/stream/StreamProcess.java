package io.reprise.bench.stream;

import io.reprise.worker.stream.StreamLoop;

/** A loader that is a process of its own, so that it can be killed: {@code URL BOOTSTRAP}. It loads until it is ended. */
public final class StreamProcess {

    private StreamProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (StreamArena arena = StreamArena.at(arguments[0], arguments[1]);
                StreamLoop _ = arena.load()) {
            Thread.currentThread().join();
        }
    }
}
