/**
 * The producer under load, while real brokers are killed, paused and moved: what it reported is compared with what the stock consumer reads.
 *
 * <p>Begin with {@code ClusterIT}; {@code History} is the judge.
 */
@NullMarked
package dev.tubepost.cluster;

import org.jspecify.annotations.NullMarked;
