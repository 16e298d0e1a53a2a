package dev.tubepost.cli;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Partition;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code tubepost produce}: connects, transfers, and tells. <em>Confined to the main thread</em>, but for signals.
 *
 * <p>Nothing is read before the cluster and the topic are known to be there; and nothing is thrown away after.
 */
final class ProduceRun {

    /** More than one, so that a trial shows how keys and partitions go together. */
    private static final int EMBEDDED_PARTITIONS = 3;

    private final Request request;
    private final Console console;
    private final AtomicReference<@Nullable Transfer> transfer = new AtomicReference<>();

    /**
     * What the user asked for. <em>Immutable.</em>
     *
     * @param topic the topic
     * @param files what to read; empty: standard input
     * @param embedded whether to start a Kafka
     * @param settings how to reach the cluster, and how to send
     * @param format how a line becomes a message
     * @param extras what every message gets
     * @param choices the rest
     */
    record Request(
            String topic,
            List<String> files,
            boolean embedded,
            Settings settings,
            LineFormat format,
            Outlet.Extras extras,
            Choices choices) {}

    /**
     * How the run goes. <em>Immutable.</em>
     *
     * @param connectTimeout how long the first server may take to answer
     * @param rate messages per second, or 0: without a limit
     * @param config where options were read from, or null
     * @param rejects where failed messages go, or null
     * @param json whether the receipt is JSON
     * @param sentIsEnough whether sent is as good as acknowledged, with acks 0
     */
    record Choices(
            Duration connectTimeout,
            double rate,
            @Nullable Path config,
            @Nullable Path rejects,
            boolean json,
            boolean sentIsEnough) {}

    ProduceRun(Request request, Console console) {
        this.request = request;
        this.console = console;
    }

    ExitCode run() throws IOException {
        InputFiles files = InputFiles.of(request.files(), Console.standardInput());
        Path rejects = request.choices().rejects();
        if (rejects != null) {
            InputFiles.checkApart(request.files(), "--rejects", rejects);
        }
        Path config = request.choices().config();
        if (rejects != null && config != null) {
            InputFiles.checkApart(config, "--rejects", rejects);
        }
        tellPassedOver();
        request.settings().producer(); // says what is wrong with the options before a Kafka is started or asked
        new Interrupts(this::onInterrupt, exit -> System.exit(exit.code())).install();
        try (StoppableInput input = new StoppableInput(files);
                EmbeddedBroker broker = request.embedded() ? startBroker() : null) {
            ClusterOptions options = request.settings().cluster(broker == null ? null : broker.bootstrapServers());
            checkTopic(options);
            try (Cluster cluster = Cluster.connect(options)) {
                return produce(cluster, input, broker);
            }
        }
    }

    private void tellPassedOver() {
        List<String> names = request.settings().passedOver();
        if (!names.isEmpty()) {
            console.note("--config: " + String.join(", ", names) + " passed over: the command decides that");
        }
    }

    private void onInterrupt(ExitCode exit) {
        Transfer running = transfer.get();
        if (running == null) {
            System.exit(exit.code());
            return;
        }
        console.note("interrupted: sending what was read; interrupt again to end at once");
        running.interrupt(exit);
    }

    private EmbeddedBroker startBroker() {
        console.note("starting a real Kafka in this process, for this run only");
        EmbeddedBroker broker = EmbeddedBrokerLoader.start(System.getProperty(EmbeddedBrokerLoader.DIRECTORY_PROPERTY));
        try {
            broker.createTopic(request.topic(), EMBEDDED_PARTITIONS);
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw new TopicException("the embedded Kafka did not make topic " + request.topic() + ": " + e, e);
        }
    }

    private void checkTopic(ClusterOptions options) {
        Duration timeout = request.choices().connectTimeout();
        try (Cluster probe = Connection.probe(options, timeout)) {
            checkPartition(Connection.partitions(probe, request.topic(), timeout));
        }
    }

    private ExitCode produce(Cluster cluster, StoppableInput input, @Nullable EmbeddedBroker broker) {
        Path file = request.choices().rejects();
        try (Rejects rejects = file == null ? null : openRejects(file)) {
            Receipt receipt = transfer(cluster, input, new Outcomes(new Tally(), rejects), broker);
            return tell(receipt, rejects);
        }
    }

    private void checkPartition(List<Partition> partitions) {
        Integer partition = request.extras().partition();
        if (partition != null && partition >= partitions.size()) {
            throw new UsageException("--partition " + partition + ": topic " + request.topic() + " has "
                    + partitions.size() + (partitions.size() == 1 ? " partition" : " partitions")
                    + ", counted from 0");
        }
    }

    private static Rejects openRejects(Path file) {
        try {
            return Rejects.open(file);
        } catch (IOException e) {
            throw new UsageException(
                    "--rejects " + file + ": cannot be written: " + e); // the message alone is often just the name
        }
    }

    private Receipt transfer(
            Cluster cluster, StoppableInput input, Outcomes outcomes, @Nullable EmbeddedBroker broker) {
        Tally tally = outcomes.tally();
        ProducerOptions options =
                request.settings().producer().deliveryListener(outcomes).build();
        Producer<byte[], byte[]> producer = cluster.topic(request.topic()).producer(options);
        Ledger ledger = broker == null ? null : new Ledger(request.extras().headers());
        Outlet outlet = ledger == null
                ? Outlet.to(producer, request.extras())
                : Outlet.recorded(producer, request.extras(), ledger);
        Pump.Plan plan = new Pump.Plan(
                request.format(), options.maxRequestSize(), request.choices().rate());
        Transfer running = new Transfer(input, producer, plan, outlet, outcomes);
        transfer.set(running);
        long startNanos = System.nanoTime();
        String inputProblem;
        try (Progress progress = new Progress(console, input, InputFiles.totalBytes(request.files()), tally)) {
            inputProblem = running.run(progress::update);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        close(producer);
        Receipt.ReadBack readBack =
                broker == null || ledger == null ? null : ledger.compareWith(broker, request.topic());
        return new Receipt(
                request.topic(),
                tally.counts(options.requiredAcks() != 0),
                tally.partitions(),
                tally.failures(),
                new Receipt.Timing(elapsed, tally.wireBytes(), tally.latency()),
                new Receipt.Ending(running.interruptedBy(), inputProblem, readBack));
    }

    private static void close(Producer<byte[], byte[]> producer) {
        try {
            producer.close();
        } catch (UndeliveredException e) {
            // Each of them was told to the listener, and is in the receipt.
            return;
        }
    }

    private ExitCode tell(Receipt receipt, @Nullable Rejects rejects) {
        ExitCode exit = receipt.exitCode(request.choices().sentIsEnough());
        String text = request.choices().json() ? ReceiptJson.of(receipt, exit) : ReceiptText.of(receipt);
        if (!console.result(text)) {
            console.problem("standard output cannot be written; the receipt is:");
            console.err().println(text);
        }
        Receipt.Ending ending = receipt.ending();
        if (ending.inputProblem() != null) {
            console.problem(ending.inputProblem());
        }
        if (ending.readBack() != null) {
            tellReadBack(ending.readBack());
        }
        if (!receipt.counts().acknowledging() && !request.choices().sentIsEnough()) {
            console.problem("acks 0: no message was acknowledged; --unacknowledged-ok makes that good enough");
        }
        if (rejects != null) {
            tellRejects(rejects, receipt);
        }
        return exit;
    }

    private void tellReadBack(Receipt.ReadBack readBack) {
        if (readBack.result() == Receipt.ReadBack.Result.EQUAL) {
            console.note(readBack.text());
        } else {
            console.problem(readBack.text());
        }
    }

    private void tellRejects(Rejects rejects, Receipt receipt) {
        rejects.close();
        IOException problem = rejects.problem();
        long failed = receipt.counts().failed().messages()
                + receipt.counts().maybeWritten().messages();
        if (problem != null) {
            console.problem("not all of the " + failed + " failed messages are in "
                    + request.choices().rejects() + ": " + problem.getMessage());
        } else if (failed > 0) {
            console.note(failed + " failed messages are in " + request.choices().rejects());
        }
    }
}
