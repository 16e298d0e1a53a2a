package dev.tubepost.internal.client;

import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryReports;
import dev.tubepost.Draft;
import dev.tubepost.DraftSubscriber;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.StopResult;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Step;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordHeader;
import dev.tubepost.serialize.Serializer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A producer for one topic: the caller's way of {@code produce}. <em>Thread-safe.</em> */
final class ClientProducer<K, V> implements Producer<K, V> {

    private static final RecordHeader[] NO_HEADERS = {};

    /** The pause before a large draft of a subscription is tried again. */
    private static final long RETRY_NANOS = 10_000_000L;

    private final ClientSession session;
    private final TopicRoute route;
    private final Serializer<? super K, ? super V> serializer;
    private final boolean ownsSession;
    private final PartitionChoice choice;
    private final Env env;
    private final Appender appender;
    private final ProducerOptions options;
    private final int maxRecordBytes;
    private final long blockNanos;

    /** Each thread's report queue; null if reports are off. */
    private final @Nullable ThreadLocal<ReportQueue<K, V>> reports;

    /** Of the messages that are being handed over. */
    private final BatchOutcome nowhere;

    private volatile boolean running;
    /** Of one among several of a session, which goes on; else it is the session that is closed. */
    private volatile boolean closed;

    ClientProducer(
            ClientSession session, TopicRoute route, Serializer<? super K, ? super V> serializer, boolean ownsSession) {
        this.session = session;
        this.route = route;
        this.serializer = serializer;
        this.ownsSession = ownsSession;
        this.options = session.options();
        this.choice = new PartitionChoice(route.topic(), options.newPartitioner());
        this.env = session.context().env();
        this.appender = session.appender();
        this.maxRecordBytes = session.context().largestRecord(route.topic());
        this.blockNanos = options.blockOnQueueFull() ? CallerWait.nanos(options.blockTimeout()) : 0;
        boolean wantsReports = options.deliveryReports() && !options.sync();
        int limit = options.reportQueueLimit();
        this.reports = wantsReports ? ThreadLocal.withInitial(() -> new ReportQueue<>(limit)) : null;
        this.nowhere = BatchOutcome.nowhere(route.topic());
        this.running = options.autoStart();
    }

    // ---- produce ----

    @Override
    public Message<K, V> produce(@Nullable V value) {
        return produce(value, null, null);
    }

    @Override
    public Message<K, V> produce(@Nullable V value, @Nullable K key) {
        return produce(value, key, null);
    }

    @Override
    public Message<K, V> produce(@Nullable V value, @Nullable K key, @Nullable Instant timestamp) {
        return produce(value, key, timestamp, -1, NO_HEADERS);
    }

    Message<K, V> produce(MessageDraft<K, V> draft) {
        return produce(draft.value(), draft.key(), draft.timestamp(), draft.partition(), draft.headers());
    }

    private Message<K, V> produce(
            @Nullable V value, @Nullable K key, @Nullable Instant timestamp, int partition, RecordHeader[] headers) {
        if (options.sync()) { // first: what is refused here is not queued
            session.refuseInReport("a synchronous produce");
        }
        long begin = options.sync() ? env.nanos() : 0;
        MessageHandle<K, V> message = hand(value, key, timestamp, partition, headers, ownReports(), true);
        if (message == null) {
            throw NoRoom.forReport(route.topic(), options.reportQueueLimit(), waitNanos());
        }
        if (options.sync()) {
            await(message, begin);
        }
        return message;
    }

    @Override
    public @Nullable Message<K, V> tryProduce(@Nullable V value, @Nullable K key) {
        return hand(value, key, null, -1, NO_HEADERS, ownReports(), false);
    }

    /** @param queue where the report goes; null if there is to be none */
    @Nullable
    Message<K, V> tryProduce(MessageDraft<K, V> draft, @Nullable ReportQueue<K, V> queue) {
        return hand(draft.value(), draft.key(), draft.timestamp(), draft.partition(), draft.headers(), queue, false);
    }

    /** The calling thread's report queue; null if reports are off. */
    @Nullable
    ReportQueue<K, V> ownReports() {
        return reports == null ? null : reports.get();
    }

    @Override
    public void post(@Nullable V value, @Nullable K key) {
        checkRunning();
        byte[] keyBytes = serializer.serializeKey(key);
        byte[] valueBytes = serializer.serializeValue(value);
        Admission full = submit(keyBytes, valueBytes, NO_HEADERS, env.millis(), -1, null, blockNanos);
        if (full != null) {
            throw noRoom(full, keyBytes, valueBytes, NO_HEADERS);
        }
    }

    /**
     * Hands a message over.
     *
     * @param mayWait whether to wait for room, if the options say so, and to throw if there is none
     * @return null if there was no room for its report; if it may not wait, also if there was none for the message
     */
    private @Nullable MessageHandle<K, V> hand(
            @Nullable V value,
            @Nullable K key,
            @Nullable Instant timestamp,
            int partition,
            RecordHeader[] headers,
            @Nullable ReportQueue<K, V> queue,
            boolean mayWait) {
        checkRunning();
        long waitNanos = mayWait ? blockNanos : 0;
        long millis = timestamp == null ? env.millis() : millis(timestamp);
        byte[] keyBytes = serializer.serializeKey(key);
        byte[] valueBytes = serializer.serializeValue(value);
        if (queue != null && !queue.reserve(0) && !waitForReport(queue, waitNanos)) {
            return null;
        }
        MessageHandle<K, V> message = key == null && queue == null
                ? new MessageHandle<>(nowhere, value, millis)
                : new FullMessageHandle<>(nowhere, value, key, millis, queue);
        boolean accepted = false;
        Admission full;
        try {
            full = submit(keyBytes, valueBytes, headers, millis, partition, message, waitNanos);
            accepted = full == null;
        } finally {
            if (!accepted && queue != null) {
                queue.unreserve();
            }
        }
        if (full != null && mayWait) {
            throw noRoom(full, keyBytes, valueBytes, headers);
        }
        return accepted ? message : null;
    }

    /** Waits until a report is fetched: those to come are of messages that do not linger any more. */
    private boolean waitForReport(ReportQueue<K, V> queue, long waitNanos) {
        session.hurry();
        return waitNanos > 0 && !session.reporter().isReporting() && queue.reserve(waitNanos);
    }

    private ProducerQueueFullException noRoom(
            Admission full, byte @Nullable [] key, byte @Nullable [] value, RecordHeader[] headers) {
        int maxBytes = RecordFormat.maxSize(key, value, headers);
        long bytes = route.open() == null ? maxBytes : session.context().bufferCharge(maxBytes);
        String broker = session.router().brokerOf(full);
        return NoRoom.of(route.topic(), full, session.memory(), broker, bytes, waitNanos());
    }

    /** How long the call may have waited, for its message: a callback does not wait for what may be reported behind it. */
    private long waitNanos() {
        return blockNanos > 0 && session.reporter().isReporting() ? NoRoom.IN_A_CALLBACK : blockNanos;
    }

    private void checkRunning() {
        if (!running || session.isStopped()) {
            throw notRunning();
        }
    }

    private ProducerStoppedException notRunning() {
        String how = running ? "was stopped with its session: start that" : "is not running: call start()";
        return new ProducerStoppedException(
                "the producer for " + route.topic() + " " + (closed || session.isClosed() ? "is closed" : how));
    }

    private static long millis(Instant timestamp) {
        long millis;
        try {
            millis = timestamp.toEpochMilli();
        } catch (ArithmeticException e) {
            millis = -1;
        }
        if (millis < 0) {
            throw new IllegalArgumentException(
                    "a timestamp lies between 1970 and the year 292278994, " + timestamp + " does not");
        }
        return millis;
    }

    /** Brings a message to its queue or to the backlog; gives that where there was no room, or null. */
    private @Nullable Admission submit(
            byte @Nullable [] key,
            byte @Nullable [] value,
            RecordHeader[] headers,
            long timestamp,
            int partition,
            @Nullable MessageHandle<K, V> message,
            long waitNanos) {
        int maxBytes = RecordFormat.maxSize(key, value, headers);
        if (maxBytes > maxRecordBytes) {
            throw session.context().tooLarge(maxBytes, maxRecordBytes);
        }
        TopicRoute.Routes routes = route.open();
        if (routes == null) {
            return join(key, value, headers, timestamp, partition, maxBytes, message, waitNanos);
        }
        PartitionQueue queue = choice.of(routes, partition, key, maxBytes);
        env.step(Step.ROUTED);
        return switch (appender.append(queue, key, value, headers, timestamp, maxBytes, message, waitNanos)) {
            case APPENDED -> null;
            case FULL -> queue.admission();
            case RETIRED -> throw stopped();
        };
    }

    private ProducerStoppedException stopped() {
        return new ProducerStoppedException("the producer for " + route.topic() + " was stopped");
    }

    /** Joins the topic's backlog: the partitions are not known yet. */
    private @Nullable Admission join(
            byte @Nullable [] key,
            byte @Nullable [] value,
            RecordHeader[] headers,
            long timestamp,
            int partition,
            int maxBytes,
            @Nullable MessageHandle<K, V> message,
            long waitNanos) {
        long begin = env.nanos();
        Appender.Wait wait = appender.admit(session.router().unassigned(), maxBytes, route, waitNanos);
        if (wait != Appender.Wait.SERVED) {
            return wait == Appender.Wait.MOVED
                    ? submit(key, value, headers, timestamp, partition, message, left(waitNanos, begin))
                    : session.router().unassigned();
        }
        FlushLedger.Generation generation = null;
        TopicBacklog.Join result = null;
        try {
            long accepted = env.nanos();
            generation = session.ledger().enter();
            var entry = new BacklogMessage(
                    copy(key),
                    copy(value),
                    copy(headers),
                    timestamp,
                    partition,
                    maxBytes,
                    accepted,
                    accepted - begin,
                    message,
                    message == null ? null : ownOutcome(message, partition),
                    generation,
                    choice);
            result = route.backlog().join(entry);
        } finally { // also if there is no memory for the copies (F76)
            if (result != TopicBacklog.Join.JOINED) {
                session.router().unassigned().giveBack(1, maxBytes);
                if (generation != null) {
                    generation.release();
                }
            }
        }
        return switch (result) {
            case JOINED -> {
                session.backlogWatch().begin();
                yield null;
            }
            case OPEN -> submit(key, value, headers, timestamp, partition, message, left(waitNanos, begin));
            case RETIRED -> throw stopped();
        };
    }

    private long left(long waitNanos, long begin) {
        return CallerWait.left(env, waitNanos, begin);
    }

    /** What a message that joins the backlog refers to, until it is in a batch. */
    private BatchOutcome ownOutcome(MessageHandle<K, V> message, int partition) {
        var outcome = new BatchOutcome(route.topic(), partition);
        outcome.setCanceller((index, reason, told) -> session.backlogs().cancel(route, message, reason));
        message.onBacklog(outcome);
        return outcome;
    }

    /** The caller may change its arrays when produce has returned (F79). */
    private static byte @Nullable [] copy(byte @Nullable [] bytes) {
        return bytes == null ? null : bytes.clone();
    }

    private static RecordHeader[] copy(RecordHeader[] headers) {
        if (headers.length == 0) {
            return headers;
        }
        var copies = new RecordHeader[headers.length];
        for (int i = 0; i < headers.length; i++) { // a name's bytes are ours
            copies[i] = new RecordHeader(headers[i].name(), copy(headers[i].value()));
        }
        return copies;
    }

    /** Waits for a message's outcome; throws what went wrong. */
    private void await(MessageHandle<K, V> message, long begin) {
        long pending = CallerWait.nanos(options.pendingTimeout());
        if (!CallerWait.await(
                env, message.directly(), pending, "for an acknowledgement; the message may still be delivered")) {
            DeliveryException overdue = PendingTimeout.of(message, route, session, begin);
            if (overdue != null) {
                throw overdue;
            }
        }
        DeliveryException cause = message.failure();
        if (cause != null) {
            throw cause.forCaller();
        }
    }

    // ---- back-pressure, reports ----

    @Override
    public Draft<K, V> draft(@Nullable V value) {
        return draft(null, value);
    }

    Draft<K, V> draft(@Nullable Object keeper, @Nullable V value) {
        return new MessageDraft<>(this, keeper, value);
    }

    @Override
    public CompletableFuture<Void> whenWritable() {
        return Writability.of(session, route);
    }

    /**
     * Runs a task among the reports when there is room; if there is some, and still not enough for a large message, after a pause; and when the session
     * ends, in any case.
     *
     * @return false if it has ended, and nothing runs any more
     */
    boolean whenWritableOrSoon(Runnable task) {
        if (!session.lookAtEnd(task)) {
            return false;
        }
        CompletableFuture<Void> writable = whenWritable();
        if (writable.isDone()) {
            session.pause(RETRY_NANOS, () -> session.reporter().run(task));
        } else {
            var unused = writable.thenRun(task);
        }
        return true;
    }

    /** The task waits no more. */
    void waitsNoMore(Runnable task) {
        session.doNotLook(task);
    }

    @Override
    public DraftSubscriber<K, V> subscriber() {
        return subscriber(null);
    }

    DraftSubscriber<K, V> subscriber(@Nullable Object keeper) {
        return new RequestingSubscriber<>(this, keeper, ownReports());
    }

    long freeBytes() {
        return session.memory().limitBytes() - session.memory().usedBytes();
    }

    @Override
    public DeliveryReports<K, V> deliveryReports() {
        if (reports == null) {
            throw new IllegalStateException(
                    options.sync()
                            ? "a synchronous producer has no delivery reports: produce throws what went wrong"
                            : "delivery reports are off: set deliveryReports(true)");
        }
        return reports.get();
    }

    // ---- lifecycle ----

    @Override
    public void start() {
        if (closed) {
            throw new IllegalStateException("the producer is closed, for good: make another");
        }
        if (ownsSession) {
            session.start();
        } else {
            session.checkStarted();
        }
        running = true;
    }

    @Override
    public boolean flush(Duration timeout) {
        return session.flush(timeout);
    }

    @Override
    public StopResult stop(Duration timeout) {
        session.refuseInReport("stop");
        running = false;
        return ownsSession ? session.stop(timeout) : session.stopTopic(route, timeout);
    }

    @Override
    public StopResult stop() {
        return stop(options.pendingTimeout());
    }

    @Override
    public void close() {
        session.refuseInReport("close");
        running = false;
        if (ownsSession) {
            session.close();
        } else if (!closed) {
            closed = true;
            stop();
        }
    }
}
