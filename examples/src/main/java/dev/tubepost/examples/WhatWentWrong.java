package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.MessageTooLargeException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.serialize.Serializers;
import java.time.Duration;

/** A message either has an offset, or an exception that says what happened and whether it may be in the log all the same. */
public final class WhatWentWrong {

    private WhatWentWrong() {}

    public static void main(String[] args) {
        ProducerOptions options = ProducerOptions.durable()
                .linger(Duration.ZERO)
                .deliveryTimeout(Duration.ofSeconds(2))
                .build();
        try (var cluster = Cluster.connect("localhost:1"); // where nobody listens
                var producer = cluster.topic("unreachable").producer(options, Serializers.utf8())) {
            tooLarge(producer);
            Message<String, String> message = producer.produce("lost?");
            producer.flush(Duration.ofSeconds(10));
            DeliveryException failure = message.failure();
            if (failure != null) {
                System.out.println(failure.getMessage());
                System.out.println("may be written: " + failure.maybeWritten());
                System.out.println(
                        "most of the time went into: " + failure.timeSpent().largest());
            }
        } catch (UndeliveredException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void tooLarge(dev.tubepost.Producer<String, String> producer) {
        try {
            producer.produce("x".repeat(2_000_000));
        } catch (MessageTooLargeException e) {
            System.out.println(e.getMessage()); // at once, and nothing was queued
        }
    }
}
