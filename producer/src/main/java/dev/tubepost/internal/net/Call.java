package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Transport;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.WireReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One request: its frame, and what becomes of it. <em>Confined to the connection's actor.</em> It is sent once; it ends with exactly one of
 * {@link #onReply}, {@link #onLost} and, if no reply is expected, {@link #onWritten}.
 */
public abstract class Call {

    private static final ByteBuffer[] NO_BYTES = {};

    private static final int CORRELATION_ID_OFFSET = 8;

    private final ApiKey key;
    private final int version;
    private final boolean expectsReply;

    // Set by the connection.
    int correlationId;
    /** When the time for the answer began to run. */
    long startNanos;
    /** The connection's total of excluded time (throttling) when this call was sent. */
    long excludedBeforeNanos;

    private ByteBuffer[] unwritten = NO_BYTES;
    private int firstUnwritten;
    private boolean sent;
    private boolean anyByteWritten;
    private boolean fullyWritten;

    /**
     * @param version the request's version, which both ends must know
     * @param expectsReply false for a Produce with acks 0
     */
    protected Call(ApiKey key, int version, boolean expectsReply) {
        this.key = key;
        this.version = version;
        this.expectsReply = expectsReply;
    }

    /**
     * The whole frame, asked for once: 4 bytes length, then the request header, then the body. The first buffer holds at least the first 12
     * bytes; the correlation id (bytes 8 to 11) is filled in. The buffers' positions are consumed. They belong to the connection until
     * {@link #onWritten} or {@link #onLost}.
     */
    protected abstract ByteBuffer[] frame();

    /** The kernel has taken the last byte. May be called from within {@link Connection#send}. */
    protected void onWritten() {}

    /**
     * The reply. Whatever is thrown here closes the connection and ends this call with {@link #onLost}: a malformed message as
     * {@link ConnectionLoss.Kind#PROTOCOL_ERROR}, anything else as {@link ConnectionLoss.Kind#INTERNAL_ERROR}.
     *
     * @param body what follows the response header; valid only during this call
     */
    protected abstract void onReply(WireReader body);

    /** The connection ended first. {@link #anyByteWritten} and {@link #fullyWritten} tell what the peer may have. */
    protected abstract void onLost(ConnectionLoss loss);

    public final ApiKey key() {
        return key;
    }

    public final int version() {
        return version;
    }

    public final boolean expectsReply() {
        return expectsReply;
    }

    /** Whether the kernel took any byte of it: if not, the peer certainly has nothing (F3). */
    public final boolean anyByteWritten() {
        return anyByteWritten;
    }

    /** Whether the kernel took all of it. */
    public final boolean fullyWritten() {
        return fullyWritten;
    }

    /** Asks for the frame and fills in the correlation id. */
    final void begin(int id) {
        if (sent) {
            throw new IllegalStateException("a call is sent once: " + this);
        }
        sent = true;
        var buffers = frame();
        var first = buffers[0];
        first.putInt(first.position() + CORRELATION_ID_OFFSET, id);
        correlationId = id;
        unwritten = buffers;
    }

    /**
     * Writes as much as the transport takes.
     *
     * @return whether all is written
     */
    final boolean writeTo(Transport transport) throws IOException {
        int before = unwritten[firstUnwritten].remaining();
        try {
            transport.write(unwritten, firstUnwritten, unwritten.length - firstUnwritten);
        } finally {
            // Also after an exception: an earlier part of the same write may have gone out, and then the peer may have
            // it (F4).
            anyByteWritten |= unwritten[firstUnwritten].remaining() != before;
        }
        while (firstUnwritten < unwritten.length && !unwritten[firstUnwritten].hasRemaining()) {
            firstUnwritten++;
        }
        if (firstUnwritten < unwritten.length) {
            return false;
        }
        unwritten = NO_BYTES; // they are the sender's again
        fullyWritten = true;
        return true;
    }

    @Override
    public String toString() {
        return key + " v" + version + " #" + correlationId;
    }
}
