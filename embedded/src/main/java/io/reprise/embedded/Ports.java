package io.reprise.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;

/** Loopback ports. Free ones are taken below the range from which the system serves outgoing connections. */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 200;
    private static final int LAUNCHES = 3;

    private Ports() {}

    public static int free() {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "cannot find a free port: tried " + TRIES + " between " + FIRST + " and " + LAST);
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port that only waits for the packets of closed connections may be taken again.
            socket.setReuseAddress(true);
            socket.bind(loopback(port), 1);
            return true;
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot probe port " + port, e);
        }
    }

    static InetSocketAddress loopback(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    static int freeOr(int fixed) {
        return fixed == 0 ? free() : fixed;
    }

    /** Launches on the fixed port, or on a free one where that is 0, and on another where somebody took it in between. */
    static void launch(String what, int fixed, IntConsumer onPort) {
        if (fixed != 0) {
            requireFree(fixed, what);
            onPort.accept(fixed);
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                onPort.accept(free());
                return;
            } catch (IllegalStateException lostTheRace) {
                if (attempt == LAUNCHES) {
                    throw lostTheRace;
                }
            }
        }
    }

    static void requireFree(int port, String what) {
        if (!isFree(port)) {
            throw new PortTaken(what, port);
        }
    }
}
