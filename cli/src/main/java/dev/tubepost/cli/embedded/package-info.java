/**
 * The far side of {@link dev.tubepost.cli.EmbeddedBroker}: the only package of the command that sees Kafka. It is loaded by a class loader
 * of its own, and nothing else of the command is used here.
 */
@NullMarked
package dev.tubepost.cli.embedded;

import org.jspecify.annotations.NullMarked;
