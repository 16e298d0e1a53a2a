package dev.tubepost.testkit.sim;

import dev.tubepost.ClusterOptions;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.testkit.broker.Logins;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.env.SimEnv;
import dev.tubepost.testkit.fault.Casualties;
import dev.tubepost.testkit.fault.Decisions;
import dev.tubepost.testkit.fault.Mischief;
import dev.tubepost.testkit.fault.Swarm;
import dev.tubepost.testkit.net.SimNetwork;
import dev.tubepost.testkit.net.Weather;
import java.time.Duration;
import java.util.Collections;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Model brokers and a client, where nothing goes wrong but what a test does. */
final class QuietWorld {

    final SimEnv env = new SimEnv(1);
    final SimNetwork network;
    final Casualties casualties = new Casualties();
    final ModelCluster cluster;
    final ModelTopic topic;
    final ClusterClient client;

    QuietWorld(int brokers, int partitions) {
        this(VersionProfile.KAFKA_4_4, brokers, partitions);
    }

    QuietWorld(VersionProfile profile, int brokers, int partitions) {
        this(profile, brokers, partitions, Weather.random(new SplittableRandom(1), 1_000));
    }

    QuietWorld(VersionProfile profile, int brokers, int partitions, Weather weather) {
        this(profile, brokers, partitions, weather, null);
    }

    /** Brokers let in that one only, and our client has the password. */
    QuietWorld(int brokers, int partitions, Logins logins) {
        this(VersionProfile.KAFKA_4_4, brokers, partitions, Weather.random(new SplittableRandom(1), 1_000), logins);
    }

    private QuietWorld(VersionProfile profile, int brokers, int partitions, Weather weather, @Nullable Logins logins) {
        var random = new SplittableRandom(1);
        network = new SimNetwork(env.events(), weather);
        env.network(network);
        cluster = new ModelCluster(
                env.events(),
                network,
                new Mischief(env.events(), random, new Decisions(0, Swarm.none(), null), casualties),
                Collections.nCopies(brokers, profile));
        topic = cluster.addTopic("topic", partitions, 0);
        ClusterOptions.Builder options = ClusterOptions.builder(cluster.bootstrapServers());
        if (logins != null) {
            cluster.demand(logins);
            options.sasl(SaslOptions.plain(logins.user(), Secret.of(logins.password())))
                    .allowCredentialsInPlaintext(true)
                    .reconnectBackoffMax(Duration.ofMillis(300)); // ten times as long after refusals
        }
        client = ClusterClient.connect(options.build(), env);
    }

    /** Another cluster, which has all the names of this one from now on; connections break. */
    ModelCluster replace(VersionProfile profile, String id) {
        var random = new SplittableRandom(2);
        var other = new ModelCluster(
                id,
                env.events(),
                network,
                new Mischief(env.events(), random, new Decisions(0, Swarm.none(), null), casualties),
                Collections.nCopies(cluster.brokers().size(), profile));
        cluster.brokers().forEach(ModelBroker::cutAll);
        return other;
    }

    void runFor(long nanos) {
        env.runUntil(env.events().now() + nanos);
    }
}
