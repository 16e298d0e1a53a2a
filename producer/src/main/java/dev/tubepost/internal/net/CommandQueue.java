package dev.tubepost.internal.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A queue of commands with many producers and one consumer, without locks: one entry per command, linked from the oldest (Vyukov's
 * algorithm). <em>Thread-safe for {@link #offer}; all else is confined to the consumer.</em>
 *
 * <p>A producer first swings {@code newest} and then links its entry. In between, the queue is not empty and its entry cannot be taken
 * yet: {@link #poll} returns null and {@link #isEmpty} says false, so the consumer comes back instead of going to sleep.
 */
final class CommandQueue {

    private static final VarHandle NEWEST;
    private static final VarHandle NEXT;

    static {
        try {
            var lookup = MethodHandles.lookup();
            NEWEST = lookup.findVarHandle(CommandQueue.class, "newest", Entry.class);
            NEXT = lookup.findVarHandle(Entry.class, "next", Entry.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A command and the actor it is for; null in a mailbox that has no actor. */
    static final class Entry {
        private @Nullable LoopActor actor;
        private @Nullable Runnable command;
        private volatile @Nullable Entry next;

        Entry(@Nullable LoopActor actor, @Nullable Runnable command) {
            this.actor = actor;
            this.command = command;
        }

        @Nullable
        LoopActor actor() {
            return actor;
        }

        /** Gives the command and forgets it: the entry stays in the queue as its first link, and must not pin anything. */
        Runnable take() {
            var taken = Objects.requireNonNull(command, "taken twice");
            command = null;
            actor = null;
            return taken;
        }
    }

    private volatile Entry newest;
    private Entry oldest;

    CommandQueue() {
        oldest = new Entry(null, null);
        newest = oldest;
    }

    void offer(@Nullable LoopActor actor, Runnable command) {
        var entry = new Entry(actor, command);
        var before = (Entry) NEWEST.getAndSet(this, entry);
        NEXT.setRelease(before, entry);
    }

    /** The oldest entry, or null if there is none that can be taken now. Its command must be taken before the next call. */
    @Nullable
    Entry poll() {
        var next = oldest.next;
        if (next != null) {
            oldest = next;
        }
        return next;
    }

    boolean isEmpty() {
        return oldest == newest;
    }
}
