/**
 * A broker that only acknowledges: for load tests, in a process of its own, so cheap that the client is what is measured.
 *
 * <p>It keeps nothing but one offset for each partition. Threads: one that accepts for each listener, one for each connection.
 */
@NullMarked
package dev.tubepost.bench.server;

import org.jspecify.annotations.NullMarked;
