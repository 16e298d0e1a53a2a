package dev.tubepost.bench.load;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The threads that produce: the same ones in every round, so that they are warm, and their meters last. */
final class Callers implements AutoCloseable {

    private final LoadClient client;
    private final byte[][] values;
    private final int messagesEach;
    private final int count;
    private final ExecutorService threads;

    /** @param values what is sent, in turn; their number is a power of two */
    Callers(LoadClient client, byte[][] values, int count, int messagesEach) {
        this.client = client;
        this.values = values;
        this.count = count;
        this.messagesEach = messagesEach;
        this.threads = Executors.newFixedThreadPool(count);
    }

    /** One round: every caller sends its share, then everything is acknowledged. */
    Cost round() throws InterruptedException, ExecutionException {
        ProcessCpu cpuBefore = ProcessCpu.read();
        Cost before = Cost.ofProcess();
        List<Future<Cost>> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(threads.submit(() -> new Share().send()));
        }
        Cost cost = Cost.ofCpu(0);
        for (Future<Cost> share : shares) {
            cost = cost.plus(share.get());
        }
        client.flush();
        cost = cost.plus(Cost.ofProcess().minus(before));
        return cost.plus(Cost.ofCpu(ProcessCpu.read().since(cpuBefore)));
    }

    /** One caller's part of one round. */
    private final class Share {

        /** Where the last handle is kept: handles that nobody could see might be compiled away. */
        @Nullable
        Object last;

        Cost send() {
            Cost before = Cost.ofThisThread();
            int mask = values.length - 1;
            try {
                for (int i = 0; i < messagesEach; i++) {
                    last = client.send(values[i & mask]);
                }
            } finally {
                Reference.reachabilityFence(last);
            }
            return Cost.ofThisThread().minus(before);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
