package dev.tubepost.internal.cluster;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An answer, and those who wait for it, each until its own time is over. <em>Confined to the cluster actor.</em> */
final class Awaited<T> {

    private final Actor actor;
    private final long nanos;
    private final Trouble trouble;
    private final List<CompletableFuture<T>> waiting = new ArrayList<>();

    /**
     * @param nanos how long one waits at most
     * @param trouble what is told then: what kept the answer from coming
     */
    Awaited(Actor actor, long nanos, Trouble trouble) {
        this.actor = actor;
        this.nanos = nanos;
        this.trouble = trouble;
    }

    void add(CompletableFuture<T> one) {
        waiting.add(one);
        actor.after(nanos, () -> {
            if (waiting.removeIf(each -> each == one)) {
                one.completeExceptionally(MetadataFailures.timeout(null, nanos, ErrorCode.NONE, trouble.describe()));
            }
        });
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Everybody who waits has it. */
    void complete(T answer) {
        all().forEach(one -> one.complete(answer));
    }

    /** Nobody gets it any more. */
    void fail(Throwable cause) {
        all().forEach(one -> one.completeExceptionally(cause));
    }

    private List<CompletableFuture<T>> all() {
        List<CompletableFuture<T>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
