/**
 * TLS on top of the producer's streams: certificates and keys from files or texts, and the stream itself.
 *
 * <p>Stage: while a connection is opened and as long as it is used, on its event loop; what takes time runs on the side executor. Next stage: the
 * stream below, a socket.
 */
@NullMarked
package dev.tubepost.tls;

import org.jspecify.annotations.NullMarked;
