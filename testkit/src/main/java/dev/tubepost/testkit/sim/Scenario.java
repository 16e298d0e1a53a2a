package dev.tubepost.testkit.sim;

import dev.tubepost.Compression;
import dev.tubepost.testkit.broker.Logins;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.fault.Swarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a seed chooses before a run begins. <em>Immutable.</em>
 *
 * @param profiles the brokers' releases, one for each broker
 * @param topics how many topics
 * @param partitions how many partitions each topic has
 * @param lateTopicNanos when brokers begin to know the topics
 * @param callers how many threads produce
 * @param messages how many messages each caller produces
 * @param largest the size of the largest value, in bytes
 * @param swarm what may go wrong, and how often
 * @param chaosPauseNanos the time between two misfortunes, on average
 * @param healNanos when everything is well again
 * @param sharedSession whether the topics' producers share a session
 * @param ending how it is closed
 * @param producer the producer's options
 * @param threads whether each caller has a thread of its own, which can be held up in the midst of a call
 * @param logins as whom a client must introduce itself to each broker, or null if it need not
 * @param hurry whether one queued message is enough to be sent at once, and would else linger until its time is over
 */
public record Scenario(
        List<VersionProfile> profiles,
        int topics,
        int partitions,
        long lateTopicNanos,
        int callers,
        int messages,
        int largest,
        Swarm swarm,
        long chaosPauseNanos,
        long healNanos,
        boolean sharedSession,
        Ending ending,
        ProducerChoice producer,
        boolean threads,
        @Nullable Logins logins,
        boolean hurry) {

    private static final List<VersionProfile> RELEASES = List.of(VersionProfile.values());

    /** How a run ends. */
    public enum Ending {
        /** When everything has its outcome. */
        WHEN_DONE,
        /** As soon as all is well, with all the time that it takes. */
        WHEN_HEALED,
        /** In the midst of it, with little time. */
        IN_CHAOS
    }

    /**
     * The producer's options. <em>Immutable.</em>
     *
     * @param acks 0, 1 or -1
     * @param idempotent whether nothing may be written twice
     * @param firstSequence the first sequence number
     * @param inFlight how many requests at once for each broker
     * @param retries how many attempts may fail
     * @param queued how many messages may be queued for each broker
     * @param memory the bound of all buffers, in bytes
     */
    public record ProducerChoice(
            int acks,
            boolean idempotent,
            int firstSequence,
            int inFlight,
            int retries,
            int queued,
            long memory,
            int batchBytes,
            Compression compression,
            Duration linger,
            Duration backoff,
            Duration requestTimeout,
            Duration deliveryTimeout) {

        /** Less than a client waits for an answer: that the time is over is an answer, too. */
        Duration ackTimeout() {
            return requestTimeout.dividedBy(2);
        }

        private static ProducerChoice random(SplittableRandom random) {
            Duration request = Duration.ofMillis(300 + random.nextInt(2_700));
            int acks = List.of(-1, -1, -1, -1, 1, 1, 0).get(random.nextInt(7));
            return new ProducerChoice(
                    acks,
                    random.nextInt(4) != 0 && acks == -1,
                    random.nextInt(4) < 2 ? Integer.MAX_VALUE - random.nextInt(100) : 0,
                    1 + random.nextInt(5),
                    random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(5),
                    random.nextBoolean() ? 10_000 : 5 + random.nextInt(50),
                    random.nextBoolean() ? 32 << 20 : 1 << 17,
                    random.nextBoolean() ? 1 << 20 : 300 + random.nextInt(4_000),
                    random.nextInt(3) == 0 ? Compression.gzip() : Compression.none(),
                    Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(100)),
                    Duration.ofMillis(1 + random.nextInt(100)),
                    request,
                    random.nextBoolean() ? Duration.ofMinutes(2) : request.multipliedBy(1 + random.nextInt(5)));
        }
    }

    /** What this seed chooses. */
    static Scenario random(SplittableRandom random) {
        int brokers = 1 + random.nextInt(4);
        var profiles = new ArrayList<VersionProfile>();
        VersionProfile one = any(random);
        boolean mixed = random.nextInt(4) == 0;
        for (int i = 0; i < brokers; i++) {
            profiles.add(mixed ? any(random) : one);
        }
        int callers = 1 + random.nextInt(4);
        var scenario = new Scenario(
                List.copyOf(profiles),
                1 + random.nextInt(2),
                1 + random.nextInt(6),
                random.nextInt(3) == 0 ? TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)) : 0,
                callers,
                (44 + random.nextInt(80)) / callers,
                random.nextInt(5) == 0 ? 20_000 : 20 + random.nextInt(1_000),
                random.nextInt(20) == 0 ? Swarm.none() : Swarm.random(random),
                TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(2_000)),
                TimeUnit.MILLISECONDS.toNanos(1_000 + random.nextInt(12_000)),
                random.nextBoolean(),
                List.of(Ending.WHEN_DONE, Ending.WHEN_DONE, Ending.WHEN_HEALED, Ending.IN_CHAOS)
                        .get(random.nextInt(4)),
                ProducerChoice.random(random),
                random.nextInt(4) == 0,
                null,
                false);
        Scenario perhaps = random.nextInt(3) == 0 ? scenario.withLogins(random) : scenario;
        return random.nextInt(8) == 0 ? perhaps.with(perhaps.swarm, perhaps.logins, true) : perhaps;
    }

    private Scenario withLogins(SplittableRandom random) {
        long lifetimeMillis = random.nextInt(3) == 0 ? 0 : 200 + random.nextInt(3_000);
        Swarm other = random.nextBoolean() ? swarm.withLogins() : swarm;
        return with(other, new Logins("user", "password", lifetimeMillis), hurry);
    }

    private Scenario with(Swarm otherSwarm, @Nullable Logins otherLogins, boolean otherHurry) {
        return new Scenario(
                profiles,
                topics,
                partitions,
                lateTopicNanos,
                callers,
                messages,
                largest,
                otherSwarm,
                chaosPauseNanos,
                healNanos,
                sharedSession,
                ending,
                producer,
                threads,
                otherLogins,
                otherHurry);
    }

    private static VersionProfile any(SplittableRandom random) {
        return RELEASES.get(random.nextInt(RELEASES.size()));
    }

    /** How long a message may be without its outcome. */
    long longestNanos() {
        return producer.deliveryTimeout().toNanos();
    }

    /** How many queued messages are sent at once, whatever {@link #linger} says. */
    int enough() {
        return hurry ? 1 : producer.queued();
    }

    /** How long a message may wait for others. */
    Duration linger() {
        return hurry ? producer.deliveryTimeout().minusMillis(1) : producer.linger();
    }

    /** How many sessions there are. */
    int sessions() {
        return sharedSession ? 1 : topics;
    }

    /** Whether every broker takes messages by a topic's id, so that its next life is another topic (KIP-516). */
    boolean knowsTopicIds() {
        return profiles.stream().allMatch(VersionProfile.KAFKA_4_4::equals);
    }

    /** Where an idempotent producer begins to count; a broker before 2.5 refuses all but 0 of whom it does not know. */
    int firstSequence() {
        return profiles.contains(VersionProfile.KAFKA_2_1) ? 0 : producer.firstSequence();
    }

    /** Whether a delivery timeout leaves time for a leader to be found, whoever is asked first. */
    boolean isPatient() {
        return producer.deliveryTimeout().compareTo(Duration.ofSeconds(1)) >= 0;
    }

    /** From here on nothing of what went wrong can be felt any more: requests that were never answered have timed out. */
    long calmNanos() {
        return healNanos + 2 * producer.requestTimeout().toNanos() + TimeUnit.SECONDS.toNanos(5);
    }
}
