package dev.tubepost.bench.load;

import dev.tubepost.bench.server.AckServerProcess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * {@code LoadLoop [--name value ...]} (see {@link LoadOptions}): rounds of messages to an acknowledge-only server in another process, and
 * what each round cost this one.
 *
 * <p>The last line is {@code RESULT name=value ...}, for scripts. The process fails unless the server counted exactly the messages sent.
 */
public final class LoadLoop {

    /** How many different values are sent, in turn; a power of two. */
    private static final int VALUES = 1024;

    private LoadLoop() {}

    public static void main(String[] args) throws Exception {
        run(LoadOptions.parse(List.of(args)), System.out);
    }

    static void run(LoadOptions options, PrintStream out) throws Exception {
        out.println(options);
        List<Cost> rounds = new ArrayList<>();
        Map<String, Long> served;
        Memory memory;
        try (AckServerProcess server =
                AckServerProcess.start(options.brokers(), options.partitions(), options.verify())) {
            try (LoadClient client = LoadClient.open(options, server.bootstrapServers());
                    var callers = new Callers(
                            client,
                            values(options.size()),
                            options.callers(),
                            options.messages() / options.callers())) {
                for (int round = 0; round < options.warmUps(); round++) {
                    callers.round();
                }
                for (int round = 0; round < options.rounds(); round++) {
                    rounds.add(callers.round());
                }
                memory = Memory.read();
                if (client.failures() > 0) {
                    throw new IllegalStateException(client.failures() + " messages failed");
                }
            }
            served = server.stop();
        }
        check(options, served);
        new LoadReport(options, rounds, memory, served).print(out);
    }

    private static void check(LoadOptions options, Map<String, Long> served) {
        Long records = served.get("records");
        Long refused = served.get("refused");
        if (records == null || records != options.messagesInAllRounds() || refused == null || refused != 0) {
            throw new IllegalStateException(
                    options.messagesInAllRounds() + " messages were sent, but the server says " + served);
        }
    }

    /** Seeded lines that compress about as JSON does. */
    private static byte[][] values(int size) {
        Random random = new Random(1);
        byte[][] values = new byte[VALUES][];
        for (int i = 0; i < VALUES; i++) {
            StringBuilder text = new StringBuilder(size + 64);
            while (text.length() < size) {
                text.append("{\"id\":").append(random.nextInt(1_000_000)).append(",\"user\":\"u");
                text.append(random.nextInt(5000))
                        .append("\",\"amount\":")
                        .append(random.nextInt(10_000))
                        .append('}');
            }
            values[i] = text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
        }
        return values;
    }
}
