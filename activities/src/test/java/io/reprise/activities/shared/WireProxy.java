package io.reprise.activities.shared;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and PostgreSQL, reads the client's messages, counts its round trips and cuts the line at a COMMIT
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
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicBoolean cutArmed = new AtomicBoolean();
    private volatile Cut cut = Cut.BEFORE_THE_SERVER_HEARS;

    public WireProxy(int serverPort) {
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
        cut = how;
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
            copyStartup(in, out);
            boolean commits = false;
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = in.readNBytes(in.readInt() - 4);
                commits |= (type == 'P' || type == 'Q') && isCommit(body);
                boolean answered = type == 'S' || type == 'Q';
                if (answered) {
                    roundTrips.addAndGet(isBegin(type, body) ? 0 : 1);
                }
                if (answered && commits && cutArmed.compareAndSet(true, false)) {
                    if (cut == Cut.BEFORE_THE_SERVER_HEARS) {
                        return;
                    }
                    mute.set(true);
                }
                out.writeByte(type);
                out.writeInt(body.length + 4);
                out.write(body);
                if (answered || type == 'p' || type == 'H' || type == 'X') {
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // one side hung up; both sockets are closed
        }
    }

    /** The driver does not wait for the answer to BEGIN: it goes with the statement that follows. */
    private static boolean isBegin(int type, byte[] body) {
        return type == 'Q' && new String(body, StandardCharsets.UTF_8).startsWith("BEGIN");
    }

    private static boolean isCommit(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).contains("COMMIT");
    }

    private static void copyStartup(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        out.writeInt(length);
        out.write(in.readNBytes(length - 4));
        out.flush();
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
