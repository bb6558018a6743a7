package io.reprise.embedded;

/** Another program listens where a server should. */
public final class PortTaken extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    PortTaken(String what, int port) {
        super("cannot start " + what + ": port " + port
                + " on 127.0.0.1 is taken by another program (expected: a free port)");
    }
}
