package dev.tubepost.testkit.proxy;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection: what comes from one end goes to the other, or meets its fate. <em>Thread-safe.</em> */
final class Relay {

    private static final int DIRECTIONS = 2;

    private final FaultProxy proxy;
    private final int broker;
    private final Socket client;
    private final Socket server;
    private final Consumer<Relay> onEnd;
    private final Map<Integer, Frame> asked = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger open = new AtomicInteger(DIRECTIONS);

    Relay(FaultProxy proxy, int broker, Socket client, Socket server, Consumer<Relay> onEnd) throws IOException {
        this.proxy = proxy;
        this.broker = broker;
        this.client = client;
        this.server = server;
        this.onEnd = onEnd;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        new Pump(this, Direction.TO_BROKER, client, server).start();
        new Pump(this, Direction.TO_CLIENT, server, client).start();
    }

    int broker() {
        return broker;
    }

    Line line() {
        return proxy.line();
    }

    /** What the script says of a frame. */
    Fate fate(Direction direction, ByteBuffer payload) {
        return proxy.script().fate(frame(direction, payload));
    }

    /** A request tells what it asks for; a reply is known by the request. */
    private Frame frame(Direction direction, ByteBuffer payload) {
        if (direction == Direction.TO_BROKER && payload.remaining() >= 8) {
            var request = new Frame(
                    broker,
                    direction,
                    payload.getShort(0),
                    payload.getShort(2),
                    payload.getInt(4),
                    payload.remaining());
            asked.put(request.correlationId(), request);
            return request;
        }
        int correlationId = payload.remaining() >= 4 ? payload.getInt(0) : -1;
        Frame request = asked.remove(correlationId);
        int apiKey = request == null ? -1 : request.apiKey();
        int apiVersion = request == null ? -1 : request.apiVersion();
        return new Frame(broker, direction, apiKey, apiVersion, correlationId, payload.remaining());
    }

    /** Waits; true if the connection is over before. */
    boolean pause(long nanos) throws InterruptedException {
        return over.await(nanos, TimeUnit.NANOSECONDS);
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** One direction has come to its end; with the second, the connection has. */
    void ended() {
        if (open.decrementAndGet() == 0) {
            cut();
        }
    }

    /** Both ends are told at once that it is over, by a reset. */
    void cut() {
        over.countDown();
        reset(client);
        reset(server);
        onEnd.accept(this);
    }

    static void reset(@Nullable Socket socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
