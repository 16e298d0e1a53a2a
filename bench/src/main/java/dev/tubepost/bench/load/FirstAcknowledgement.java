package dev.tubepost.bench.load;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code FirstAcknowledgement [--name value ...]} (see {@link ClientOptions}): a process that sends one message and says when it was acknowledged, and
 * what CPU the process had had by then. Who started it takes the time, from before the JVM was there.
 */
public final class FirstAcknowledgement {

    private FirstAcknowledgement() {}

    public static void main(String[] args) {
        ClientOptions options = ClientOptions.parse(ClientOptions.Task.START, List.of(args));
        byte[] value = Values.lines(1, options.size())[0];
        try (LoadClient client = LoadClient.open(options, options.bootstrap())) {
            Object handle = client.send(value);
            client.flush();
            System.out.println("ACKNOWLEDGED " + (handle != null));
            long cpu = ProcessCpu.sinceStart(); // before anything else is loaded
            System.out.println("SETTINGS " + Json.line(client.settings()));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("cpu_ns_per_message", cpu);
            result.put(
                    "classes_loaded", ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
            result.put("acknowledged", 1 - client.failures());
            result.put("failed", client.failures());
            System.out.println("RESULT " + Json.line(result));
        }
    }
}
