package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.OptionTable;
import dev.tubepost.partition.HashingPartitioner;
import dev.tubepost.partition.Murmur2Partitioner;
import dev.tubepost.partition.RandomPartitioner;
import dev.tubepost.partition.StickyPartitioner;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientConfigTest {

    /** The specification's constructor, with its defaults as text; cluster and topic are not options. */
    private static final Map<String, String> SPECIFICATION = specification();

    private static Map<String, String> specification() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("partitioner", "random");
        defaults.put("compression", "0");
        defaults.put("max_retries", "3");
        defaults.put("retry_backoff_ms", "100");
        defaults.put("required_acks", "1");
        defaults.put("ack_timeout_ms", "10000");
        defaults.put("max_queued_messages", "100000");
        defaults.put("min_queued_messages", "70000");
        defaults.put("linger_ms", "5000");
        defaults.put("block_on_queue_full", "True");
        defaults.put("max_request_size", "1000012");
        defaults.put("sync", "False");
        defaults.put("delivery_reports", "False");
        defaults.put("pending_timeout_ms", "5000");
        defaults.put("auto_start", "True");
        defaults.put("serializer", "None");
        return defaults;
    }

    @Test
    void knowsEveryOptionOfTheSpecificationAndItsDefaultIsOurs() {
        assertThat(ClientConfig.from(SPECIFICATION).producerOptions()).hasToString("ProducerOptions{}");
    }

    @Test
    void nothingGivenIsTheDefaults() {
        assertThat(ClientConfig.from(Map.of()).producerOptions()).hasToString("ProducerOptions{}");
    }

    @Test
    void understandsTheSpecificationsNames() {
        ProducerOptions options = ClientConfig.from(Map.of(
                        "partitioner", "HashingPartitioner",
                        "compression", 3,
                        "max_retries", 7,
                        "required_acks", -1,
                        "linger_ms", 250,
                        "min_queued_messages", 10,
                        "sync", true,
                        "pending_timeout_ms", -1))
                .producerOptions();

        assertThat(options)
                .hasToString("ProducerOptions{partitioner=hashing, compression=lz4, maxRetries=7, requiredAcks=-1,"
                        + " minQueuedMessages=10, linger=250 ms, sync=true, pendingTimeout=for ever}");
    }

    @Test
    void understandsTheNamesOfKafkaClients() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "a:9092,b:9092");
        properties.put("client.id", "mine");
        properties.put("acks", "all");
        properties.put("linger.ms", 5);
        properties.put("batch.size", "16384");
        properties.put("retries", Integer.MAX_VALUE);
        properties.put("delivery.timeout.ms", "60000");
        properties.put("request.timeout.ms", "20000");
        properties.put("max.block.ms", Long.MAX_VALUE);
        properties.put("buffer.memory", "67108864");
        properties.put("compression.type", "zstd");
        properties.put("compression.zstd.level", "9");
        properties.put("partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner");
        properties.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        properties.put("value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        properties.put("security.protocol", "PLAINTEXT");
        properties.put("enable.idempotence", false);
        properties.put("metadata.max.age.ms", "1000");

        ClientConfig config = ClientConfig.from(properties);

        assertThat(config.producerOptions())
                .hasToString("ProducerOptions{compression=zstd:9, maxRetries=2147483647, requiredAcks=-1, linger=5 ms,"
                        + " blockTimeout=292 years, deliveryTimeout=1 min, batchBytes=16384, bufferMemory=67108864}");
        assertThat(config.clusterOptions())
                .hasToString("ClusterOptions{bootstrapServers=a:9092,b:9092, clientId=mine, requestTimeout=20 s,"
                        + " metadataMaxAge=1 s}");
    }

    @Test
    void understandsItsOwnNames() throws UnknownHostException {
        ClientConfig config = ClientConfig.from(Map.of(
                "bootstrapServers", List.of("a:1", "b:2"),
                "linger", Duration.ofMillis(20),
                "deliveryTimeout", "90 s",
                "retryBackoff", "1 min",
                "sourceAddress", "127.0.0.1:0"));

        assertThat(config.producerOptions())
                .hasToString(
                        "ProducerOptions{retryBackoff=1 min, retryBackoffMax=1 min, linger=20 ms, deliveryTimeout=90 s}");
        assertThat(config.clusterOptions().bootstrapServers()).hasSize(2);
        assertThat(config.clusterOptions().sourceAddress())
                .isEqualTo(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    }

    @Test
    void everyOptionThatTextCanGiveHasANameHereAndEveryNameASetter() {
        Set<String> setters = new HashSet<>();
        for (Class<?> builder : List.of(ProducerOptions.Builder.class, ClusterOptions.Builder.class)) {
            Arrays.stream(builder.getDeclaredMethods())
                    .filter(method -> method.getReturnType() == builder)
                    .map(Method::getName)
                    .forEach(setters::add);
        }
        setters.removeAll(
                Set.of("partitionerFactory", "deliveryListener", "reportExecutor", "threadFactory", "tls", "sasl"));
        setters.addAll(Set.of("compression.gzip.level", "compression.lz4.level", "compression.zstd.level"));

        assertThat(OptionTable.ALL).extracting(ConfigKey::name).containsExactlyInAnyOrderElementsOf(setters);
    }

    @Test
    void everyValueThatIsGivenReachesItsOption() {
        for (ConfigKey<?> key : OptionTable.ALL) {
            if (!key.name().startsWith("compression.") && !key.name().equals("bootstrapServers")) {
                ClientConfig config = ClientConfig.from(Map.of("bootstrapServers", "a:1", key.name(), unusual(key)));
                assertThat(config.producerOptions() + " " + config.clusterOptions())
                        .contains(key.name() + "=");
            }
        }
    }

    private static String unusual(ConfigKey<?> key) {
        return switch (key.name()) {
            case "partitioner" -> "sticky";
            case "compression" -> "gzip";
            case "requiredAcks" -> "-1";
            case "maxInFlightRequests" -> "2";
            case "clientId" -> "mine";
            case "sourceAddress" -> "[::1]:0";
            case "blockOnQueueFull", "autoStart", "allowAutoTopicCreation" -> "false";
            case "sync", "deliveryReports", "idempotent", "allowCredentialsInPlaintext" -> "true";
            case "connectionSetupTimeoutMax", "deliveryTimeout" -> "43210";
            case "ioThreads" -> "77";
            default -> "78901";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lingr.ms | 5 | lingr.ms: there is no such option; did you mean linger.ms?",
                "max_queued_mesages | 5 | max_queued_mesages: there is no such option; did you mean max_queued_messages?",
                "pasword | hush | pasword: there is no such option",
                "linger.ms | abc | linger.ms = abc: must be a number of milliseconds, or a number with ns, us, ms, s, min, h or d",
                "linger_ms | -3 | linger_ms = -3 ms: must be 0 or more",
                "linger.ms | '' | linger.ms = (empty): must be a number of milliseconds, or a number with",
                "retries | 1.5 | retries = 1.5: must be a whole number",
                "retries | 99999999999 | retries = 99999999999: must be a whole number of at most 2147483647",
                "sync | yes | sync = yes: must be true or false",
                "acks | most | acks = most: must be 0, 1, or -1 (also called all)",
                "acks | 2 | acks = 2: must be 0 (nobody), 1 (the leader) or -1",
                "compression.type | brotli | compression.type = brotli: must be none, gzip, snappy, lz4 or zstd",
                "compression | gzip:10 | compression = gzip:10: gzip level 10: must be 1 to 9 or -1",
                "compression | snappy:1 | compression = snappy:1: snappy has no levels",
                "batch.size | 0 | batch.size = 0: must be 1 or more",
                "partitioner.class | com.example.Mine | partitioner.class = com.example.Mine: must be random, hashing, murmur2 or sticky; classes are never loaded",
                "source_address | localhost:0 | source_address = localhost:0: must be an IP address of this host",
                "bootstrap.servers | a | bootstrap.servers = \"a\": must have a port, as in a:9092",
                "client.id | ${file:/etc/passwd} | client.id = ${file:/etc/passwd}: placeholders are never expanded",
                "config.providers | file | config.providers = file: classes are never loaded by name, and placeholders never expanded",
                "enable.idempotence | maybe | enable.idempotence = maybe: must be true or false",
                "transactional.id | t | transactional.id = t: is not supported yet",
                "interceptor.classes | a.B | interceptor.classes = a.B: classes are never loaded by name; outcomes reach",
                "key.serializer | com.example.Mine | key.serializer = com.example.Mine: is given in code: pass a Serializer",
                "topic | t | topic = t: is given in code: Cluster.topic(name)",
            })
    void saysWhatIsWrongByTheNameThatWasGiven(String name, String value, String problem) {
        InvalidOptionsException thrown =
                catchThrowableOfType(InvalidOptionsException.class, () -> ClientConfig.from(Map.of(name, value)));

        assertThat(thrown.problems()).singleElement().asString().startsWith(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "ssl_config",
                "config.providers.vault.param.token",
                "sasl_password"
            })
    void neverRepeatsWhatMayBeASecret(String name) {
        InvalidOptionsException thrown =
                catchThrowableOfType(InvalidOptionsException.class, () -> ClientConfig.from(Map.of(name, "canary")));

        assertThat(thrown).hasMessageContaining(name).hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "transactional.id,''",
        "interceptor.classes,''",
        "transaction.timeout.ms,1",
        "metrics.num.samples,2",
        "metric.reporters,org.apache.kafka.common.metrics.JmxReporter",
        "client.dns.lookup,use_all_dns_ips",
        "partitioner.ignore.keys,false",
        "zookeeper_hosts,None",
        "broker_version,0.9.0",
        "sasl.jaas.config,''"
    })
    void passesOverWhatAsksForNothing(String name, String value) {
        assertThat(ClientConfig.from(Map.of(name, value)).producerOptions()).hasToString("ProducerOptions{}");
    }

    @Test
    void refusesTwoNamesOfOneOptionThatDisagree() {
        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class, () -> ClientConfig.from(Map.of("linger_ms", "5", "linger.ms", "6")));

        assertThat(thrown.problems())
                .containsExactly("linger_ms = 5: contradicts linger.ms = 6, which is another name of the same option;"
                        + " give one of them");
        assertThat(ClientConfig.from(Map.of("linger_ms", "5", "linger", "5 ms"))
                        .producerOptions()
                        .linger())
                .isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void refusesACompressionLevelThatDisagreesWithTheOtherOne() {
        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> ClientConfig.from(Map.of("compression", "zstd:3", "compression.zstd.level", "4")));

        assertThat(thrown.problems())
                .containsExactly("compression = zstd:3: contradicts compression.zstd.level = 4; give one of them");
    }

    @Test
    void theLevelOfAnotherCodecHasNoEffect() {
        ProducerOptions options = ClientConfig.from(Map.of("compression.type", "lz4", "compression.gzip.level", "3"))
                .producerOptions();

        assertThat(options.compression()).isEqualTo(Compression.lz4());
    }

    @Test
    void theLz4LevelThatMeansFastInKafkaClientsMeansFast() {
        Map<String, String> kafkasDefault = Map.of("compression.type", "lz4", "compression.lz4.level", "9");

        assertThat(ClientConfig.from(kafkasDefault).producerOptions().compression())
                .isEqualTo(Compression.lz4());
    }

    @Test
    void leavesTimeForOneRequestWhereBothTimeoutsAreGiven() {
        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> ClientConfig.from(
                        Map.of("delivery.timeout.ms", "10000", "request.timeout.ms", "9999", "linger.ms", "2")));

        assertThat(thrown.problems())
                .containsExactly(
                        "delivery.timeout.ms = 10 s: must be at least linger.ms + request.timeout.ms = 10001 ms");
    }

    @Test
    void saysAllProblemsAtOnceTheProducersAndTheClusters() {
        InvalidOptionsException thrown = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> ClientConfig.from(Map.of(
                        "bootstrap.servers", "a",
                        "io.threads", "1",
                        "retries", "x",
                        "acks", "3",
                        "ioThreads", "0",
                        "sasl.mechanism", "PLAIN")));

        assertThat(thrown.problems()).hasSize(6);
    }

    @Test
    void optionsWithoutAClusterNeedNoBootstrapServers() {
        ClientConfig config = ClientConfig.from(Map.of("linger", "1 s"));
        InvalidOptionsException thrown = catchThrowableOfType(InvalidOptionsException.class, config::clusterOptions);

        assertThat(config.producerOptions().linger()).isEqualTo(Duration.ofSeconds(1));
        assertThat(thrown).hasMessageContaining("bootstrapServers").hasMessageContaining("as in localhost:9092");
    }

    @Test
    void readsOnTopOfAPreset() {
        ProducerOptions options = ClientConfig.from(Map.of("max_retries", "2"), ProducerOptions.durable())
                .producerOptions();

        assertThat(options)
                .hasToString(
                        "ProducerOptions{maxRetries=2, requiredAcks=-1, idempotent=true, linger=5 ms, pendingTimeout=2 min}");
    }

    @Test
    void readsWhatPropertiesHaveAsDefaults() {
        Properties defaults = new Properties();
        defaults.setProperty("retries", "8");
        defaults.setProperty("acks", "0");
        Properties properties = new Properties(defaults);
        properties.setProperty("acks", "all");

        ProducerOptions options = ClientConfig.from(properties).producerOptions();

        assertThat(options).hasToString("ProducerOptions{maxRetries=8, requiredAcks=-1}");
    }

    @Test
    void readsPropertiesOnTopOfAPreset() {
        Properties properties = new Properties();
        properties.setProperty("retries", "8");

        ProducerOptions options =
                ClientConfig.from(properties, ProducerOptions.durable()).producerOptions();

        assertThat(options.maxRetries()).isEqualTo(8);
        assertThat(options.idempotent()).isTrue(); // as the preset has it
    }

    @Test
    void aNullIsAsIfLeftOut() {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("partitioner.class", null);

        assertThat(ClientConfig.from(options).producerOptions()).hasToString("ProducerOptions{}");
    }

    @Test
    void aClassStandsForItsName() {
        ClientConfig config = ClientConfig.from(Map.of("partitioner.class", HashingPartitioner.class));

        assertThat(config.producerOptions().newPartitioner()).isInstanceOf(HashingPartitioner.class);
    }

    @Test
    void aNamedPartitionerIsMadeAnewForEachProducer() {
        Map<String, Class<?>> named = Map.of(
                "random", RandomPartitioner.class,
                "roundrobin", RandomPartitioner.class,
                "hashing", HashingPartitioner.class,
                "murmur2", Murmur2Partitioner.class,
                "sticky", StickyPartitioner.class);
        named.forEach((name, type) -> {
            ProducerOptions options =
                    ClientConfig.from(Map.of("partitioner", name)).producerOptions();
            assertThat(options.newPartitioner()).isExactlyInstanceOf(type).isNotSameAs(options.newPartitioner());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1500, PT1.5S",
        "7 ms, PT0.007S",
        "250us, PT0.00025S",
        "10 s, PT10S",
        "3 min, PT3M",
        "2h, PT2H",
        "1 d, PT24H",
        "PT4S, PT4S"
    })
    void readsDurationsWithAUnitOrWithout(String text, Duration duration) {
        assertThat(ClientConfig.from(Map.of("blockTimeout", text))
                        .producerOptions()
                        .blockTimeout())
                .isEqualTo(duration);
    }

    @Test
    void readsDurationsOfOthersAsItsOwn() {
        assertThat(ClientConfig.duration(" 20 ")).isEqualTo(Duration.ofMillis(20));
        assertThat(ClientConfig.duration("2min")).isEqualTo(Duration.ofMinutes(2));
        assertThat(ClientConfig.duration("999999999999d")).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        for (String none : List.of("", "soon", "-1", "-PT1S")) {
            assertThatThrownBy(() -> ClientConfig.duration(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("must ");
        }
    }

    @Test
    void listsTheNamesItKnows() {
        assertThat(ClientConfig.knownNames())
                .contains("linger", "linger_ms", "linger.ms", "hosts", "bootstrap.servers", "compression.lz4.level")
                .contains("sasl.mechanism", "saslMechanism", "sslKeyPassword", "sasl.username")
                .doesNotContain("transactional.id");
    }
}
