package dev.tubepost.tls;

import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The stream below, as TLS sees it: what is written is collected until {@link #flush}, so that a pass makes one write and not one for each TLS record.
 * <em>Confined to the transport's actor.</em>
 *
 * <pre>
 *   collected:  [ taken by the stream | pending | free ]
 *                                     ^start    ^position
 * </pre>
 */
final class CipherChannel implements ByteChannel {

    /**
     * How many bytes may wait for the stream: those of one {@linkplain TlsTransport#CHUNK_BYTES chunk}, and 64 KiB for what TLS says by itself. Who makes
     * us say more, and does not read it (a flood of key updates), is cut off.
     */
    static final int MAX_PENDING_BYTES = TlsTransport.CHUNK_BYTES + 64 * 1024;

    /** A handshake fits. */
    private static final int FIRST_BYTES = 4 * 1024;

    /** How much is read while TLS is busy, so that the event loop is not kept awake by it. */
    private static final int AHEAD_BYTES = 16 * 1024;

    /**
     * How much is read in one pass: what comes of it is bounded by the caller's buffer, but records may be empty, and who sends them without end would
     * have the event loop for itself.
     */
    static final int BYTES_PER_PASS = 256 * 1024;

    private final Transport below;
    private final ByteBuffer[] gathered = new ByteBuffer[1];

    private ByteBuffer collected = ByteBuffer.allocateDirect(FIRST_BYTES);
    private int start;

    /** Ready to be read from; null as long as nothing was read ahead. */
    private @Nullable ByteBuffer ahead;

    private boolean drained;
    private int readInPass;

    CipherChannel(Transport below) {
        this.below = below;
        gathered[0] = collected;
    }

    /** From now on the stream is asked again, also if it had nothing more, or too much. */
    void beginPass() {
        drained = false;
        readInPass = 0;
    }

    /**
     * A read that did not fill the buffer was all that there is: the stream is not asked again in this pass. Nor is it after a large part; it tells of
     * the rest by itself.
     */
    @Override
    public int read(ByteBuffer into) throws IOException {
        if (ahead != null) {
            return readFromAhead(ahead, into);
        }
        if (drained) {
            return 0;
        }
        int count = below.read(into);
        readInPass += Math.max(0, count);
        drained = into.hasRemaining() || readInPass >= BYTES_PER_PASS;
        return count;
    }

    private int readFromAhead(ByteBuffer from, ByteBuffer into) {
        int count = Math.min(from.remaining(), into.remaining());
        into.put(into.position(), from, from.position(), count);
        into.position(into.position() + count);
        from.position(from.position() + count);
        if (!from.hasRemaining()) {
            ahead = null;
        }
        return count;
    }

    /**
     * Takes from the stream what has come while TLS cannot take it, up to a limit.
     *
     * @return whether the stream is over, as far as can be seen
     */
    boolean readAhead() {
        var buffer = ahead == null ? ByteBuffer.allocate(AHEAD_BYTES).limit(0) : ahead;
        int first = buffer.position();
        int end = buffer.limit();
        buffer.limit(buffer.capacity()).position(end);
        int count = 0;
        try {
            count = buffer.hasRemaining() ? below.read(buffer) : 0;
        } catch (IOException e) { // will be thrown again, when somebody can be told
            count = -1;
        }
        int after = buffer.position();
        buffer.limit(after).position(first);
        ahead = buffer.hasRemaining() ? buffer : null;
        return count < 0;
    }

    /** Collects all of it. */
    @Override
    public int write(ByteBuffer from) throws SSLException {
        int count = from.remaining();
        if (collected.remaining() < count) {
            makeRoom(count);
        }
        collected.put(from);
        return count;
    }

    private void makeRoom(int count) throws SSLException {
        long needed = (long) pending() + count;
        if (needed > MAX_PENDING_BYTES) {
            throw new SSLException("the peer does not read: " + pending() + " bytes wait for it");
        }
        collected.flip().position(start);
        if (needed <= collected.capacity()) {
            collected.compact();
        } else {
            long twice = Math.max(needed, 2L * collected.capacity());
            var larger = ByteBuffer.allocateDirect((int) Math.min(twice, MAX_PENDING_BYTES));
            collected = larger.put(collected);
            gathered[0] = larger;
        }
        start = 0;
    }

    /** How many bytes wait for the stream. */
    int pending() {
        return collected.position() - start;
    }

    /**
     * Makes one write, if something is pending.
     */
    void flush() throws IOException {
        if (pending() == 0) {
            return;
        }
        int end = collected.position();
        collected.flip().position(start);
        try {
            below.write(gathered, 0, 1);
        } finally {
            start = collected.position();
            collected.limit(collected.capacity()).position(end);
        }
        if (start == end) {
            start = 0;
            collected.clear();
        }
    }

    /** Asks the stream below for room. */
    void wantWritable() {
        below.wantWritable();
    }

    @Override
    public boolean isOpen() {
        return true; // TLS asks before it says goodbye; the transport knows
    }

    /** Does nothing: the transport closes the stream. */
    @Override
    public void close() {}
}
