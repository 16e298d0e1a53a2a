package dev.tubepost.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a cluster. <em>Confined to the main thread.</em> */
final class ConnectionOptions {

    /** What help says about secrets. */
    static final String SECRETS =
            "A secret that is needed, and given neither by -X nor by --config, is taken from the environment: TUBEPOST_SASL_PASSWORD (with"
                    + " -X saslUsername=NAME), TUBEPOST_SASL_JAAS_CONFIG, TUBEPOST_SSL_TRUSTSTORE_PASSWORD,"
                    + " TUBEPOST_SSL_KEYSTORE_PASSWORD, TUBEPOST_SSL_KEYSTORE_KEY,"
                    + " TUBEPOST_SSL_KEYSTORE_CERTIFICATE_CHAIN, TUBEPOST_SSL_KEY_PASSWORD,"
                    + " TUBEPOST_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,"
                    + " TUBEPOST_SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE.";

    @Option(
            names = {"-b", "--bootstrap-server"},
            paramLabel = "HOST:PORT[,...]",
            description = "The brokers to ask first. Without it: KAFKA_BOOTSTRAP_SERVERS.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "-X",
            paramLabel = "option=value",
            mapFallbackValue = "",
            description = "An option of the library, by its own name or kafka-clients' name, as security.protocol=SSL;"
                    + " but what produce decides: sync, autoStart, deliveryReports, blockOnQueueFull,"
                    + " blockTimeout. May be repeated. Others see it in the list of processes: give secrets by --config or the"
                    + " environment.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with such options: TLS and SASL by kafka-clients' names, too. What produce"
                    + " decides is passed over there. -X and KAFKA_BOOTSTRAP_SERVERS count before it, and it counts before the secrets"
                    + " of the environment.")
    private @Nullable Path config;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            defaultValue = "20s",
            description = "How long the first server may take to answer (default: ${DEFAULT-VALUE}); 1ms or more.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String connectTimeout;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only errors on standard error.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    boolean quiet() {
        return quiet;
    }

    @Nullable
    String bootstrapServers() {
        return bootstrapServers;
    }

    @Nullable
    Path config() {
        return config;
    }

    Duration connectTimeout() {
        Duration timeout = DurationText.parse("--connect-timeout", connectTimeout);
        if (timeout.toMillis() == 0) {
            throw new UsageException("--connect-timeout " + connectTimeout + ": must be at least 1ms");
        }
        return timeout;
    }

    /** The settings that these options, the environment and the file make. */
    Settings settings(Map<String, String> environment) {
        return Settings.read(bootstrapServers, options, environment, config);
    }
}
