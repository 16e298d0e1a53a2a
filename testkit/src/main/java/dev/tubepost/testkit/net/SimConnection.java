package dev.tubepost.testkit.net;

import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.testkit.env.EventHeap;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection as the network sees it, and its server's handle on it. <em>Confined to the run's thread.</em>
 *
 * <p>Whoever closes first, bytes that are on their way may still arrive: a server can get a whole request from a client that is gone.
 */
public final class SimConnection {

    /** So many reads and writes of a slow connection are of one byte: every place of the first frames is cut. The later ones are of a few bytes. */
    private static final int SINGLE_BYTES = 300;

    private static final int A_FEW_BYTES = 100;

    private static final int LEAST_BUFFER_BYTES = 4096;

    /** A buffer doubles when it is full, and is full of what was received (I14). */
    private static final int MOST_TIMES_RECEIVED = 4;

    /** A place in the stream to the client: the end of one answer. */
    private record Mark(long at, Runnable onRead) {}

    /** So much had been written, at that time. */
    private record Written(long end, long nanos) {}

    private final EventHeap events;
    private final Weather weather;
    private final Mishaps mishaps;
    private final boolean byteByByte;
    private final SimTransport client;
    private final Pipe toServer;
    private final Pipe toClient;
    private final Consumer<String> violations;
    private final long gatherNanos;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final ArrayDeque<Written> writes = new ArrayDeque<>();
    private @Nullable ServerEnd server;
    private long sentBytes;
    private long readBytes;
    private long writtenBytes;
    private int singles;
    private boolean mute;
    private boolean over;

    /** @param violations told what no client may do */
    SimConnection(
            EventHeap events,
            Weather weather,
            Mishaps mishaps,
            Mailbox owner,
            Transport.Handler handler,
            Consumer<String> violations) {
        this.events = events;
        this.violations = violations;
        this.weather = weather;
        this.mishaps = mishaps;
        this.byteByByte = mishaps.byteByByte();
        this.gatherNanos = mishaps.gatherNanos();
        this.client = new SimTransport(this, owner, handler);
        long nanosPerByte = mishaps.nanosPerByte();
        this.toServer = new Pipe(events, weather, mishaps, nanosPerByte, new ToServer());
        this.toClient = new Pipe(events, weather, mishaps, nanosPerByte, client);
    }

    // ---- the server's side ----

    /** Sends to the client; what is sent after a close is lost. */
    public void send(byte[] bytes) {
        send(bytes, () -> {});
    }

    /** The same; it is told when the client has read the last byte. */
    public void send(byte[] bytes, Runnable onRead) {
        if (!over && !mute) {
            sentBytes += bytes.length;
            marks.add(new Mark(sentBytes, onRead));
            toClient.send(bytes);
        }
    }

    /** When the client wrote a byte, which is not before the one that was asked for last; the first one is 0. */
    public long writtenNanos(long index) {
        while (writes.size() > 1 && writes.getFirst().end <= index) {
            writes.removeFirst();
        }
        return writes.isEmpty() ? events.now() : writes.getFirst().nanos;
    }

    /** The server closes: what it sent arrives, and what comes now is not looked at. */
    public void close() {
        if (!over) {
            over = true;
            server = null;
            toClient.end();
        }
    }

    /** The connection breaks, for both ends: either may get some of what was on its way. */
    public void cut() {
        if (!over) {
            over = true;
            toServer.cut();
            toClient.cut();
            client.breakAtEnd();
        }
    }

    /** From now on nothing reaches the client, and it is not told. */
    public void mute() {
        mute = true;
    }

    /** Whatever held up its bytes is over. */
    void clear() {
        if (!over) {
            toServer.clear();
            toClient.clear();
        }
    }

    /** Whether neither end has closed it and it is not broken. */
    public boolean isOpen() {
        return !over;
    }

    /** Whether the client has more to write than there is room for: that follows, whatever it hears meanwhile. */
    public boolean clientWaitsForRoom() {
        return client.waitsForRoom();
    }

    // ---- the client's side ----

    SimTransport client() {
        return client;
    }

    void accepted(ServerEnd by) {
        server = by;
    }

    void clientClosed() {
        if (!over) {
            over = true;
            if (weather.chance().nextBoolean()) {
                toServer.cut();
            } else {
                toServer.end();
            }
        }
    }

    int room() {
        return toServer.room();
    }

    void sendToServer(byte[] bytes) {
        writtenBytes += bytes.length;
        writes.add(new Written(writtenBytes, events.now()));
        toServer.pauseWithin(mishaps.pauseNanos());
        toServer.send(bytes);
    }

    /** The client read so many bytes, and has so large a buffer for them. */
    void onRead(int bytes, int capacity, long receivedBytes) {
        if (capacity > LEAST_BUFFER_BYTES + MOST_TIMES_RECEIVED * receivedBytes) {
            violations.accept("a buffer has " + capacity + " bytes, and " + receivedBytes + " were received (I14)");
        }
        readBytes += bytes;
        int answers = 0;
        while (!marks.isEmpty() && marks.getFirst().at <= readBytes) {
            answers++;
            marks.removeFirst().onRead.run();
        }
        if (answers > 1) {
            mishaps.onSeveralAtOnce();
        }
    }

    /** Does it, at once or when more has come. */
    void gather(Runnable told) {
        if (gatherNanos > 0 && !mishaps.isOver()) {
            events.after(gatherNanos, told);
        } else {
            told.run();
        }
    }

    /** Whether a read takes all that has come, or only what came at once. */
    boolean readsOn() {
        return gatherNanos > 0 || weather.chance().nextBoolean();
    }

    /** How much of so many bytes is read or written at once. */
    int atOnce(int most) {
        if (byteByByte && !mishaps.isOver()) {
            return Math.min(++singles <= SINGLE_BYTES ? 1 : 1 + weather.chance().nextInt(A_FEW_BYTES), most);
        }
        return most > 1 && weather.chance().nextInt(4) == 0
                ? 1 + weather.chance().nextInt(most)
                : most;
    }

    private final class ToServer implements Pipe.Sink {
        @Override
        public void onBytes(byte[] piece) {
            if (server != null) {
                server.onBytes(piece);
            }
            client.onRoom();
        }

        @Override
        public void onEnd() {
            if (server != null) {
                server.onEnd();
            }
        }
    }
}
