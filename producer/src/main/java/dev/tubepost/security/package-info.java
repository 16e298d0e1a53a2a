/**
 * How connections are secured: TLS, and the ways to prove to a broker who we are. Values only; what they ask for is done by
 * the artifacts {@code tubepost-tls} and {@code tubepost-sasl}.
 *
 * <p>Stage: before the first connection, on the caller's thread. Next stage: {@link dev.tubepost.ClusterOptions}.
 */
@NullMarked
package dev.tubepost.security;

import org.jspecify.annotations.NullMarked;
