package dev.tubepost.bench.load;

import dev.tubepost.bench.server.AckServerProcess;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code LoadLoop [--name value ...]} (see {@link ClientOptions}): rounds of messages, as fast as the client takes them, and what each round cost
 * this process. Without {@code --bootstrap}, an acknowledge-only server is started for it, which must have counted exactly the messages sent.
 *
 * <p>The process fails if a message does; else its last line is {@code RESULT} and what was measured.
 */
public final class LoadLoop {

    private LoadLoop() {}

    public static void main(String[] args) throws Exception {
        run(ClientOptions.parse(ClientOptions.Task.LOAD, List.of(args)), System.out);
    }

    static void run(ClientOptions options, PrintStream out) throws Exception {
        if (!options.bootstrap().isEmpty()) {
            load(options, options.bootstrap(), out).print(out);
            return;
        }
        try (AckServerProcess server =
                AckServerProcess.start(options.brokers(), options.partitions(), options.verify())) {
            LoadReport report = load(options, server.bootstrapServers(), out);
            Map<String, Long> served = server.stop();
            check(report.sent(), served);
            report.print(out);
            out.println("server " + served);
        }
    }

    private static LoadReport load(ClientOptions options, String bootstrapServers, PrintStream out) throws Exception {
        List<Cost> rounds = new ArrayList<>();
        Memory memory;
        long sent;
        try (LoadClient client = LoadClient.open(options, bootstrapServers);
                var callers = new Callers(
                        client, Values.of(options), options.callers(), options.messages() / options.callers())) {
            out.println("SETTINGS " + Json.line(client.settings()));
            var warmUp = new WarmUp(options.warmUp(), options.bytesOf(options.messages()));
            while (warmUp.goesOn()) {
                callers.round();
            }
            sent = (long) options.messages() * (warmUp.rounds() + options.rounds());
            for (int round = 0; round < options.rounds(); round++) {
                rounds.add(callers.round());
            }
            memory = Memory.read();
            if (client.failures() > 0) {
                throw new IllegalStateException(client.failures() + " messages failed");
            }
        }
        return new LoadReport(options, rounds, memory, sent);
    }

    /** The server, which had nobody else, must have counted as many messages, and refused none. */
    static void check(long sent, Map<String, Long> served) {
        Long records = served.get("records");
        Long refused = served.get("refused");
        if (records == null || records != sent || refused == null || refused != 0) {
            throw new IllegalStateException(sent + " messages were sent, but the server says " + served);
        }
    }
}
