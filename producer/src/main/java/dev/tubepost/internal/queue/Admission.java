package dev.tubepost.internal.queue;

import dev.tubepost.internal.batch.MemoryBound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many messages and bytes may wait for one broker, in one session. <em>Thread-safe.</em>
 *
 * <p>Messages are admitted by credits, which a partition queue takes in blocks, so that no counter is written per message by several
 * threads. A block is at most a sixteenth of the way to the next number at which something has to happen (the limit, the number at which
 * everything is sent), so the last steps are single ones, and both numbers are exact: before anything is refused, the credits that queues
 * hold unused are taken back ({@link Reclaimer}).
 */
public final class Admission {

    /** The most credits that are given at once. */
    static final int MAX_BLOCK = 64;

    /** Takes the credits back that queues of an admission hold unused; never called under a lock. */
    @FunctionalInterface
    public interface Reclaimer {
        void reclaim(Admission from);
    }

    /** Somebody who waits for room. */
    public abstract static class Waiter {
        private final int messages;
        private final long bytes;
        private final @Nullable Object place;
        /** Guarded by the admission's lock. */
        private boolean dismissed;

        /**
         * @param messages how many credits are wanted
         * @param bytes how many bytes are wanted; if nothing is wanted, the waiter is only told that there is room
         */
        protected Waiter(int messages, long bytes) {
            this(messages, bytes, null);
        }

        /** @param place the queue or topic for which the room is wanted: when that moves, the waiter is told, and waits here no longer */
        protected Waiter(int messages, long bytes, @Nullable Object place) {
            this.messages = messages;
            this.bytes = bytes;
            this.place = place;
        }

        /** The room is there, and what was wanted is the waiter's. Must not block. */
        protected abstract void onRoom();

        /** That for which the room was wanted has another admission now, and nothing was given. Must not block. */
        protected void onMoved() {}

        /** Whether it left the line because its place moved; to be asked once it is known to have left the line. */
        public final boolean wasDismissed() {
            return dismissed;
        }
    }

    private final int maxMessages;
    private final int hurryMessages;
    private final MemoryBound memory;
    private final Reclaimer reclaimer;

    private final AtomicLong grantedMessages = new AtomicLong();
    private final AtomicLong departedMessages = new AtomicLong();
    private final AtomicLong usedBytes = new AtomicLong();
    private volatile long maxBytes;
    private volatile boolean blocksGiven;
    private volatile int waiting;

    private final ReentrantLock lock = new ReentrantLock();
    /** First come, first served. Guarded by lock. */
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

    /**
     * @param maxMessages how many messages may wait
     * @param hurryMessages at how many waiting messages everything is sent at once
     * @param memory the session's bound, of which this broker may use a share
     * @param maxBytes the share
     */
    public Admission(int maxMessages, int hurryMessages, MemoryBound memory, long maxBytes, Reclaimer reclaimer) {
        this.maxMessages = maxMessages;
        this.hurryMessages = hurryMessages;
        this.memory = memory;
        this.maxBytes = maxBytes;
        this.reclaimer = reclaimer;
    }

    // ---- messages ----

    /** Takes 1 to {@link #MAX_BLOCK} credits; 0 if there is none, or if somebody waits already. */
    public int tryAdmit() {
        if (waiting > 0) {
            return 0;
        }
        int block = tryBlock();
        return block == 0 && reclaim() ? tryBlock() : block;
    }

    /**
     * What {@link #tryAdmit} gave is in a queue, where the {@link Reclaimer} finds it. Told not before: who looked in between would be the last who
     * does, and find nothing.
     */
    public void given(int credits) {
        if (credits > 1) {
            blocksGiven = true;
        }
    }

    /** Takes back what queues hold unused; false if there is nothing. */
    private boolean reclaim() {
        if (!blocksGiven) {
            return false;
        }
        blocksGiven = false;
        reclaimer.reclaim(this);
        return true;
    }

    private int tryBlock() {
        while (true) {
            long granted = grantedMessages.get();
            long room = maxMessages - granted;
            if (room <= 0) {
                return 0;
            }
            long toHurry = hurryMessages - (granted - departedMessages.get());
            long steps = Math.min(room, toHurry); // beyond it one by one, so that nothing has to be taken back to count
            int block = (int) Math.max(1, Math.min(MAX_BLOCK, steps / 16));
            if (grantedMessages.compareAndSet(granted, granted + block)) {
                return block;
            }
        }
    }

    /**
     * Whether everything is to be sent at once: so many messages wait, or somebody waits for room, for whom what queues hold unused is taken back, too.
     * Exact, but for messages on their way in.
     */
    public boolean isHurry() {
        return wantsHurry() && (!reclaim() || wantsHurry());
    }

    private boolean wantsHurry() {
        return waiting > 0 || waitingMessages() >= hurryMessages;
    }

    private long waitingMessages() {
        return grantedMessages.get() - departedMessages.get();
    }

    /** Messages were drained: they count against the limit, and no longer as waiting. Negative when they come back. */
    public void depart(int messages) {
        departedMessages.addAndGet(messages);
    }

    /** Takes one credit and bytes, both or none. */
    public boolean tryAdmitOne(long bytes) {
        return waiting == 0 && (takeNow(1, bytes) || refuse());
    }

    /** One credit for a message that was admitted elsewhere before; may exceed the limit. */
    public int admitAnyway() {
        grantedMessages.incrementAndGet();
        return 1;
    }

    /** Charges a buffer for messages that were admitted elsewhere before; may exceed the share. */
    public void chargeAnyway(long bytes) {
        usedBytes.addAndGet(bytes);
        memory.chargeAnyway(bytes);
    }

    /** Gives back what a waiter was served with. */
    public void giveBack(int messages, long bytes) {
        releaseBytes(bytes);
        returnCredits(messages);
    }

    /** Credits come back unused. */
    public void returnCredits(int messages) {
        grantedMessages.addAndGet(-messages);
        serveWaiters();
    }

    /** Departed messages were reported: their credits are free. */
    public void reported(int messages) {
        departedMessages.addAndGet(-messages);
        returnCredits(messages);
    }

    // ---- bytes ----

    /** Charges bytes, unless the share or the session's bound would be exceeded, or somebody waits already. */
    public boolean tryCharge(long bytes) {
        return waiting == 0 && (chargeNow(bytes) || refuse());
    }

    /** What was taken and put back again may have been missed by somebody who lined up in between. */
    private boolean refuse() {
        serveWaiters();
        return false;
    }

    private boolean chargeNow(long bytes) {
        if (bytes == 0) {
            return true;
        }
        while (true) {
            long used = usedBytes.get();
            if (used + bytes > maxBytes && used > 0) { // a share that is smaller than one message lets one in
                return false;
            }
            if (usedBytes.compareAndSet(used, used + bytes)) {
                break;
            }
        }
        if (memory.tryCharge(bytes)) {
            return true;
        }
        usedBytes.addAndGet(-bytes);
        return false;
    }

    /** Takes a charge back. */
    public void releaseBytes(long bytes) {
        if (bytes == 0) {
            return;
        }
        usedBytes.addAndGet(-bytes);
        memory.release(bytes);
        serveWaiters();
    }

    /**
     * A queue moves here with what it holds; nothing is asked, and this admission may be over its limit for a while. Called under the
     * queue's lock; the caller then lets the other admission serve its waiters.
     */
    public void takeOver(Admission from, int messages, long bytes) {
        if (from == this) {
            return;
        }
        grantedMessages.addAndGet(messages);
        usedBytes.addAndGet(bytes);
        from.usedBytes.addAndGet(-bytes);
        from.grantedMessages.addAndGet(-messages);
    }

    /** Changes the share of the session's memory. */
    public void limitBytes(long bytes) {
        maxBytes = bytes;
        serveWaiters();
    }

    public long usedBytes() {
        return usedBytes.get();
    }

    /**
     * Whether another message would be let in now. An eighth of the share must be free: who is told of less would find that his message
     * does not fit, ask again, and be told the same.
     */
    public boolean hasRoom() {
        return waiting == 0 && isRoomy();
    }

    private boolean isRoomy() {
        return grantedMessages.get() < maxMessages && freeBytes() >= maxBytes / 8;
    }

    /** Whether it is the session's memory that so many bytes do not fit, of which other brokers have more than their share. */
    public boolean lacksMemory(long bytes) {
        return bytes > 0 && memory.usedBytes() + bytes > memory.limitBytes();
    }

    public long freeBytes() {
        return Math.max(0, Math.min(maxBytes - usedBytes.get(), memory.limitBytes() - memory.usedBytes()));
    }

    /** How many messages may wait. */
    public int maxMessages() {
        return maxMessages;
    }

    /** The share, in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    public long grantedMessages() {
        return grantedMessages.get();
    }

    // ---- waiting ----

    /** Whether somebody waits for room. */
    public boolean isAwaited() {
        return waiting > 0;
    }

    /** Lines up; {@link Waiter#onRoom} is called once, perhaps before this returns. */
    public void await(Waiter waiter) {
        lock.lock();
        try {
            waiters.add(waiter);
            waiting = waiters.size();
        } finally {
            lock.unlock();
        }
        reclaim();
        serveWaiters();
    }

    /** Leaves the line; false if it was served already, and what it wanted is its own. */
    public boolean leave(Waiter waiter) {
        boolean left;
        lock.lock();
        try {
            left = waiters.remove(waiter);
            waiting = waiters.size();
        } finally {
            lock.unlock();
        }
        serveWaiters();
        return left;
    }

    /**
     * A queue has moved to another admission, or a topic has queues now: those who wait for room for it leave the line, and are told to try there. Who
     * lines up from now on has to look once more where it is, afterwards. Not under the queue's lock.
     */
    public void dismiss(Object moved) {
        if (waiting > 0) {
            takeOut(moved).forEach(Waiter::onMoved);
        }
        serveWaiters();
    }

    private List<Waiter> takeOut(Object moved) {
        var out = new ArrayList<Waiter>();
        lock.lock();
        try {
            waiters.removeIf(waiter -> waiter.place == moved && out.add(waiter));
            out.forEach(waiter -> waiter.dismissed = true);
            waiting = waiters.size();
        } finally {
            lock.unlock();
        }
        return out;
    }

    /** Serves those who wait and can be; also to be called when the session's memory came free elsewhere. */
    public void serveWaiters() {
        while (waiting > 0) {
            Waiter served = serveFirst();
            if (served == null) {
                return;
            }
            served.onRoom();
        }
    }

    private @Nullable Waiter serveFirst() {
        lock.lock();
        try {
            Waiter first = waiters.peek();
            if (first == null || !take(first)) {
                return null;
            }
            waiters.remove();
            waiting = waiters.size();
            return first;
        } finally {
            lock.unlock();
        }
    }

    private boolean take(Waiter waiter) {
        if (waiter.messages == 0 && waiter.bytes == 0) {
            return isRoomy();
        }
        return takeNow(waiter.messages, waiter.bytes);
    }

    private boolean takeNow(int messages, long bytes) {
        if (!takeCredits(messages)) {
            return false;
        }
        if (chargeNow(bytes)) {
            return true;
        }
        grantedMessages.addAndGet(-messages);
        return false;
    }

    private boolean takeCredits(int messages) {
        while (true) {
            long granted = grantedMessages.get();
            if (messages > 0 && granted + messages > maxMessages) {
                return false;
            }
            if (grantedMessages.compareAndSet(granted, granted + messages)) {
                return true;
            }
        }
    }
}
