package dev.tubepost.bench.jmh;

import dev.tubepost.Cluster;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.bench.server.AckServerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The whole way of a message, from the call to its acknowledgement, per message; the server is another process. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
public class ProduceBenchmark {

    private static final int MESSAGES = 200_000;

    /** Bytes of a value. */
    @Param({"100", "1000"})
    public int size = 100;

    private byte[] value = {};

    @SuppressWarnings("NullAway.Init") // these three are set before each trial
    private AckServerProcess server;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init")
    private Producer<byte[], byte[]> producer;

    @Setup
    public void open() throws IOException {
        value = new byte[size];
        server = AckServerProcess.start(1, 1, false);
        cluster = Cluster.connect(server.bootstrapServers());
        producer =
                cluster.topic("jmh").producer(ProducerOptions.highThroughput().build());
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void produce(Blackhole handles) {
        for (int i = 0; i < MESSAGES; i++) {
            handles.consume(producer.produce(value));
        }
        producer.flush();
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void post() {
        for (int i = 0; i < MESSAGES; i++) {
            producer.post(value, null);
        }
        producer.flush();
    }

    @TearDown
    public void close() throws IOException {
        producer.close();
        cluster.close();
        server.close();
    }
}
