package dev.tubepost.testkit.sim;

import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.Topic;
import dev.tubepost.UndeliveredException;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.env.Knob;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.serialize.Serializer;
import dev.tubepost.testkit.broker.Logins;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.broker.Transition;
import dev.tubepost.testkit.env.SimEnv;
import dev.tubepost.testkit.env.Trace;
import dev.tubepost.testkit.fault.Casualties;
import dev.tubepost.testkit.fault.Chaos;
import dev.tubepost.testkit.fault.Decisions;
import dev.tubepost.testkit.fault.Injury;
import dev.tubepost.testkit.fault.Line;
import dev.tubepost.testkit.fault.Mischief;
import dev.tubepost.testkit.net.SimNetwork;
import dev.tubepost.testkit.net.Weather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: callers produce while things go wrong, then all is well, then the producer is closed, then everything is checked. <em>Confined to the
 * thread that runs it.</em>
 *
 * <pre>
 *   0 ---------------- chaos ---------------- heal ------ calm ------ all done ------ close ------ nothing left
 * </pre>
 */
public final class Simulation {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final long seed;
    private final SplittableRandom random;
    private final Scenario scenario;
    private final SimEnv env;
    private final SimNetwork network;
    private final Casualties casualties = new Casualties();
    private final Decisions decisions;
    private final Mischief mischief;
    private final ModelCluster cluster;
    private final Chaos chaos;
    private final UserCode userCode;
    private final Book book;
    private final ClusterClient client;
    private final List<Caller> callers = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    /** How many have not closed it yet. */
    private int closers;

    private long virtualNanos;

    private Simulation(Plan plan) {
        this.seed = plan.seed();
        random = new SplittableRandom(seed);
        scenario = Scenario.random(random.split());
        env = new SimEnv(random.nextLong(), new Trace(plan.trace()));
        decisions = new Decisions(seed, scenario.swarm(), plan.only());
        network = new SimNetwork(
                env.events(),
                Weather.random(random.split(), scenario.largest()),
                new Line(env.events(), decisions, casualties));
        casualties.tellTo(line -> env.trace().say(env.events().now(), line));
        env.network(network);
        env.turn(Knob.FIRST_SEQUENCE, scenario.firstSequence());
        mischief = new Mischief(env.events(), random.split(), decisions, casualties);
        cluster = new ModelCluster(env.events(), network, mischief, scenario.profiles());
        if (scenario.logins() != null) {
            cluster.demand(scenario.logins());
        }
        cluster.expectSessions(scenario.sessions());
        cluster.expectRetries(scenario.producer().retries());
        chaos = new Chaos(
                env.events(),
                random.split(),
                cluster,
                scenario.swarm(),
                decisions,
                casualties,
                scenario.chaosPauseNanos());
        chaos.wallClock(env::jump);
        mischief.onMuted(chaos::onMuted);
        userCode = new UserCode(env, decisions, casualties, scenario.sharedSession() || scenario.topics() == 1);
        book = new Book(env, scenario.longestNanos(), userCode);
        env.hazards(new ProcessTrouble(env.events(), decisions, casualties));
        client = ClusterClient.connect(clusterOptions(), env);
        book.watchMemory(client::bufferBytesInUse, mostBytes());
        client.watchLeaders(new LeaderEpochs(book));
    }

    /** Makes a run. The same seed makes the same run. */
    public static Outcome run(long seed) {
        return run(Plan.of(seed));
    }

    /** Makes a run, or a part of it. */
    public static Outcome run(Plan plan) {
        var simulation = new Simulation(plan);
        try {
            return simulation.run();
        } finally {
            simulation.env.dismissThreads();
        }
    }

    private Outcome run() {
        for (int i = 0; i < scenario.topics(); i++) {
            cluster.addTopic("topic" + i, scenario.partitions(), scenario.lateTopicNanos());
        }
        List<Producer<String, String>> producers = producers();
        for (int i = 0; i < scenario.callers(); i++) {
            callers.add(caller(i, producers));
        }
        userCode.callsBackAs(caller(scenario.callers(), producers));
        callers.forEach(Caller::start);
        chaos.start();
        env.events().after(scenario.healNanos(), this::heal);
        if (scenario.ending() == Scenario.Ending.IN_CHAOS) {
            closeAt(random.nextLong(scenario.healNanos()), Duration.ofMillis(random.nextInt(3_000)));
        } else if (scenario.ending() == Scenario.Ending.WHEN_HEALED) {
            closeAt(scenario.healNanos(), Duration.ofMinutes(10));
        } else {
            finish();
            closeAt(env.events().now(), Duration.ZERO);
        }
        awaitTheEnd();
        book.fetchReports();
        checkEnd();
        problems.addAll(new Oracle(scenario, book, allTopics(), this::isOffsetUntold).judge());
        return outcome();
    }

    private void heal() {
        chaos.heal();
        network.heal();
    }

    private Caller caller(int number, List<Producer<String, String>> producers) {
        return new Caller(env, random.split(), scenario, book, decisions, casualties, userCode, number, producers);
    }

    /** Nothing may be left to happen after the close; what is, must not go on for ever. */
    private void awaitTheEnd() {
        while (closers > 0 && env.events().now() < scenario.calmNanos() + 30 * MINUTE) {
            env.runUntil(env.events().now() + TimeUnit.SECONDS.toNanos(1));
        }
        virtualNanos = env.events().now();
        env.runUntil(virtualNanos + 30 * MINUTE);
    }

    /** Without any help from a stop, everything must have its outcome within its delivery timeout. */
    private void finish() {
        env.runUntil(scenario.calmNanos() + TimeUnit.SECONDS.toNanos(2));
        for (int i = 0; i < 600 && !callers.stream().allMatch(Caller::isDone); i++) {
            env.runUntil(env.events().now() + TimeUnit.SECONDS.toNanos(1));
        }
        expect(callers.stream().allMatch(Caller::isDone), "callers are stuck");
        env.runUntil(
                env.events().now() + scenario.producer().deliveryTimeout().toNanos() + TimeUnit.SECONDS.toNanos(3));
        for (Sent message : book.all()) {
            expect(message.handle == null || message.handle.isDone(), message + " has no outcome before the close");
        }
        List<CompletableFuture<Void>> room = callers.get(0).room(); // unused buffers may have to be taken back first
        env.runUntil(env.events().now() + TimeUnit.SECONDS.toNanos(1));
        expect(room.stream().allMatch(CompletableFuture::isDone), "there is no room, and nothing that waits");
    }

    /** Each session has its bound; while batches are split or rewritten, their bytes are there twice. */
    private long mostBytes() {
        return 2L * scenario.sessions() * scenario.producer().memory();
    }

    /** Somebody else may close it as well, a little later and with less time: both are through in time (F86). */
    private void closeAt(long atNanos, Duration timeout) {
        closeAt(atNanos, timeout, "closer");
        if (decisions.strikes(Injury.CLOSED_TWICE)) {
            SplittableRandom details = decisions.details();
            Duration shorter = Duration.ofNanos(details.nextLong(timeout.toNanos() / 4 + 1));
            closeAt(atNanos + details.nextLong(TimeUnit.SECONDS.toNanos(3)), shorter, "other closer");
        }
    }

    private void closeAt(long atNanos, Duration timeout, String who) {
        closers++;
        Mailbox closer = scenario.threads() ? env.callerThread(who) : env.caller(who);
        env.events().after(atNanos - env.events().now(), () -> closer.post(() -> close(closer, timeout)));
    }

    private void close(Mailbox closer, Duration timeout) {
        if (!env.mayWait()) {
            env.whenNobodyRuns(() -> closer.post(() -> close(closer, timeout)));
            return;
        }
        long begin = env.events().now();
        if (book.isClosing()) {
            casualties.mattered(Injury.CLOSED_TWICE);
        }
        book.closing();
        try {
            client.close(timeout);
        } catch (UndeliveredException e) {
            casualties.passed(Transition.CLOSED_OVER);
            env.trace().add("undelivered", e.notWritten());
        }
        closers--;
        long took = env.events().now() - begin;
        expect(took <= timeout.toNanos() + TimeUnit.SECONDS.toNanos(2), "close took " + Duration.ofNanos(took));
    }

    private void checkEnd() {
        expect(closers == 0, "close has not returned");
        expect(env.isClosed(), "the environment was not closed");
        expect(env.timers() == 0, env.timers() + " timers are left");
        expect(env.liveActors().isEmpty(), "actors are left: " + env.liveActors());
        expect(network.open() == 0, network.open() + " connections are left open");
        expect(client.bufferBytesInUse() == 0, client.bufferBytesInUse() + " bytes of buffers were not given back");
        env.faults().stream()
                .filter(fault -> !(fault.getCause() instanceof MishapError))
                .forEach(fault -> problems.add(stack(fault)));
        problems.addAll(cluster.violations());
        problems.addAll(network.violations());
    }

    private static String stack(Throwable thrown) {
        var text = new StringBuilder(thrown.toString());
        Throwable cause = thrown.getCause();
        if (cause != null) {
            for (int i = 0; i < Math.min(8, cause.getStackTrace().length); i++) {
                text.append("\n      at ").append(cause.getStackTrace()[i]);
            }
        }
        return text.toString();
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    private Outcome outcome() {
        long delivered = book.all().stream().filter(Sent::isDelivered).count();
        Set<String> hurt = book.all().stream()
                .filter(Simulation::wasHurt)
                .map(each -> each.value)
                .collect(Collectors.toSet());
        Map<Injury, Integer> happened = new EnumMap<>(Injury.class);
        Map<Injury, Integer> mattered = new EnumMap<>(Injury.class);
        for (Injury injury : Injury.values()) {
            happened.put(injury, casualties.count(injury));
            mattered.put(injury, casualties.mattered(injury, hurt::contains));
        }
        env.trace().add("end", env.events().now());
        book.all().forEach(this::noticeEnd);
        return new Outcome(
                seed,
                scenario,
                List.copyOf(problems),
                env.trace().hash(),
                delivered,
                book.all().size() - delivered,
                mischief.resends(),
                decisions.struck(),
                happened,
                mattered,
                casualties.errorsThatMattered(hurt::contains),
                casualties.transitions(),
                virtualNanos);
    }

    private void noticeEnd(Sent message) {
        DeliveryException failure = message.failure();
        if (failure == null) {
            return;
        }
        if (failure.maybeWritten()) {
            casualties.passed(Transition.MAYBE_WRITTEN);
        }
        if (failure instanceof DeliveryTimeoutException) {
            casualties.passed(Transition.TIMED_OUT);
        }
        if (Oracle.isForRetries(failure)) {
            casualties.passed(Transition.RETRIES_USED_UP);
        }
    }

    private List<ModelTopic> allTopics() {
        return Stream.concat(cluster.deleted().stream(), cluster.topics().stream())
                .toList();
    }

    private boolean isOffsetUntold(String value) {
        return casualties.wasHit(Injury.ODD_OFFSET, value) || casualties.wasHit(Injury.WRITTEN_AS_DUPLICATE, value);
    }

    private static boolean wasHurt(Sent message) {
        return message.failure() != null || (message.handle != null && message.handle.attempts() > 1);
    }

    // ---- options ----

    private ClusterOptions clusterOptions() {
        ClusterOptions.Builder options = ClusterOptions.builder(cluster.bootstrapServers())
                .requestTimeout(scenario.producer().requestTimeout())
                .connectionSetupTimeout(Duration.ofSeconds(1))
                .connectionSetupTimeoutMax(Duration.ofSeconds(2));
        Logins logins = scenario.logins();
        if (logins != null) {
            options.sasl(SaslOptions.plain(logins.user(), Secret.of(logins.password())))
                    .allowCredentialsInPlaintext(true)
                    .reconnectBackoffMax(
                            Duration.ofMillis(300)); // ten times as long after refusals: over when it is calm
        }
        return options.build();
    }

    private List<Producer<String, String>> producers() {
        var producers = new ArrayList<Producer<String, String>>();
        ProducerSession shared = scenario.sharedSession() ? client.session(producerOptions()) : null;
        for (int i = 0; i < scenario.topics(); i++) {
            producers.add(producer(client.topic("topic" + i), shared));
        }
        return producers;
    }

    private Producer<String, String> producer(Topic topic, @Nullable ProducerSession shared) {
        Serializer<String, String> serializer =
                Serializer.of(key -> key.getBytes(StandardCharsets.UTF_8), userCode::serialize);
        return shared == null ? topic.producer(producerOptions(), serializer) : shared.producer(topic, serializer);
    }

    private ProducerOptions producerOptions() {
        Scenario.ProducerChoice chosen = scenario.producer();
        return ProducerOptions.builder()
                .requiredAcks(chosen.acks())
                .idempotent(chosen.idempotent())
                .maxInFlightRequests(chosen.inFlight())
                .maxRetries(chosen.retries())
                .maxQueuedMessages(chosen.queued())
                .minQueuedMessages(scenario.enough())
                .bufferMemory(chosen.memory())
                .batchBytes(chosen.batchBytes())
                .compression(chosen.compression())
                .linger(scenario.linger())
                .retryBackoff(chosen.backoff())
                .deliveryTimeout(chosen.deliveryTimeout())
                .ackTimeout(chosen.ackTimeout())
                .blockTimeout(Duration.ofMillis(500))
                .deliveryReports(true)
                .deliveryListener(book)
                .partitioner(userCode::choose)
                .build();
    }
}
