package io.reprise.worker.stream;

import com.zaxxer.hikari.HikariDataSource;

/**
 * A stream that is loaded: its loop, the replays of its dead letters, and sessions of its own, so that no step has to wait for it.
 *
 * @param hashes of what it is made of: with others it is made anew
 */
record ServedStream(String hashes, HikariDataSource pool, StreamLoop loop, StreamReplays replays)
        implements AutoCloseable {

    @Override
    public void close() {
        try (pool;
                loop) {
            replays.close();
        }
    }
}
