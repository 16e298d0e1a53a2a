/**
 * A real Kafka cluster for tests and trials, in the JVM of the caller or as processes of its own.
 *
 * <p>{@link dev.tubepost.testkit.embedded.EmbeddedKafka} is the way in, {@link dev.tubepost.testkit.embedded.EmbeddedKafkaTest} the one from
 * JUnit. Inside: settings become the properties of each node ({@code NodeProperties}, pure), a {@code Node} runs them through a
 * {@code NodeRunner} (in process or as process), and {@code TopicAdmin} and {@code TopicReader} talk to the running cluster with Apache's own
 * clients. Nothing here depends on any other part of Tubepost, so that what checks the producer cannot share its mistakes.
 */
@NullMarked
package dev.tubepost.testkit.embedded;

import org.jspecify.annotations.NullMarked;
