package dev.tubepost.internal.client;

import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;

/**
 * What a session shares out among its brokers.
 *
 * @param memory the bound of all buffers
 * @param maxMessages how many messages may wait for one broker
 * @param hurryMessages at how many waiting messages everything for a broker is sent at once
 * @param ledger what flushes wait for
 */
record SessionShares(MemoryBound memory, int maxMessages, int hurryMessages, FlushLedger ledger) {}
