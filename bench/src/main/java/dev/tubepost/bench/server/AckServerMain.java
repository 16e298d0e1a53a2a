package dev.tubepost.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code AckServerMain [--port N] [--brokers N] [--partitions N] [--slow-ms N] [--tls KEYSTORE] [--verify]}: an {@link AckServer} as a process. It prints
 * {@code bootstrap=HOST:PORT}, serves until its standard input ends (so it ends with its parent), and prints its totals.
 */
public final class AckServerMain {

    private AckServerMain() {}

    public static void main(String[] args) throws IOException {
        List<String> arguments = Arrays.asList(args);
        int port = number(arguments, "--port", 0);
        int brokers = number(arguments, "--brokers", 1);
        int partitions = number(arguments, "--partitions", 1);
        int slowMillis = number(arguments, "--slow-ms", 0);
        boolean verify = arguments.contains("--verify");
        int tls = arguments.indexOf("--tls");
        Path keyStore = tls < 0 ? null : Path.of(arguments.get(tls + 1));
        try (AckServer server = AckServer.start(port, brokers, partitions, verify, slowMillis, keyStore)) {
            System.out.println("bootstrap=" + server.bootstrapServers());
            while (System.in.read() >= 0) {
                // Only the end matters.
            }
            System.out.println(server.totals().line());
        }
    }

    private static int number(List<String> arguments, String option, int otherwise) {
        int at = arguments.indexOf(option);
        return at < 0 ? otherwise : Integer.parseInt(arguments.get(at + 1));
    }
}
