package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.DeliveryReport;
import dev.tubepost.DeliveryReports;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;

/** One report for each message, on a queue of the thread that produced it; another thread may read it. */
public final class Reports {

    private static final int MESSAGES = 100;

    private Reports() {}

    public static void main(String[] args) throws InterruptedException {
        ProducerOptions options =
                ProducerOptions.durable().deliveryReports(true).build();
        try (var cluster = Cluster.connect(args[0]);
                var producer = cluster.topic("reported").producer(options, Serializers.utf8())) {
            DeliveryReports<String, String> reports = producer.deliveryReports(); // this thread's
            Thread reader = new Thread(() -> read(reports), "report-reader");
            reader.start();
            produce(producer);
            reader.join();
        }
    }

    private static void produce(Producer<String, String> producer) {
        for (int i = 0; i < MESSAGES; i++) {
            producer.produce("message " + i);
        }
    }

    private static void read(DeliveryReports<String, String> reports) {
        int delivered = 0;
        for (int i = 0; i < MESSAGES; i++) {
            DeliveryReport<String, String> report = reports.take();
            if (report.failure() == null) {
                delivered++;
            } else {
                System.out.println(
                        report.message().value() + ": " + report.failure().getMessage());
            }
        }
        System.out.println(delivered + " of " + MESSAGES + " delivered");
    }
}
