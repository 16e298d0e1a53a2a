/**
 * The limit: a client that does no work for a message, so that what is left is what the socket and the server allow. It writes batches that were
 * encoded beforehand, as full and as many to a request as an ideal client would have them; no producer can be faster, and one that comes close has
 * little left to save.
 *
 * <p>One thread does everything. Data flow: {@code Handshake} asks who leads what, {@code EncodedRecords} and {@code SequencedBatch} are what is
 * sent, {@code EncodedRequest} puts batches together, {@code BrokerConnection} writes them and reads what was answered, {@code LimitClient} shares a
 * round out among the connections.
 */
@NullMarked
package dev.tubepost.bench.limit;

import org.jspecify.annotations.NullMarked;
