package dev.tubepost.testkit.net;

import dev.tubepost.testkit.env.EventHeap;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * One direction of a stream: bytes arrive later, in order, in other pieces than they were written. <em>Confined to the run's thread.</em>
 */
final class Pipe {

    /** Where the bytes come out. */
    interface Sink {
        void onBytes(byte[] piece);

        /** Nothing more comes. Called once. */
        void onEnd();
    }

    /** Who does not read leaves no more room than this: a request is half written, and stays so (F8). */
    private static final int PAUSED_WINDOW_BYTES = 128;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(byte[] bytes, EventHeap.Event arrival) {}

    private final EventHeap events;
    private final Weather weather;
    private final Mishaps mishaps;
    private final long nanosPerByte;
    private final Sink sink;
    private final ArrayDeque<Piece> underway = new ArrayDeque<>();
    private long lastArrival;
    private long pauseNanos;
    private boolean isPaused;
    private int underwayBytes;
    private boolean ended;

    Pipe(EventHeap events, Weather weather, Mishaps mishaps, long nanosPerByte, Sink sink) {
        this.events = events;
        this.weather = weather;
        this.mishaps = mishaps;
        this.nanosPerByte = nanosPerByte;
        this.sink = sink;
    }

    /** How many bytes can be written now. */
    int room() {
        int window = isPaused ? Math.min(PAUSED_WINDOW_BYTES, weather.windowBytes()) : weather.windowBytes();
        return Math.max(0, window - underwayBytes);
    }

    void send(byte[] bytes) {
        if (ended || bytes.length == 0) {
            return;
        }
        int pieces = 1 + weather.chance().nextInt(weather.pieces());
        int from = 0;
        while (from < bytes.length) {
            int to = --pieces <= 0 ? bytes.length : from + 1 + weather.chance().nextInt(bytes.length - from);
            dispatch(Arrays.copyOfRange(bytes, from, to));
            from = to;
            pause();
        }
    }

    /** The next piece arrives, and then nothing for so long. */
    void pauseWithin(long nanos) {
        pauseNanos = nanos;
    }

    private void pause() {
        if (pauseNanos > 0) {
            lastArrival = Math.max(lastArrival, events.now()) + pauseNanos;
            pauseNanos = 0;
            isPaused = true;
        }
    }

    private void dispatch(byte[] bytes) {
        if (nanosPerByte > 0 && !mishaps.isOver()) {
            lastArrival = Math.max(lastArrival, events.now()) + nanosPerByte * bytes.length;
        }
        underwayBytes += bytes.length;
        underway.add(new Piece(bytes, events.after(nextArrival(), this::arrive)));
    }

    /** The delay until the next arrival, which is not before the last one. */
    private long nextArrival() {
        lastArrival = Math.max(lastArrival, events.now() + weather.delay());
        return lastArrival - events.now();
    }

    private void arrive() {
        Piece piece = underway.remove();
        underwayBytes -= piece.bytes().length;
        isPaused &= underwayBytes > 0;
        sink.onBytes(piece.bytes());
    }

    /** What was held up arrives now. */
    void clear() {
        lastArrival = 0;
        pauseNanos = 0;
        List<Piece> late = List.copyOf(underway);
        underway.clear();
        underwayBytes = 0;
        for (Piece piece : late) {
            piece.arrival().cancel();
            dispatch(piece.bytes());
        }
    }

    /** What was sent arrives, and then the end. */
    void end() {
        if (!ended) {
            ended = true;
            events.after(nextArrival(), sink::onEnd);
        }
    }

    /** Some of what is on its way arrives, up to a byte that chance chooses, and then the end. */
    void cut() {
        if (ended) {
            return;
        }
        int left = weather.chance().nextInt(underwayBytes + 1);
        byte[] partly = null;
        for (Iterator<Piece> each = underway.iterator(); each.hasNext(); ) {
            Piece piece = each.next();
            int length = piece.bytes().length;
            if (left >= length) {
                left -= length;
            } else {
                piece.arrival().cancel();
                each.remove();
                underwayBytes -= length;
                partly = left > 0 ? Arrays.copyOf(piece.bytes(), left) : partly;
                left = 0;
            }
        }
        if (partly != null) {
            dispatch(partly);
        }
        end();
    }
}
