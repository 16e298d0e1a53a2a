package dev.tubepost.internal.env;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connected stream of bytes that never blocks. <em>Confined to the actor that opened it.</em> TLS and the simulated network are
 * further implementations.
 */
public interface Transport {

    /** What happens on the stream. Called on the owning actor, never from within a call to the transport. */
    interface Handler {

        /** The stream is open; reads and writes may begin. */
        void onConnected();

        /** There are bytes to read, or the end of the stream. Repeated as long as that is so, and {@linkplain Transport#wantReadable wanted}. */
        void onReadable();

        /** Asked for by {@link Transport#wantWritable}: bytes can be written again. */
        void onWritable();

        /** The stream could not be opened. Later failures are thrown by {@link Transport#read} and {@link Transport#write}. */
        void onConnectFailed(IOException cause);
    }

    /** Reads what is there: the number of bytes, 0 for nothing now, -1 at the end of the stream. */
    int read(ByteBuffer into) throws IOException;

    /** Writes as much as the stream takes now, in order, and moves the buffers' positions. Returns the number of bytes. */
    long write(ByteBuffer[] from, int offset, int length) throws IOException;

    /** Asks for one {@link Handler#onWritable}; only after a short write. */
    void wantWritable();

    /**
     * Whether {@link Handler#onReadable} is to be called: at first it is. For who can take nothing for a while, such as TLS; what comes waits in the stream. Of no
     * effect once it is closed.
     *
     * @throws UnsupportedOperationException if nothing can stand on top of this stream
     */
    default void wantReadable(boolean wanted) {
        throw new UnsupportedOperationException();
    }

    /** Closes at once. No handler method is called afterwards. Closing twice is allowed. */
    void close();

    /** The peer's address as text, for messages; null before the stream is open. */
    @Nullable
    String peer();
}
