package dev.tubepost.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import tlschannel.TlsChannel;
import tlschannel.TlsChannelFlowControlException;

/**
 * Encrypts what a caller writes, chunk by chunk, and moves its buffers' positions only past what has left as ciphertext. <em>Confined to the transport's
 * actor.</em>
 *
 * <pre>
 *   the caller's bytes:  [ left | held: encrypted, and waits for the stream | not looked at ]
 *                               ^position
 * </pre>
 *
 * The bytes that are held are the first of those that the caller passes again: they are skipped, not encrypted twice. Once a part of their ciphertext
 * has left, the peer may have any of them but the last one: which byte is in which part, nobody here knows (decision 0021).
 */
final class ChunkWriter {

    private static final int USUAL_BUFFERS = 32;

    private final TlsChannel channel;
    private final SSLEngine engine;
    private final CipherChannel cipher;

    private int[] positions = new int[USUAL_BUFFERS];
    private int held;

    ChunkWriter(TlsChannel channel, SSLEngine engine, CipherChannel cipher) {
        this.channel = channel;
        this.engine = engine;
        this.cipher = cipher;
    }

    /** Whether ciphertext of the caller's waits, so that only the caller may have it sent: nobody else can move its positions. */
    boolean isHolding() {
        return held > 0;
    }

    /** As {@link dev.tubepost.internal.env.Transport#write}. */
    long write(ByteBuffer[] from, int offset, int length) throws IOException {
        int end = offset + length;
        long written = flush(from, offset, end);
        int first = skipEmpty(from, offset, end);
        while (first < end && cipher.pending() == 0) {
            encryptChunk(from, first, end);
            written += flush(from, first, end);
            first = skipEmpty(from, first, end);
        }
        return written;
    }

    private static int skipEmpty(ByteBuffer[] from, int first, int end) {
        int index = first;
        while (index < end && !from[index].hasRemaining()) {
            index++;
        }
        return index;
    }

    /** Encrypts up to {@link TlsTransport#CHUNK_BYTES}; the buffers are afterwards as they were. */
    private void encryptChunk(ByteBuffer[] from, int first, int end) throws IOException {
        int bytes = 0;
        int count = 0;
        while (first + count < end && bytes < TlsTransport.CHUNK_BYTES) {
            remember(count, from[first + count].position());
            bytes += Math.min(from[first + count].remaining(), TlsTransport.CHUNK_BYTES - bytes);
            count++;
        }
        var last = from[first + count - 1];
        int limit = last.limit();
        last.limit(cut(from, first, count, bytes));
        try {
            encrypt(from, first, count, bytes);
            held = bytes;
        } finally {
            last.limit(limit);
            for (int i = 0; i < count; i++) {
                from[first + i].position(positions[i]);
            }
        }
    }

    private void remember(int index, int position) {
        if (index == positions.length) {
            positions = Arrays.copyOf(positions, 2 * index);
        }
        positions[index] = position;
    }

    /** Where the last buffer ends, if all are to have that many bytes. */
    private static int cut(ByteBuffer[] from, int first, int count, int bytes) {
        int left = bytes;
        int last = first + count - 1;
        for (int i = first; i < last; i++) {
            left -= from[i].remaining();
        }
        return from[last].position() + left;
    }

    private void encrypt(ByteBuffer[] from, int first, int count, int bytes) throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NOT_HANDSHAKING, NEED_WRAP -> {} // TLS says something by itself first, such as a new key
            default -> throw TlsTransport.renegotiation();
        }
        try {
            if (channel.write(from, first, count) != bytes) {
                throw new SSLException("the peer has closed the TLS stream");
            }
        } catch (TlsChannelFlowControlException e) { // nothing that is written waits for anything else
            throw TlsTransport.renegotiation();
        }
    }

    /** Has the stream take what it can, and moves the positions past what of it was the caller's. */
    private int flush(ByteBuffer[] from, int first, int end) throws IOException {
        int before = cipher.pending();
        int left = 0;
        try {
            cipher.flush();
        } finally { // also after an exception: a part may have gone out, and then the peer may have it (F4)
            int pending = cipher.pending();
            if (pending == 0) {
                left = held;
            } else if (pending < before && held > 0) {
                left = held - 1;
            }
            held -= left;
            advance(from, first, end, left);
        }
        return left;
    }

    private static void advance(ByteBuffer[] from, int first, int end, int bytes) {
        int left = bytes;
        for (int i = first; left > 0 && i < end; i++) {
            int step = Math.min(left, from[i].remaining());
            from[i].position(from[i].position() + step);
            left -= step;
        }
    }
}
