package dev.tubepost.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An input that another thread can end, even while a read waits for bytes that may never come. <em>Thread-safe</em> as far as
 * {@link #stop} goes; reading is confined to the input thread.
 *
 * <p>A read of standard input cannot be interrupted. So the reader says when it is inside a read, and whoever stops it takes that state
 * away: the reader then finds the end of the stream when, if ever, it comes back, and {@code stop} knows at once that nothing more
 * will be read.
 *
 * <pre>
 *            read            bytes came
 *   WORKING ------> READING ------------> WORKING
 *      |               |
 *      | stop: false   | stop: true
 *      v               v
 *     STOPPED         STOPPED            every later read: end of the stream
 * </pre>
 */
final class StoppableInput extends InputStream {

    private enum State {
        WORKING,
        READING,
        STOPPED
    }

    private final InputStream in;
    private final AtomicReference<State> state = new AtomicReference<>(State.WORKING);
    private volatile long bytesRead;

    StoppableInput(InputStream in) {
        this.in = in;
    }

    /**
     * Ends the stream.
     *
     * @return whether the reader is inside a read, and so will not use another byte; false: it works on what it has, and will find the
     *     end of the stream next
     */
    boolean stop() {
        return state.getAndSet(State.STOPPED) == State.READING;
    }

    boolean isStopped() {
        return state.get() == State.STOPPED;
    }

    /** How many bytes were read so far. */
    long bytesRead() {
        return bytesRead;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by the input thread alone
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!state.compareAndSet(State.WORKING, State.READING)) {
            return -1;
        }
        int got;
        try {
            got = in.read(bytes, offset, length);
        } catch (IOException e) {
            if (state.compareAndSet(State.READING, State.WORKING)) {
                throw e;
            }
            return -1;
        }
        if (!state.compareAndSet(State.READING, State.WORKING)) {
            return -1;
        }
        bytesRead += Math.max(0, got);
        return got;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
