package dev.tubepost.cli;

import dev.tubepost.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tubepost produce}: only its options; {@link ProduceRun} does it. <em>Confined to the main thread.</em> */
@Command(
        name = "produce",
        description = {
            "Sends each line of the files, or of standard input, as a message.",
            "",
            "Lines end with \\n, which is not sent; everything else is, byte by byte, a \\r too. The last line needs no end, and"
                    + " an empty line is an empty message. Exit code 0 means that every message was acknowledged; the receipt on"
                    + " standard output says where they are.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  tubepost produce -t events -b localhost:9092 events.txt",
            "  tubepost produce -t events --embedded events.txt",
            "  cut -f1,2 users.tsv | tubepost produce -t users -b kafka:9092 \\",
            "      --key-delimiter '\\t' --compression zstd --rejects failed.jsonl",
            "  TUBEPOST_SASL_PASSWORD=... tubepost produce -t events -b kafka:9093 \\",
            "      -X security.protocol=SASL_SSL -X sasl.mechanism=SCRAM-SHA-512 \\",
            "      -X saslUsername=alice events.txt",
            "",
            "Exit codes:",
            "  0    every message was acknowledged",
            "  2    wrong usage, no Java, or a failed build; nothing was sent",
            "  3    some messages failed, the input could not be read to its end,",
            "       --embedded read back something else, or an unexpected failure",
            "  4    no message was acknowledged",
            "  6    no server completed a handshake in time, or --embedded could not start",
            "       one; nothing was sent",
            "  130  interrupted by Ctrl-C: what was read until then was sent; a second",
            "       Ctrl-C ends it at once",
            "  143  the same by SIGTERM",
            "",
            "Options count in this order: the command line's own, -X, KAFKA_BOOTSTRAP_SERVERS,"
                    + " --config. Where none of them says otherwise: acknowledged by all in-sync"
                    + " replicas, linger 5 ms.",
            "",
            DurationText.FORMS,
            "",
            ConnectionOptions.SECRETS
        })
final class ProduceCommand implements Callable<Integer> {

    @Option(
            names = {"-t", "--topic"},
            required = true,
            paramLabel = "TOPIC",
            description = "Where to.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String topic;

    @Option(
            names = "--embedded",
            description =
                    "Starts a real Kafka inside this process, and reads everything back with Kafka's own consumer.")
    private boolean embedded;

    @Option(
            names = "--key-delimiter",
            paramLabel = "TEXT",
            description = "A line is a key, this text, and a value. \\t is a tab. A line without it has no key.")
    private @Nullable String keyDelimiter;

    @Option(
            names = "--null-marker",
            paramLabel = "TEXT",
            description = "A key or value that is this text is null; a null value is a tombstone.")
    private @Nullable String nullMarker;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "k=v",
            description = "A header for every message. May be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "N",
            description = "All messages go to this partition, counted from 0.")
    private @Nullable Integer partition;

    @Option(
            names = "--partitioner",
            paramLabel = "NAME",
            description =
                    "How partitions are chosen: random (in turn), hashing (by the key), murmur2 (by the key, as the"
                            + " Java client does; the default with --key-delimiter), or sticky.")
    private @Nullable String partitioner;

    @Option(
            names = {"-z", "--compression"},
            paramLabel = "CODEC",
            description = "none, gzip, snappy, lz4 or zstd; with a level as zstd:3.")
    private @Nullable String compression;

    @Option(
            names = "--acks",
            paramLabel = "N",
            description =
                    "Who must have a message: all (default), 1 (the leader), or 0 (nobody: sent, and never acknowledged).")
    private @Nullable String acks;

    @Option(names = "--unacknowledged-ok", description = "With --acks 0, exit code 0 if every message was sent.")
    private boolean unacknowledgedOk;

    @Option(
            names = "--linger",
            paramLabel = "TIME",
            description = "How long a message may wait for others to share its batch, as 5ms.")
    private @Nullable String linger;

    @Option(names = "--rate", paramLabel = "N", description = "At most this many messages a second; more than 0.")
    private @Nullable Double rate;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Each failed message with its error goes into this file, one JSON object on a line.")
    private @Nullable Path rejects;

    @Option(names = "--json", description = "The receipt as one JSON object on one line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connection;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "What to read; - or none: standard input.")
    private List<String> files = new ArrayList<>();

    private final Console console;

    ProduceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return new ProduceRun(request(), console.quiet(connection.quiet()))
                .run()
                .code();
    }

    private ProduceRun.Request request() {
        if (embedded && connection.bootstrapServers() != null) {
            throw new UsageException("--embedded and -b contradict each other: give one of them");
        }
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw new UsageException(
                    "--rate " + rate + ": must be a number more than 0; without --rate there is no limit");
        }
        if (partition != null && partition < 0) {
            throw new UsageException("--partition " + partition + ": must be 0 or more");
        }
        Settings settings = connection.settings(System.getenv());
        if (embedded) {
            settings = settings.inPlaintext();
        }
        if (!embedded && settings.bootstrapServers() == null) {
            throw new UsageException("no brokers given: use -b HOST:PORT or KAFKA_BOOTSTRAP_SERVERS;"
                    + " or --embedded, to try it with a Kafka inside this process");
        }
        return new ProduceRun.Request(
                topic(),
                files,
                embedded,
                settings.with(flags(), keyDelimiter != null),
                new LineFormat(delimiter(), nullMarker == null ? null : bytes(nullMarker)),
                new Outlet.Extras(
                        partition, headers.stream().map(ProduceCommand::header).toList()),
                new ProduceRun.Choices(
                        connection.connectTimeout(),
                        rate == null ? 0 : rate,
                        connection.config(),
                        rejects,
                        json,
                        unacknowledgedOk));
    }

    private String topic() {
        try {
            return Topic.checkedName(topic);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--topic " + e.getMessage());
        }
    }

    private Settings.Flags flags() {
        return new Settings.Flags(
                acks, compression, partitioner, linger == null ? null : DurationText.parse("--linger", linger));
    }

    private byte @Nullable [] delimiter() {
        if (keyDelimiter == null) {
            return null;
        }
        if (keyDelimiter.isEmpty()) {
            throw new UsageException("--key-delimiter must not be empty");
        }
        return bytes(keyDelimiter.replace("\\t", "\t"));
    }

    private static Outlet.Header header(String text) {
        int at = text.indexOf('=');
        if (at < 1) {
            throw new UsageException("--header " + text + ": must be name=value");
        }
        return new Outlet.Header(text.substring(0, at), bytes(text.substring(at + 1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
