/**
 * What is known of the cluster: brokers, topics, partitions and their leaders, kept up to date by one actor.
 *
 * <p>Stage: beside the way of a message. Sessions read the immutable view and are told when it changes.
 */
@NullMarked
package dev.tubepost.internal.cluster;

import org.jspecify.annotations.NullMarked;
