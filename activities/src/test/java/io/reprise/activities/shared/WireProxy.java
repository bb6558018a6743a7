package io.reprise.activities.shared;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and its database, reads the client's messages, counts its round trips and cuts the line at a COMMIT
 * when told to: before the server hears of it, or before the client hears of its success.
 */
public final class WireProxy implements AutoCloseable {

    /** Which side never hears of the COMMIT. */
    public enum Cut {
        BEFORE_THE_SERVER_HEARS,
        BEFORE_THE_CLIENT_HEARS,
        /** The line stays open and nothing comes any more, as where a network drops what it should carry. */
        WITHOUT_A_WORD
    }

    private final ServerSocket listener;
    private final int serverPort;
    private final WireProtocol protocol;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicBoolean cutArmed = new AtomicBoolean();
    private volatile Cut cut = Cut.BEFORE_THE_SERVER_HEARS;
    private volatile Runnable whenCut = () -> {};

    public WireProxy(TestDatabase database) {
        this(database, database.port());
    }

    public WireProxy(TestDatabase database, int serverPort) {
        this.protocol = WireProtocol.of(database);
        this.serverPort = serverPort;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::acceptAll);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How often the client has waited for an answer since the last call. */
    public int takeRoundTrips() {
        return roundTrips.getAndSet(0);
    }

    public void cutNextCommit(Cut how) {
        cutNextCommit(how, () -> {});
    }

    /** Does something else at that moment, as ending the server. */
    public void cutNextCommit(Cut how, Runnable meanwhile) {
        cut = how;
        whenCut = meanwhile;
        cutArmed.set(true);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                AtomicBoolean mute = new AtomicBoolean();
                Thread.ofVirtual().start(() -> copyFromClient(client, server, mute));
                Thread.ofVirtual().start(() -> copyFromServer(server, client, mute));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void copyFromClient(Socket client, Socket server, AtomicBoolean mute) {
        try (client;
                server) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(server.getOutputStream());
            protocol.greet(in, out);
            boolean commits = false;
            while (true) {
                WireProtocol.Message message = protocol.read(in);
                commits |= message.commits();
                if (message.isAnswered()) {
                    roundTrips.addAndGet(message.isTrip() ? 1 : 0);
                }
                boolean cutsNow = message.isAnswered() && commits && cutArmed.compareAndSet(true, false);
                if (cutsNow && cut == Cut.BEFORE_THE_SERVER_HEARS) {
                    whenCut.run();
                    return;
                }
                if (cutsNow) {
                    mute.set(true);
                }
                message.bytes().writeTo(out);
                out.flush();
                if (cutsNow) {
                    whenCut.run();
                }
            }
        } catch (IOException gone) {
            // one side hung up; both sockets are closed
        }
    }

    /** Once mute, the server's next answer is swallowed and the line closed: what it did, it did. */
    private void copyFromServer(Socket server, Socket client, AtomicBoolean mute) {
        byte[] buffer = new byte[8192];
        try (server;
                client) {
            while (true) {
                int read = server.getInputStream().read(buffer);
                if (read < 0) {
                    throw new EOFException();
                }
                if (mute.get() && cut == Cut.WITHOUT_A_WORD) {
                    continue;
                }
                if (mute.get()) {
                    return;
                }
                client.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException gone) {
            // one side hung up; both sockets are closed
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
