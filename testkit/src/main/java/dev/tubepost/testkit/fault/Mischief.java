package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.Fate;
import dev.tubepost.testkit.broker.FateSource;
import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.Transition;
import dev.tubepost.testkit.env.EventHeap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of requests, until all is well. <em>Confined to the run's thread.</em> */
public final class Mischief implements FateSource {

    private static final List<Injury> OF_REQUESTS = List.of(
            Injury.CUT_BEFORE_APPEND, Injury.CUT_AFTER_APPEND, Injury.CUT_IN_REPLY, Injury.REPLY_LOST, Injury.SLOW);

    private static final List<Injury> OF_PARTITIONS = Arrays.stream(Injury.values())
            .filter(injury -> injury.family() == Injury.Family.REQUEST && !OF_REQUESTS.contains(injury))
            .toList();

    private static final List<Errors> ID_DENIALS = List.of(
            Errors.CLUSTER_AUTHORIZATION_FAILED, Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, Errors.INVALID_REQUEST);

    /** From here on a producer takes another id as soon as nothing can arrive late. */
    private static final int LAST_EPOCHS = Short.MAX_VALUE - 100;

    private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final EventHeap events;
    private final SplittableRandom random;
    private final Decisions decisions;
    private final Casualties casualties;
    private final ReplySpoiler replies;
    private final FrameSpoiler frames;
    private final Set<String> seen = new HashSet<>();
    private Consumer<ModelBroker> onMuted = broker -> {};
    private int resends;

    public Mischief(EventHeap events, SplittableRandom random, Decisions decisions, Casualties casualties) {
        this.events = events;
        this.random = random;
        this.decisions = decisions;
        this.casualties = casualties;
        this.replies = new ReplySpoiler(decisions);
        this.frames = new FrameSpoiler(decisions);
    }

    /** Brokers that do what they should. */
    public static Mischief none(EventHeap events, SplittableRandom random) {
        return new Mischief(events, random, new Decisions(0, Swarm.none(), null), new Casualties());
    }

    /** Who is told of brokers that were muted: what they append meanwhile, nobody knows, and then worse may come. */
    public void onMuted(Consumer<ModelBroker> told) {
        onMuted = told;
    }

    /** How many requests began with a message that had come before. */
    public int resends() {
        return resends;
    }

    @Override
    public Fate next() {
        for (Injury injury : OF_REQUESTS) {
            if (decisions.strikes(injury)) {
                return injury == Injury.SLOW
                        ? new Fate(
                                Fate.Kind.SLOW,
                                Fate.NO_ERROR,
                                decisions.details().nextLong(SLOW_NANOS),
                                injury)
                        : new Fate(Fate.Kind.valueOf(injury.name()), Fate.NO_ERROR, usualNanos(), injury);
            }
        }
        return Fate.good(usualNanos());
    }

    @Override
    public Fate ofPartition(short acks) {
        for (Injury injury : OF_PARTITIONS) {
            boolean possible = injury != Injury.WRITTEN_BUT_MOVED || acks != 0;
            if (possible && decisions.strikes(injury)) {
                return Refusals.of(injury, acks, decisions.details());
            }
        }
        return Fate.good(0);
    }

    @Override
    public long delayNanos() {
        return happens(Injury.SLOW_ANSWER) ? decisions.details().nextLong(SLOW_NANOS) : usualNanos();
    }

    private long usualNanos() {
        return random.nextLong(USUAL_NANOS);
    }

    @Override
    public void onArrived(Iterable<String> values) {
        if (!seen.add(values.iterator().next())) {
            resends++;
            casualties.disturbed(events.now());
        }
    }

    @Override
    public void onHit(Fate fate, Iterable<String> values) {
        if (fate.cause() instanceof Injury injury) {
            casualties.hit(injury, values);
        }
    }

    @Override
    public void spoil(ProduceResponseData answer, short version, Iterable<String> values) {
        replies.produce(answer, version, injury -> casualties.hit(injury, values));
    }

    @Override
    public void spoil(PartitionProduceResponse answer) {
        ReplySpoiler.nameRecords(answer, decisions.details());
    }

    @Override
    public void spoil(MetadataResponseData answer, short version) {
        replies.metadata(answer, version, injury -> casualties.happened(injury, events.now()));
    }

    @Override
    public void spoil(ApiVersionsResponseData answer) {
        replies.versions(answer, injury -> casualties.happened(injury, events.now()));
    }

    @Override
    public byte @Nullable [] spoiled(byte[] reply) {
        Injury injury = frames.strikes(reply);
        if (injury == null) {
            return null;
        }
        casualties.happened(injury, events.now());
        return frames.spoil(injury, reply);
    }

    @Override
    public boolean answersUnasked() {
        return happens(Injury.UNASKED_REPLY);
    }

    @Override
    public void tell(Supplier<String> line) {
        casualties.tell(line);
    }

    @Override
    public void onNotLeader(Iterable<String> values) {
        casualties.hit(Injury.NOT_LEADER, values);
    }

    @Override
    public void onOutOfSequence(Iterable<String> values) {
        casualties.hit(Injury.OUT_OF_SEQUENCE, values);
    }

    @Override
    public void onDuplicate(Iterable<String> values) {
        casualties.hit(Injury.DUPLICATE, values);
    }

    @Override
    public void onError(short error, Iterable<String> values) {
        casualties.refused(error, values, events.now());
    }

    @Override
    public void onTransition(Transition transition) {
        casualties.passed(transition);
    }

    @Override
    public boolean forgets() {
        return happens(Injury.STATE_FORGOTTEN);
    }

    @Override
    public boolean refusesLogin() {
        return happens(Injury.LOGIN_REFUSED);
    }

    @Override
    public boolean refusesVersion() {
        return happens(Injury.VERSION_REFUSED);
    }

    @Override
    public boolean raisesEpoch() {
        return happens(Injury.EPOCH_TAKEN);
    }

    @Override
    public Errors producerIdError() {
        if (happens(Injury.ID_DENIED)) {
            return ID_DENIALS.get(decisions.details().nextInt(ID_DENIALS.size()));
        }
        if (!happens(Injury.NO_PRODUCER_ID)) {
            return Errors.NONE;
        }
        return decisions.details().nextBoolean()
                ? Errors.COORDINATOR_LOAD_IN_PROGRESS
                : Errors.COORDINATOR_NOT_AVAILABLE;
    }

    @Override
    public short firstEpoch() {
        return happens(Injury.LAST_EPOCHS)
                ? (short) (LAST_EPOCHS - decisions.details().nextInt(4))
                : 0;
    }

    private boolean happens(Injury injury) {
        boolean strikes = decisions.strikes(injury);
        if (strikes) {
            casualties.happened(injury, events.now());
        }
        return strikes;
    }

    @Override
    public void onMuted(ModelBroker broker) {
        onMuted.accept(broker);
    }
}
