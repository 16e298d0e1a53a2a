/**
 * Model brokers: they decode requests and encode replies with Apache Kafka's generated message classes, so that a mistake in our codec cannot
 * hide behind the same mistake here, and they keep what was appended for the check after the run.
 *
 * <p>Confined to the one thread of a run. What goes wrong is decided by a {@link dev.tubepost.testkit.broker.FateSource}.
 */
@NullMarked
package dev.tubepost.testkit.broker;

import org.jspecify.annotations.NullMarked;
