package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one stream that have no outcome yet, in the order in which they were sent; replies come in the same order (F23).
 * <em>Confined to the connection's actor.</em>
 *
 * <pre>
 *   oldest                                                newest
 *   [ written, waits for its reply ... | waits for the kernel ... ]
 *     unanswered: all of these that expect a reply
 *                                        unwritten: all of these
 * </pre>
 */
final class Pipeline {

    private final ArrayDeque<Call> unanswered = new ArrayDeque<>();
    private final ArrayDeque<Call> unwritten = new ArrayDeque<>();
    private final Consumer<Throwable> faults;
    private int nextCorrelationId;

    /** The total of the times that do not count against the request timeout, because the broker throttled (F19). */
    private long excludedNanos;

    private long excludedUntilNanos;
    private boolean excluding;

    /** @param faults gets what a call throws where it may not */
    Pipeline(Consumer<Throwable> faults) {
        this.faults = faults;
    }

    void add(Call call, long nowNanos) {
        call.begin(nextCorrelationId);
        nextCorrelationId++;
        call.startNanos = startNanos(nowNanos);
        call.excludedBeforeNanos = excludedNanos;
        unwritten.add(call);
        if (call.expectsReply()) {
            unanswered.add(call);
        }
    }

    /**
     * Writes as much as the transport takes.
     *
     * @return whether nothing is left to write
     */
    boolean write(Transport transport) throws IOException {
        for (var call = unwritten.peek(); call != null; call = unwritten.peek()) {
            if (!call.writeTo(transport)) {
                return false;
            }
            unwritten.remove();
            try {
                call.onWritten();
            } catch (Throwable thrown) { // the next call is not to blame
                faults.accept(thrown);
            }
        }
        return true;
    }

    boolean isWritten() {
        return unwritten.isEmpty();
    }

    /** How many calls have no outcome yet. */
    int size() {
        var next = unwritten.peek();
        if (next == null) {
            return unanswered.size();
        }
        int withoutReply = 0;
        for (var call : unwritten) {
            withoutReply += call.expectsReply() ? 0 : 1;
        }
        return unanswered.size() + withoutReply;
    }

    /** The call whose reply must come next, or null if there is none. */
    @Nullable
    Call nextToAnswer() {
        return unanswered.peek();
    }

    void removeAnswered() {
        unanswered.remove();
    }

    /** The call that waits longest, for its reply or for the kernel (F8); null if none waits. */
    @Nullable
    Call oldest() {
        var toAnswer = unanswered.peek();
        var toWrite = unwritten.peek();
        if (toAnswer == null || toWrite == null) {
            return toAnswer == null ? toWrite : toAnswer;
        }
        return toWrite.correlationId - toAnswer.correlationId < 0 ? toWrite : toAnswer;
    }

    /** How long the call has waited, without the times that do not count. */
    long waitedNanos(Call call, long nowNanos) {
        return nowNanos - call.startNanos - (excludedNanos - call.excludedBeforeNanos);
    }

    /** From now on the given time does not count against anything in the pipeline; times that overlap are excluded once. */
    void exclude(long nanos, long nowNanos) {
        long until = nowNanos + nanos;
        long from = startNanos(nowNanos);
        if (until - from > 0) {
            excludedNanos += until - from;
            excludedUntilNanos = until;
            excluding = true;
        }
    }

    /** Ends every call, oldest first. */
    void loseAll(ConnectionLoss loss) {
        for (var call = unanswered.poll(); call != null; call = unanswered.poll()) {
            if (call.fullyWritten()) {
                lose(call, loss);
            }
        }
        for (var call = unwritten.poll(); call != null; call = unwritten.poll()) {
            lose(call, loss);
        }
    }

    void lose(Call call, ConnectionLoss loss) {
        try {
            call.onLost(loss);
        } catch (Throwable thrown) { // the others must get their outcome, too
            faults.accept(thrown);
        }
    }

    /** Now, or the end of the time that does not count. */
    private long startNanos(long nowNanos) {
        if (excluding && excludedUntilNanos - nowNanos > 0) {
            return excludedUntilNanos;
        }
        excluding = false;
        return nowNanos;
    }
}
