package io.reprise.activities.shared;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How much of a database's language on the wire it takes to know a COMMIT and a round trip. */
enum WireProtocol {
    POSTGRESQL {
        @Override
        void greet(DataInputStream in, DataOutputStream out) throws IOException {
            int length = in.readInt();
            out.writeInt(length);
            out.write(in.readNBytes(length - 4));
            out.flush();
        }

        // The driver does not wait for the answer to BEGIN: it goes with the statement that follows.
        @Override
        Message read(DataInputStream in) throws IOException {
            int type = in.readUnsignedByte();
            int length = in.readInt();
            byte[] body = in.readNBytes(length - 4);
            String text = new String(body, StandardCharsets.UTF_8);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream message = new DataOutputStream(bytes);
            message.writeByte(type);
            message.writeInt(length);
            message.write(body);
            return new Message(
                    bytes,
                    (type == 'P' || type == 'Q') && text.contains("COMMIT"),
                    type == 'S' || type == 'Q',
                    !(type == 'Q' && text.startsWith("BEGIN")));
        }
    },
    MARIADB {
        private static final int QUERY = 3;

        @Override
        void greet(DataInputStream in, DataOutputStream out) {
            // The server speaks first, and the client's answer has the form of any packet.
        }

        // Packets after the first of an exchange, as in a login, are no round trips of their own.
        @Override
        Message read(DataInputStream in) throws IOException {
            byte[] head = in.readNBytes(4);
            if (head.length < 4) {
                throw new EOFException();
            }
            int length = (head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16;
            byte[] body = in.readNBytes(length);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(head);
            bytes.write(body);
            boolean command = head[3] == 0;
            boolean query = command && body.length > 0 && body[0] == QUERY;
            return new Message(
                    bytes,
                    query
                            && new String(body, StandardCharsets.UTF_8)
                                    .substring(1)
                                    .equalsIgnoreCase("COMMIT"),
                    command,
                    command);
        }
    };

    /**
     * What a client sent.
     *
     * @param isAnswered whether the server answers it
     * @param isTrip whether the client waits for that answer
     */
    record Message(ByteArrayOutputStream bytes, boolean commits, boolean isAnswered, boolean isTrip) {}

    static WireProtocol of(TestDatabase database) {
        return switch (database) {
            case POSTGRESQL -> POSTGRESQL;
            case MARIADB -> MARIADB;
            case SQLITE, H2 -> throw new IllegalArgumentException(database + " has no wire");
        };
    }

    /** Passes on what comes before the first message. */
    abstract void greet(DataInputStream in, DataOutputStream out) throws IOException;

    abstract Message read(DataInputStream in) throws IOException;
}
