package dev.tubepost.tls;

import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import javax.net.ssl.SSLException;

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

    /**
     * How much is read in one pass: what comes of it is bounded by the caller's buffer, but records may be empty, and who sends them without end would
     * have the event loop for itself.
     */
    static final int BYTES_PER_PASS = 256 * 1024;

    private final Transport below;
    private final ByteBuffer[] gathered = new ByteBuffer[1];

    private ByteBuffer collected = ByteBuffer.allocateDirect(FIRST_BYTES);
    private int start;

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
        if (drained) {
            return 0;
        }
        int count = below.read(into);
        readInPass += Math.max(0, count);
        drained = into.hasRemaining() || readInPass >= BYTES_PER_PASS;
        return count;
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

    @Override
    public boolean isOpen() {
        return true; // TLS asks before it says goodbye; the transport knows
    }

    /** Does nothing: the transport closes the stream. */
    @Override
    public void close() {}
}
