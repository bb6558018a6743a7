package io.reprise.activities.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Rows in PostgreSQL's binary form of COPY, one after the other. It grows, and is used again. */
final class CopyBuffer {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Forgets what was written from there on. */
    void cutTo(int end) {
        length = end;
    }

    void int1(int value) {
        grow(1);
        bytes[length] = (byte) value;
        length += 1;
    }

    void int2(int value) {
        grow(Short.BYTES);
        SHORT.set(bytes, length, (short) value);
        length += Short.BYTES;
    }

    void int4(int value) {
        grow(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void int8(long value) {
        grow(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    void raw(byte[] from, int offset, int count) {
        grow(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** A field that is null. */
    void nothing() {
        int4(-1);
    }

    void int4Field(int value) {
        int4(Integer.BYTES);
        int4(value);
    }

    void int8Field(long value) {
        int4(Long.BYTES);
        int8(value);
    }

    void bytesField(byte[] value) {
        int4(value.length);
        raw(value, 0, value.length);
    }

    /** Begins a field whose length is not known yet; answers where it is to be put. */
    int open() {
        int4(0);
        return length;
    }

    void close(int opened) {
        INT.set(bytes, opened - Integer.BYTES, length - opened);
    }

    private void grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
