/** The producer's tests against a real Kafka, run once more over SASL_SSL; the proof that they were. Threads: the tests' own. */
@NullMarked
package dev.tubepost.it.security.specification;

import org.jspecify.annotations.NullMarked;
