package dev.tubepost.internal.broker;

import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;

/**
 * One batch in a request. <em>Immutable.</em>
 *
 * @param queue where it came from, and goes back to
 * @param batch the batch
 * @param charged what its messages and bytes are charged to
 * @param connection by which it goes: it stands for the broker's memory of what was sent before
 */
record Flight(PartitionQueue queue, RecordBatch batch, Admission charged, Connection connection) {}
