package dev.tubepost.bench.limit;

import dev.tubepost.protocol.RecordBatchHeader;

/**
 * Whose batches they are (KIP-98). <em>Immutable.</em>
 *
 * @param id the producer id, or {@link RecordBatchHeader#NO_PRODUCER_ID}
 * @param epoch its epoch, or -1
 */
record ProducerIdentity(long id, short epoch) {

    /** Of a producer that is not idempotent. */
    static final ProducerIdentity NONE = new ProducerIdentity(RecordBatchHeader.NO_PRODUCER_ID, (short) -1);

    boolean isIdempotent() {
        return id != RecordBatchHeader.NO_PRODUCER_ID;
    }
}
