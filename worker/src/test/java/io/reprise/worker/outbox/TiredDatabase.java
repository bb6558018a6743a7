package io.reprise.worker.outbox;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A database as a paused or a killed process meets it: it holds whoever asks, or answers nobody any more. */
final class TiredDatabase implements DataSource {

    private final DataSource real;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean frozen;
    private boolean dead;

    TiredDatabase(DataSource real) {
        this.real = real;
    }

    void freeze() {
        change(true, false);
    }

    void thaw() {
        change(false, false);
    }

    void die() {
        change(false, true);
    }

    @Override
    public Connection getConnection() throws SQLException {
        lock.lock();
        try {
            while (frozen) {
                changed.awaitUninterruptibly();
            }
            if (dead) {
                throw new SQLException("this process was killed", "08006");
            }
        } finally {
            lock.unlock();
        }
        return real.getConnection();
    }

    private void change(boolean nowFrozen, boolean nowDead) {
        lock.lock();
        try {
            frozen = nowFrozen;
            dead = nowDead;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
