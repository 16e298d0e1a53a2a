package dev.tubepost;

import dev.tubepost.partition.Partitioner;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values behind {@link ProducerOptions} and its builder, and the defaults that depend on other values. <em>Confined to a
 * builder's thread</em>; the copy that options hold is never changed.
 */
final class ProducerSettings {

    Supplier<? extends Partitioner> partitionerFactory = StockPartitioner.RANDOM;
    Compression compression = Compression.none();
    int maxRetries = 3;
    Duration retryBackoff = Duration.ofMillis(100);

    @Nullable
    Duration retryBackoffMax;

    @Nullable
    Integer requiredAcks;

    @Nullable
    Boolean idempotent;

    boolean idempotentIfAll;

    @Nullable
    Duration ackTimeout;

    int maxQueuedMessages = 100_000;
    int minQueuedMessages = 70_000;
    Duration linger = Duration.ofSeconds(5);
    boolean blockOnQueueFull = true;
    Duration blockTimeout = Duration.ofSeconds(60);
    int maxRequestSize = 1_000_012;
    boolean sync;
    boolean deliveryReports;
    int reportQueueLimit = 100_000;

    @Nullable
    Duration pendingTimeout;

    boolean pendingAsDelivery;
    boolean autoStart = true;
    Duration deliveryTimeout = Duration.ofMinutes(2);
    int batchBytes = 1 << 20;
    long bufferMemory = 32L << 20;
    int maxInFlightRequests = 5;

    @Nullable
    DeliveryListener deliveryListener;

    @Nullable
    Executor reportExecutor;

    ProducerSettings() {}

    ProducerSettings(ProducerSettings from) {
        partitionerFactory = from.partitionerFactory;
        compression = from.compression;
        maxRetries = from.maxRetries;
        retryBackoff = from.retryBackoff;
        retryBackoffMax = from.retryBackoffMax;
        requiredAcks = from.requiredAcks;
        idempotent = from.idempotent;
        idempotentIfAll = from.idempotentIfAll;
        ackTimeout = from.ackTimeout;
        maxQueuedMessages = from.maxQueuedMessages;
        minQueuedMessages = from.minQueuedMessages;
        linger = from.linger;
        blockOnQueueFull = from.blockOnQueueFull;
        blockTimeout = from.blockTimeout;
        maxRequestSize = from.maxRequestSize;
        sync = from.sync;
        deliveryReports = from.deliveryReports;
        reportQueueLimit = from.reportQueueLimit;
        pendingTimeout = from.pendingTimeout;
        pendingAsDelivery = from.pendingAsDelivery;
        autoStart = from.autoStart;
        deliveryTimeout = from.deliveryTimeout;
        batchBytes = from.batchBytes;
        bufferMemory = from.bufferMemory;
        maxInFlightRequests = from.maxInFlightRequests;
        deliveryListener = from.deliveryListener;
        reportExecutor = from.reportExecutor;
    }

    Duration retryBackoffMax() {
        Duration usual = Duration.ofSeconds(1);
        return retryBackoffMax != null ? retryBackoffMax : retryBackoff.compareTo(usual) > 0 ? retryBackoff : usual;
    }

    int requiredAcks() {
        return requiredAcks != null ? requiredAcks : Boolean.TRUE.equals(idempotent) ? -1 : 1;
    }

    boolean idempotent() {
        return idempotent != null ? idempotent : idempotentIfAll && requiredAcks() == -1;
    }

    Duration ackTimeout() {
        Duration usual = Duration.ofSeconds(10);
        return ackTimeout != null ? ackTimeout : deliveryTimeout.compareTo(usual) < 0 ? deliveryTimeout : usual;
    }

    Duration pendingTimeout() {
        return pendingTimeout != null ? pendingTimeout : pendingAsDelivery ? deliveryTimeout : Duration.ofSeconds(5);
    }

    /** What there is to show, by name; to compare with the defaults. */
    Map<String, Object> shown() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("partitioner", partitionerFactory);
        values.put("compression", compression);
        values.put("maxRetries", maxRetries);
        values.put("retryBackoff", Durations.exact(retryBackoff));
        values.put("retryBackoffMax", Durations.exact(retryBackoffMax()));
        values.put("requiredAcks", requiredAcks());
        values.put("idempotent", idempotent());
        values.put("ackTimeout", Durations.exact(ackTimeout()));
        values.put("maxQueuedMessages", maxQueuedMessages);
        values.put("minQueuedMessages", minQueuedMessages);
        values.put("linger", Durations.exact(linger));
        values.put("blockOnQueueFull", blockOnQueueFull);
        values.put("blockTimeout", Durations.exact(blockTimeout));
        values.put("maxRequestSize", maxRequestSize);
        values.put("sync", sync);
        values.put("deliveryReports", deliveryReports);
        values.put("reportQueueLimit", reportQueueLimit);
        values.put(
                "pendingTimeout",
                pendingTimeout().equals(ProducerOptions.FOREVER) ? "for ever" : Durations.exact(pendingTimeout()));
        values.put("autoStart", autoStart);
        values.put("deliveryTimeout", Durations.exact(deliveryTimeout));
        values.put("batchBytes", batchBytes);
        values.put("bufferMemory", bufferMemory);
        values.put("maxInFlightRequests", maxInFlightRequests);
        values.put("deliveryListener", deliveryListener == null ? "none" : deliveryListener);
        values.put("reportExecutor", reportExecutor == null ? "none" : reportExecutor);
        return values;
    }
}
