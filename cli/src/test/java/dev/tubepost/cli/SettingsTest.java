package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.ClusterOptions;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.partition.Murmur2Partitioner;
import dev.tubepost.partition.RandomPartitioner;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Settings.Flags NONE = new Settings.Flags(null, null, null, null);

    @TempDir
    private Path directory;

    @Test
    void withoutAnyOptionTheDurablePresetHolds() {
        ProducerOptions options = settings(Map.of(), Map.of(), null).producer().build();
        assertThat(options.requiredAcks()).isEqualTo(-1);
        assertThat(options.linger()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void aLingerOfTheCommandLineIsTakenExactly() {
        Settings settings = settings(Map.of("linger.ms", "2"), Map.of(), null)
                .with(new Settings.Flags(null, null, null, Duration.ofNanos(1_500_001)), false);
        assertThat(settings.producer().build().linger()).isEqualTo(Duration.ofNanos(1_500_001));
    }

    @Test
    void flagsOverrideExtrasAndExtrasOverrideTheFileWhateverTheNames() throws IOException {
        Path file = file("linger.ms=1\nacks=1\ncompression.type=gzip\n");
        Settings settings = settings(Map.of("linger_ms", "2", "requiredAcks", "0"), Map.of(), file)
                .with(new Settings.Flags("all", null, null, null), false);
        ProducerOptions options = settings.producer().build();
        assertThat(options.requiredAcks()).as("flag over -X over file").isEqualTo(-1);
        assertThat(options.linger()).as("-X over file").isEqualTo(Duration.ofMillis(2));
        assertThat(options.compression()).as("file").hasToString("gzip");
    }

    @Test
    void serversComeFromTheFlagThenExtrasThenTheEnvironmentThenTheFile() throws IOException {
        Path file = file("bootstrap.servers=file:1\n");
        Map<String, String> environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", "environment:1");
        Map<String, String> extras = Map.of("hosts", "extra:1");
        assertThat(Settings.read("flag:1", extras, environment, file).bootstrapServers())
                .isEqualTo("flag:1");
        assertThat(Settings.read(null, extras, environment, file).bootstrapServers())
                .isEqualTo("extra:1");
        assertThat(Settings.read(null, Map.of(), environment, file).bootstrapServers())
                .isEqualTo("environment:1");
        assertThat(Settings.read(null, Map.of(), Map.of(), file).bootstrapServers())
                .isEqualTo("file:1");
        assertThat(Settings.read(null, Map.of(), Map.of("KAFKA_BOOTSTRAP_SERVERS", " "), null)
                        .bootstrapServers())
                .isNull();
    }

    @Test
    void theServersOfAnEmbeddedKafkaOverrideAll() {
        Settings settings = settings(Map.of("bootstrap.servers", "elsewhere:1"), Map.of(), null);
        assertThat(settings.cluster("here:2").bootstrapServers().toString())
                .contains("here")
                .doesNotContain("elsewhere");
    }

    @Test
    void keysDecideThePartitionUnlessAPartitionerIsNamed() {
        assertThat(settings(Map.of(), Map.of(), null)
                        .with(NONE, true)
                        .producer()
                        .build()
                        .newPartitioner())
                .isInstanceOf(Murmur2Partitioner.class);
        assertThat(settings(Map.of("partitioner.class", "random"), Map.of(), null)
                        .with(NONE, true)
                        .producer()
                        .build()
                        .newPartitioner())
                .isInstanceOf(RandomPartitioner.class);
    }

    @Test
    void whatTheRunNeedsIsSet() {
        ProducerOptions options = settings(Map.of(), Map.of(), null).producer().build();
        assertThat(options.autoStart()).isTrue();
        assertThat(options.blockOnQueueFull()).isTrue();
        assertThat(options.sync()).isFalse();
        assertThat(options.deliveryReports()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync",
                "autoStart",
                "auto_start",
                "deliveryReports",
                "delivery_reports",
                "blockOnQueueFull",
                "block_on_queue_full",
                "blockTimeout",
                "max.block.ms"
            })
    void whatTheRunNeedsIsRefusedByAnyNameAndPassedOverInAFile(String name) throws IOException {
        Path file = file(name + "=1\nlinger.ms=7\n");
        Settings given = settings(Map.of(name, "1"), Map.of(), file);
        assertThatThrownBy(given::producer)
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(name + ": is not to be given by -X: the command decides it, and ");

        Settings filed = settings(Map.of(), Map.of(), file).with(NONE, true).inPlaintext();
        assertThat(filed.passedOver()).containsExactly(name);
        ProducerOptions options = filed.producer().build();
        assertThat(options.linger()).isEqualTo(Duration.ofMillis(7));
        assertThat(options.blockTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void allThatTheRunDecidesIsRefusedAtOnce() {
        Settings settings = settings(Map.of("max.block.ms", "1", "sync", "true"), Map.of(), null);
        assertThatThrownBy(settings::producer)
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("max.block.ms: ", "; sync: ");
    }

    @Test
    void unknownOptionsAreRefusedByTheNameThatWasGiven() {
        assertThatThrownBy(() ->
                        settings(Map.of("linger.msec", "2"), Map.of(), null).producer())
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("linger.msec")
                .hasMessageContaining("linger.ms");
        assertThatThrownBy(() ->
                        settings(Map.of("linger_ms", "soon"), Map.of(), null).producer())
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("linger_ms = soon");
    }

    @Test
    void aFileThatCannotBeReadIsAUsageError() {
        assertThatThrownBy(() -> settings(Map.of(), Map.of(), directory.resolve("gone")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void aFileOfAnotherClientSecuresTheConnections() throws IOException {
        Path file = file("""
                security.protocol=SASL_SSL
                ssl.truststore.location=/ca.pem
                ssl.truststore.type=PEM
                sasl.mechanism=SCRAM-SHA-512
                sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
                  username="alice" \\
                  password="canary";
                """);
        ClusterOptions options = settings(Map.of(), Map.of(), file).cluster(null);

        assertThat(options.tls()).hasToString("TlsOptions{trust=PemFile, key=none, protocols=[TLSv1.3, TLSv1.2]}");
        assertThat(options.sasl())
                .isInstanceOf(SaslOptions.Scram.class)
                .extracting(SaslOptions::mechanism)
                .isEqualTo("SCRAM-SHA-512");
        assertThat(options + " " + options.sasl()).doesNotContain("canary");
    }

    @Test
    void extrasOverrideTheFilesSecurityByAnyName() throws Exception {
        Path file = file("security.protocol=SSL\nsasl.password=theirs\n");
        Map<String, String> extras = Map.of(
                "securityProtocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.username", "alice",
                "saslPassword", "ours");

        SaslOptions sasl = settings(extras, Map.of(), file).cluster(null).sasl();

        var plain = (SaslOptions.Plain) Objects.requireNonNull(sasl);
        assertThat(plain.credentials().credentials()).isEqualTo(new Credentials("alice", Secret.of("ours")));
    }

    @Test
    void aKafkaOfOurOwnIsReachedInPlainTextWhateverTheFileSays() throws IOException {
        Path file = file("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nssl.keystore.location=/k.jks\n");
        Settings settings = settings(Map.of(), Map.of(), file).inPlaintext();

        assertThat(settings.cluster("here:2").tls()).isNull();
        assertThat(settings.producer().build().requiredAcks()).isEqualTo(-1);
    }

    private static Settings settings(Map<String, String> extras, Map<String, String> environment, @Nullable Path file) {
        return Settings.read("localhost:9092", extras, environment, file);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("config.properties"), content);
    }
}
