package dev.tubepost.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tubepost.Cluster;
import dev.tubepost.Partition;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tubepost topics}: the partitions of all topics, and who leads them. <em>Confined to the main thread.</em> */
@Command(
        name = "topics",
        description = "Lists the partitions of all topics but Kafka's own, one on a line, with their leaders.",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  tubepost topics -b localhost:9092",
            "",
            "A partition without a leader has -1 there. Exit codes: 0, 2 wrong usage, no Java or a failed build, 3 the"
                    + " list could not be written or an unexpected failure, 6 no server answered in time.",
            "",
            DurationText.FORMS,
            "",
            ConnectionOptions.SECRETS
        })
final class TopicsCommand implements Callable<Integer> {

    private static final JsonFactory JSON = new JsonFactory();

    @Option(names = "--json", description = "The list as one JSON object on one line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connection;

    private final Console console;

    TopicsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = connection.settings(System.getenv());
        if (settings.bootstrapServers() == null) {
            throw new UsageException("no brokers given: use -b HOST:PORT or KAFKA_BOOTSTRAP_SERVERS");
        }
        Duration timeout = connection.connectTimeout();
        try (Cluster probe = Connection.probe(settings.cluster(null), timeout)) {
            List<Partition> partitions = Connection.get(probe.topics(), timeout);
            if (!console.result(json ? asJson(partitions) : asText(partitions))) {
                console.problem("the topics could not be written to standard output");
                return ExitCode.SOME_FAILED.code();
            }
            return ExitCode.OK.code();
        } catch (TimeoutException e) {
            throw new NotConnectedException("no broker listed its topics within " + timeout.toMillis() + " ms", e);
        } catch (CompletionException e) {
            throw new NotConnectedException(Connection.reason(e), e);
        }
    }

    static String asText(List<Partition> partitions) {
        int width = partitions.stream()
                .mapToInt(each -> each.topic().length())
                .max()
                .orElse(0);
        String form = "%-" + Math.max(width, "TOPIC".length()) + "s  %9s  %6s  %s";
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, form, "TOPIC", "PARTITION", "LEADER", "IN-SYNC/REPLICAS"));
        for (Partition each : partitions) {
            String replicas = each.isr().size() + "/" + each.replicas().size();
            text.append('\n')
                    .append(String.format(Locale.ROOT, form, each.topic(), each.id(), each.leader(), replicas));
        }
        return text.toString();
    }

    static String asJson(List<Partition> partitions) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeArrayFieldStart("partitions");
            for (Partition each : partitions) {
                out.writeStartObject();
                out.writeStringField("topic", each.topic());
                out.writeNumberField("partition", each.id());
                out.writeNumberField("leader", each.leader());
                writeIds(out, "replicas", each.replicas());
                writeIds(out, "in_sync", each.isr());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void writeIds(JsonGenerator out, String name, List<Integer> ids) throws IOException {
        out.writeArrayFieldStart(name);
        for (int id : ids) {
            out.writeNumber(id);
        }
        out.writeEndArray();
    }
}
