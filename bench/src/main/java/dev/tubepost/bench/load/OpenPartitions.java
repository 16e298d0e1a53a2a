package dev.tubepost.bench.load;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code OpenPartitions [--name value ...]} (see {@link ClientOptions}): what a client holds while every partition of a topic has an open batch, with one
 * message that waits for more. The linger is long, and the flush comes after the reading. CPU is what it takes to open them, in a process that is not warm.
 */
public final class OpenPartitions {

    private OpenPartitions() {}

    public static void main(String[] args) {
        ClientOptions options = ClientOptions.parse(ClientOptions.Task.OPEN, List.of(args));
        byte[] value = Values.lines(1, options.size())[0];
        long heapBefore = heap();
        try (LoadClient client = LoadClient.open(options, options.bootstrap())) {
            System.out.println("SETTINGS " + Json.line(client.settings()));
            var completed = new CompletedCount();
            client.send(value, 0, completed);
            client.flush(); // the partitions are known from here on
            ProcessCpu before = ProcessCpu.read();
            for (int partition = 0; partition < options.partitions(); partition++) {
                client.send(value, partition, completed);
            }
            long cpu = ProcessCpu.read().since(before);
            long open = heap() - heapBefore;
            long direct = Memory.read().directBytes();
            client.flush();
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("cpu_ns_per_message", (double) cpu / options.partitions());
            result.put("heap_bytes", open);
            result.put("direct_bytes", direct);
            result.put("held_bytes", open + direct);
            result.put("acknowledged", options.partitions() + 1 - client.failures());
            result.put("failed", client.failures());
            System.out.println("RESULT " + Json.line(result));
        }
    }

    /** What of the heap is in use, after a collection. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
