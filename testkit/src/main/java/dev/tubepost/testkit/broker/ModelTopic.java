package dev.tubepost.testkit.broker;

import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * A topic. <em>Immutable but for its partitions.</em>
 *
 * @param name its name
 * @param id its id (KIP-516)
 * @param knownFromNanos when brokers begin to know it
 * @param partitions by index
 */
public record ModelTopic(String name, Uuid id, long knownFromNanos, List<ModelPartition> partitions) {}
