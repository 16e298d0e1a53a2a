package dev.tubepost.testkit.net;

import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.testkit.env.EventHeap;
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

    private final Weather weather;
    private final Mishaps mishaps;
    private final boolean byteByByte;
    private final SimTransport client;
    private final Pipe toServer;
    private final Pipe toClient;
    private @Nullable ServerEnd server;
    private int singles;
    private boolean mute;
    private boolean over;

    SimConnection(EventHeap events, Weather weather, Mishaps mishaps, Mailbox owner, Transport.Handler handler) {
        this.weather = weather;
        this.mishaps = mishaps;
        this.byteByByte = mishaps.byteByByte();
        this.client = new SimTransport(this, owner, handler);
        long nanosPerByte = mishaps.nanosPerByte();
        this.toServer = new Pipe(events, weather, mishaps, nanosPerByte, new ToServer());
        this.toClient = new Pipe(events, weather, mishaps, nanosPerByte, client);
    }

    // ---- the server's side ----

    /** Sends to the client; what is sent after a close is lost. */
    public void send(byte[] bytes) {
        if (!over && !mute) {
            toClient.send(bytes);
        }
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
        toServer.pauseWithin(mishaps.pauseNanos());
        toServer.send(bytes);
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
