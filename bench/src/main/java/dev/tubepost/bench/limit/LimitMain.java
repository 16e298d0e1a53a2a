package dev.tubepost.bench.limit;

import dev.tubepost.bench.load.Json;
import dev.tubepost.bench.load.Median;
import dev.tubepost.bench.load.WarmUp;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * {@code LimitMain --bootstrap HOST:PORT [--name value ...]} (see {@link LimitOptions}): rounds of messages at the limit, and what each message
 * cost. It prints {@code SETTINGS} and at the end {@code RESULT}, each with one line of JSON, and exits with 0 only if nothing failed.
 */
public final class LimitMain {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private LimitMain() {}

    public static void main(String[] args) throws IOException {
        int status = run(List.of(args), System.out, System.err);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Gives the exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream errors) throws IOException {
        LimitOptions options;
        try {
            options = LimitOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage());
            return USAGE;
        }
        List<RoundCost> rounds = new ArrayList<>();
        try (LimitClient client = LimitClient.open(options)) {
            out.println("SETTINGS " + Json.line(client.settings()));
            var warmUp = new WarmUp(options.warmUp(), client.messagesInRound() * options.size());
            while (warmUp.goesOn()) {
                client.round();
            }
            for (int round = 0; round < options.rounds(); round++) {
                rounds.add(RoundCost.of(client::round));
            }
            out.println("RESULT " + Json.line(result(client, rounds)));
            if (client.failed() > 0) {
                errors.println(client.refusal());
                return FAILED;
            }
            return 0;
        }
    }

    private static Map<String, Object> result(LimitClient client, List<RoundCost> rounds) {
        double messages = client.messagesInRound();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("messages_per_second", median(rounds, round -> messages * 1e9 / round.wallNanos()));
        result.put("cpu_ns_per_message", median(rounds, round -> round.processNanos() / messages));
        result.put("caller_ns_per_message", median(rounds, round -> round.threadNanos() / messages));
        result.put("acknowledged", client.acknowledged());
        result.put("failed", client.failed());
        return result;
    }

    private static double median(List<RoundCost> rounds, ToDoubleFunction<RoundCost> of) {
        return Median.of(rounds.stream().mapToDouble(of));
    }
}
