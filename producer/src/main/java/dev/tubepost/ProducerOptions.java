package dev.tubepost;

import dev.tubepost.partition.Partitioner;
import dev.tubepost.partition.RandomPartitioner;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a producer, or a session of many, behaves. <em>Immutable.</em>
 *
 * <p>Without further settings, it is what the specification says, default for default. Those defaults wait up to 5 seconds for a batch
 * to fill; for new code, start from {@link #durable()}, {@link #lowLatency()} or {@link #highThroughput()}.
 *
 * <p>Each option names what the specification and kafka-clients call it, where they have it; {@link ClientConfig} understands all of
 * these names. Durations have a resolution of a nanosecond, and those longer than 292 years count as 292 years.
 */
public final class ProducerOptions {

    /** For {@link #pendingTimeout()}: without a bound. */
    public static final Duration FOREVER = Duration.ofMillis(-1);

    private static final ProducerOptions DEFAULTS = new ProducerOptions(new ProducerSettings());

    private final ProducerSettings set;

    private ProducerOptions(ProducerSettings settings) {
        this.set = new ProducerSettings(settings); // a copy that nobody else has, and nobody changes
    }

    /** The specification's defaults. */
    public static ProducerOptions defaults() {
        return DEFAULTS;
    }

    /** Starts from the specification's defaults. */
    public static Builder builder() {
        return new Builder(new ProducerSettings());
    }

    /**
     * Starts from what suits most new code: acknowledged by all in-sync replicas, never written twice, a linger of 5 ms, retries and
     * stop bounded by {@link #deliveryTimeout()} alone (unless set). With other acks it is not idempotent.
     */
    public static Builder durable() {
        Builder durable = preset().requiredAcks(-1).linger(Duration.ofMillis(5)).maxRetries(Integer.MAX_VALUE);
        durable.set.idempotentIfAll = true;
        return durable;
    }

    /**
     * Starts from what makes one message as fast as can be: no linger, so that batches form only while a request is on its way.
     * Acknowledged by the leader; retries and stop bounded by {@link #deliveryTimeout()} alone (unless set).
     */
    public static Builder lowLatency() {
        return preset().linger(Duration.ZERO).minQueuedMessages(1).maxRetries(Integer.MAX_VALUE);
    }

    /**
     * Starts from what moves most messages: a linger of 50 ms, 128 MiB of memory, 500,000 messages queued for each broker.
     * Acknowledged by the leader; retries and stop bounded by {@link #deliveryTimeout()} alone (unless set). Not compressed, since
     * the fast codecs need a library that may not be there; where the network is the limit, add {@link Compression#lz4()} or
     * {@link Compression#zstd()}.
     */
    public static Builder highThroughput() {
        return preset().linger(Duration.ofMillis(50))
                .bufferMemory(128L << 20)
                .maxQueuedMessages(500_000)
                .maxRetries(Integer.MAX_VALUE);
    }

    private static Builder preset() {
        ProducerSettings settings = new ProducerSettings();
        settings.pendingAsDelivery = true;
        return new Builder(settings);
    }

    /** A builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(set);
    }

    /**
     * Makes the partitioner of one producer. Default: a {@link RandomPartitioner} for each producer. Specification:
     * {@code partitioner}; kafka-clients: {@code partitioner.class}.
     */
    public Supplier<? extends Partitioner> partitionerFactory() {
        return set.partitionerFactory;
    }

    /** The partitioner for one more producer: the one that was given, or a fresh one. */
    public Partitioner newPartitioner() {
        return set.partitionerFactory.get();
    }

    /** How batches are compressed. Default: not. Specification: {@code compression}; kafka-clients: {@code compression.type}. */
    public Compression compression() {
        return set.compression;
    }

    /**
     * How often a batch is sent again after its first attempt failed; 0 or more. Only attempts count in which a byte was written, and
     * which did not end in a leader or metadata error; everything is bounded by {@link #deliveryTimeout()}. Default: 3. Specification:
     * {@code max_retries}; kafka-clients: {@code retries}.
     */
    public int maxRetries() {
        return set.maxRetries;
    }

    /**
     * The wait before the first retry; it doubles for each further one, with jitter. More than 0. Default: 100 ms. Specification:
     * {@code retry_backoff_ms}; kafka-clients: {@code retry.backoff.ms}.
     */
    public Duration retryBackoff() {
        return set.retryBackoff;
    }

    /**
     * The longest wait between attempts; at least {@link #retryBackoff()}. Default: 1 s, or the retry backoff if that is longer.
     * kafka-clients: {@code retry.backoff.max.ms}.
     */
    public Duration retryBackoffMax() {
        return set.retryBackoffMax();
    }

    /**
     * Who must have a message before it is acknowledged: 1, the leader; -1, all in-sync replicas; 0, nobody: then messages are
     * <em>sent</em>, never acknowledged, and may be lost without notice. Default: 1, or -1 with {@link #idempotent()}. Specification:
     * {@code required_acks}; kafka-clients: {@code acks}.
     */
    public int requiredAcks() {
        return set.requiredAcks();
    }

    /**
     * Whether a message that is sent again is written once, in its place, whatever happens on the way (KIP-98); up to 5 batches of a
     * partition are on their way then. Needs acks -1, and Kafka 0.11 or newer. Default: no; in {@link #durable()} yes. kafka-clients:
     * {@code enable.idempotence}.
     */
    public boolean idempotent() {
        return set.idempotent();
    }

    /**
     * How long the broker may wait for its replicas before it answers; sent with each request, in milliseconds, and meaningful with
     * acks -1 only. 0 to 2^31 - 1 ms. Default: 10 s, or the delivery timeout if that is shorter. Specification:
     * {@code ack_timeout_ms}.
     */
    public Duration ackTimeout() {
        return set.ackTimeout();
    }

    /**
     * How many messages may be queued or on their way for each broker; 1 or more. Never exceeded, and never refused before. Default:
     * 100,000. Specification: {@code max_queued_messages}.
     */
    public int maxQueuedMessages() {
        return set.maxQueuedMessages;
    }

    /**
     * How many messages queued for a broker make it send at once, whatever linger says; 1 or more. Default: 70,000. Specification:
     * {@code min_queued_messages}.
     */
    public int minQueuedMessages() {
        return set.minQueuedMessages;
    }

    /** {@link #minQueuedMessages()} as it works: 1 with {@link #sync()}, and never more than {@link #maxQueuedMessages()}. */
    public int effectiveMinQueuedMessages() {
        return set.sync ? 1 : Math.min(set.minQueuedMessages, set.maxQueuedMessages);
    }

    /**
     * How long a message may wait for others to fill its batch, from the batch's first message on; 0 or more, less than
     * {@link #deliveryTimeout()}. 0: not at all. Default: 5 s. Specification: {@code linger_ms}; kafka-clients: {@code linger.ms}.
     */
    public Duration linger() {
        return set.linger;
    }

    /**
     * Whether {@code produce} waits when there is no room, or throws {@link ProducerQueueFullException} at once, as it always does in a callback or
     * listener of its session, as what makes room may be reported behind it. Default: it waits. Specification: {@code block_on_queue_full}.
     */
    public boolean blockOnQueueFull() {
        return set.blockOnQueueFull;
    }

    /**
     * How long {@code produce} waits for room; 0 or more. In a callback or listener of its session it does not wait. Default: 60 s. kafka-clients:
     * {@code max.block.ms} (which also bounds its wait for metadata; here, {@code produce} never waits for metadata).
     */
    public Duration blockTimeout() {
        return set.blockTimeout;
    }

    /**
     * The largest request, and the largest message, in bytes; 1,024 or more. The broker and the topic have limits of their own, by
     * default 1,048,588. Default: 1,000,012. Specification: {@code max_request_size}; kafka-clients: {@code max.request.size}.
     */
    public int maxRequestSize() {
        return set.maxRequestSize;
    }

    /**
     * Whether {@code produce} returns only when the message is acknowledged, and throws what went wrong. Then every message is sent at
     * once, and {@link #deliveryReports()} is ignored. Default: no. Specification: {@code sync}.
     */
    public boolean sync() {
        return set.sync;
    }

    /**
     * Whether each thread has a queue with a report for each message that it produced ({@link Producer#deliveryReports()}). Default:
     * no. Specification: {@code delivery_reports}.
     */
    public boolean deliveryReports() {
        return set.deliveryReports;
    }

    /**
     * For how many messages of one thread there may be a report to come or one that is not taken yet; 1 or more. Then this thread's producing waits, or is refused, until it takes
     * one: {@link Producer#whenWritable} does not tell of that, {@link DeliveryReports#poll()} makes room. Default: 100,000.
     */
    public int reportQueueLimit() {
        return set.reportQueueLimit;
    }

    /**
     * How long a synchronous {@code produce} waits for its message, and how long {@code stop} and {@code close} wait; 0 or more, or
     * {@link #FOREVER} (as is anything negative): bounded by {@link #deliveryTimeout()} alone. Default: 5 s. Specification:
     * {@code pending_timeout_ms}.
     */
    public Duration pendingTimeout() {
        return set.pendingTimeout();
    }

    /** Whether a producer starts when it is made, or with {@link Producer#start()}. Default: yes. Specification: {@code auto_start}. */
    public boolean autoStart() {
        return set.autoStart;
    }

    /**
     * How long after {@code produce} a message has its outcome at the latest, over all attempts; more than 0, and more than
     * {@link #linger()}. What cannot succeed by waiting fails earlier: a message for a topic that no broker knows after ten seconds, one that a broker
     * refuses at once. Default: 2 minutes. kafka-clients: {@code delivery.timeout.ms}.
     */
    public Duration deliveryTimeout() {
        return set.deliveryTimeout;
    }

    /**
     * How large a batch may grow, in bytes on the wire; 1 or more (1: each message alone), and never more than
     * {@link #maxRequestSize()}. It costs nothing to allow much: a batch takes memory as it grows. With compression, how much goes into it is
     * estimated by what those of its topic before it compressed to, so that some are a little larger; none holds more than fits a request
     * uncompressed. Default: 1 MiB, capped.
     * kafka-clients: {@code batch.size}.
     */
    public int batchBytes() {
        return Math.min(set.batchBytes, set.maxRequestSize);
    }

    /**
     * How many bytes of messages may be queued or on their way; 65,536 or more. If less than {@link #maxRequestSize()}, it limits the
     * size of a message, too. Default: 32 MiB. kafka-clients: {@code buffer.memory}.
     */
    public long bufferMemory() {
        return set.bufferMemory;
    }

    /**
     * How many requests may be on their way to one broker; 1 to 5. Order within a partition is kept whatever it is. Default: 5.
     * kafka-clients: {@code max.in.flight.requests.per.connection}.
     */
    public int maxInFlightRequests() {
        return set.maxInFlightRequests;
    }

    /** Who is told every outcome. Default: nobody. */
    public @Nullable DeliveryListener deliveryListener() {
        return set.deliveryListener;
    }

    /**
     * What runs callbacks, futures and the listener; one at a time, in order, even if it has many threads. Default: a report thread of
     * the cluster.
     */
    public @Nullable Executor reportExecutor() {
        return set.reportExecutor;
    }

    /** The options that differ from the specification's defaults. */
    @Override
    public String toString() {
        Map<String, Object> values = set.shown();
        values.entrySet().removeAll(DEFAULTS.set.shown().entrySet());
        return "ProducerOptions" + values;
    }

    /**
     * Collects options; each method sets the option of its name. Nothing is checked before {@link #build()}. <em>Confined to one
     * thread.</em>
     */
    public static final class Builder {

        private final ProducerSettings set;

        private Builder(ProducerSettings from) {
            this.set = new ProducerSettings(from);
        }

        /** Every producer uses this one partitioner. */
        public Builder partitioner(Partitioner partitioner) {
            return partitionerFactory(new Shared(Objects.requireNonNull(partitioner, "partitioner")));
        }

        /** Every producer uses a partitioner of its own. */
        public Builder partitionerFactory(Supplier<? extends Partitioner> factory) {
            set.partitionerFactory = Objects.requireNonNull(factory, "partitionerFactory");
            return this;
        }

        /** Sets {@link ProducerOptions#compression()}. */
        public Builder compression(Compression compression) {
            set.compression = Objects.requireNonNull(compression, "compression");
            return this;
        }

        /** Sets {@link ProducerOptions#maxRetries()}. */
        public Builder maxRetries(int maxRetries) {
            set.maxRetries = maxRetries;
            return this;
        }

        /** Sets {@link ProducerOptions#retryBackoff()}. */
        public Builder retryBackoff(Duration retryBackoff) {
            set.retryBackoff = Durations.capped(retryBackoff);
            return this;
        }

        /** Sets {@link ProducerOptions#retryBackoffMax()}. */
        public Builder retryBackoffMax(Duration retryBackoffMax) {
            set.retryBackoffMax = Durations.capped(retryBackoffMax);
            return this;
        }

        /** Sets {@link ProducerOptions#requiredAcks()}. */
        public Builder requiredAcks(int requiredAcks) {
            set.requiredAcks = requiredAcks;
            return this;
        }

        /** Sets {@link ProducerOptions#idempotent()}. */
        public Builder idempotent(boolean idempotent) {
            set.idempotent = idempotent;
            return this;
        }

        /** Sets {@link ProducerOptions#ackTimeout()}. */
        public Builder ackTimeout(Duration ackTimeout) {
            set.ackTimeout = Durations.capped(ackTimeout);
            return this;
        }

        /** Sets {@link ProducerOptions#maxQueuedMessages()}. */
        public Builder maxQueuedMessages(int maxQueuedMessages) {
            set.maxQueuedMessages = maxQueuedMessages;
            return this;
        }

        /** Sets {@link ProducerOptions#minQueuedMessages()}. */
        public Builder minQueuedMessages(int minQueuedMessages) {
            set.minQueuedMessages = minQueuedMessages;
            return this;
        }

        /** Sets {@link ProducerOptions#linger()}. */
        public Builder linger(Duration linger) {
            set.linger = Durations.capped(linger);
            return this;
        }

        /** Sets {@link ProducerOptions#blockOnQueueFull()}. */
        public Builder blockOnQueueFull(boolean blockOnQueueFull) {
            set.blockOnQueueFull = blockOnQueueFull;
            return this;
        }

        /** Sets {@link ProducerOptions#blockTimeout()}. */
        public Builder blockTimeout(Duration blockTimeout) {
            set.blockTimeout = Durations.capped(blockTimeout);
            return this;
        }

        /** Sets {@link ProducerOptions#maxRequestSize()}. */
        public Builder maxRequestSize(int maxRequestSize) {
            set.maxRequestSize = maxRequestSize;
            return this;
        }

        /** Sets {@link ProducerOptions#sync()}. */
        public Builder sync(boolean sync) {
            set.sync = sync;
            return this;
        }

        /** Sets {@link ProducerOptions#deliveryReports()}. */
        public Builder deliveryReports(boolean deliveryReports) {
            set.deliveryReports = deliveryReports;
            return this;
        }

        /** Sets {@link ProducerOptions#reportQueueLimit()}. */
        public Builder reportQueueLimit(int reportQueueLimit) {
            set.reportQueueLimit = reportQueueLimit;
            return this;
        }

        /** Sets {@link ProducerOptions#pendingTimeout()}. */
        public Builder pendingTimeout(Duration pendingTimeout) {
            set.pendingTimeout = pendingTimeout.isNegative() ? FOREVER : Durations.capped(pendingTimeout);
            return this;
        }

        /** Sets {@link ProducerOptions#autoStart()}. */
        public Builder autoStart(boolean autoStart) {
            set.autoStart = autoStart;
            return this;
        }

        /** Sets {@link ProducerOptions#deliveryTimeout()}. */
        public Builder deliveryTimeout(Duration deliveryTimeout) {
            set.deliveryTimeout = Durations.capped(deliveryTimeout);
            return this;
        }

        /** Sets {@link ProducerOptions#batchBytes()}. */
        public Builder batchBytes(int batchBytes) {
            set.batchBytes = batchBytes;
            return this;
        }

        /** Sets {@link ProducerOptions#bufferMemory()}. */
        public Builder bufferMemory(long bufferMemory) {
            set.bufferMemory = bufferMemory;
            return this;
        }

        /** Sets {@link ProducerOptions#maxInFlightRequests()}. */
        public Builder maxInFlightRequests(int maxInFlightRequests) {
            set.maxInFlightRequests = maxInFlightRequests;
            return this;
        }

        /** Sets {@link ProducerOptions#deliveryListener()}; null for none. */
        public Builder deliveryListener(@Nullable DeliveryListener deliveryListener) {
            set.deliveryListener = deliveryListener;
            return this;
        }

        /** Sets {@link ProducerOptions#reportExecutor()}; null for the cluster's report thread. */
        public Builder reportExecutor(@Nullable Executor reportExecutor) {
            set.reportExecutor = reportExecutor;
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws InvalidOptionsException with all problems at once: values out of range, and values that contradict each other
         */
        public ProducerOptions build() {
            OptionChecks checks = new OptionChecks(UnaryOperator.identity());
            ProducerOptionRules.check(set, checks);
            checks.throwIfAny();
            return new ProducerOptions(set);
        }

        ProducerSettings settings() {
            return set;
        }
    }

    /** One partitioner for all producers. */
    private record Shared(Partitioner partitioner) implements Supplier<Partitioner> {

        @Override
        public Partitioner get() {
            return partitioner;
        }

        @Override
        public String toString() {
            return partitioner.getClass().getSimpleName();
        }
    }
}
