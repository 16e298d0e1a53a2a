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

    private static final List<Injury> OF_REQUESTS = Arrays.stream(Injury.values())
            .filter(injury -> injury.family() == Injury.Family.REQUEST)
            .toList();

    private static final List<Errors> REFUSALS =
            List.of(Errors.NOT_ENOUGH_REPLICAS, Errors.LEADER_NOT_AVAILABLE, Errors.UNKNOWN_TOPIC_OR_PARTITION);

    /** After these the records may be in the log, and here they are. */
    private static final List<Errors> WRITTEN_ALL_THE_SAME =
            List.of(Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND, Errors.REQUEST_TIMED_OUT);

    /** What a leader with acks -1 says that has appended and then lost the leadership. */
    private static final List<Errors> MOVED = List.of(Errors.NOT_LEADER_OR_FOLLOWER, Errors.UNKNOWN_TOPIC_OR_PARTITION);

    private static final List<Errors> REFUSALS_FOR_GOOD = List.of(
            Errors.INVALID_TOPIC_EXCEPTION,
            Errors.TOPIC_AUTHORIZATION_FAILED,
            Errors.CLUSTER_AUTHORIZATION_FAILED,
            Errors.POLICY_VIOLATION,
            Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT,
            Errors.UNSUPPORTED_COMPRESSION_TYPE,
            Errors.INVALID_TIMESTAMP);

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
    public Fate next(short acks) {
        for (Injury injury : OF_REQUESTS) {
            boolean possible =
                    injury != Injury.WRITTEN_BUT_MOVED || acks == -1; // else a leader answers as soon as it appended
            if (possible && decisions.strikes(injury)) {
                return fate(injury, decisions.details());
            }
        }
        return Fate.good(delayNanos());
    }

    private Fate fate(Injury injury, SplittableRandom details) {
        return switch (injury) {
            case REFUSED -> refused(injury, any(REFUSALS, details));
            case CORRUPTED -> refused(injury, Errors.CORRUPT_MESSAGE);
            case REFUSED_FOR_GOOD -> refused(injury, any(REFUSALS_FOR_GOOD, details));
            case RECORDS_REFUSED -> refused(injury, Errors.INVALID_RECORD);
            case WRITTEN_BUT_ERROR -> written(injury, any(WRITTEN_ALL_THE_SAME, details));
            case WRITTEN_BUT_MOVED -> written(injury, any(MOVED, details));
            case STORAGE_ERROR ->
                details.nextBoolean()
                        ? written(injury, Errors.KAFKA_STORAGE_ERROR)
                        : refused(injury, Errors.KAFKA_STORAGE_ERROR);
            case UNKNOWN_ERROR ->
                details.nextBoolean()
                        ? written(injury, Errors.UNKNOWN_SERVER_ERROR)
                        : refused(injury, Errors.UNKNOWN_SERVER_ERROR);
            case SLOW -> new Fate(Fate.Kind.SLOW, Errors.NONE, details.nextLong(SLOW_NANOS), injury);
            default -> new Fate(Fate.Kind.valueOf(injury.name()), Errors.NONE, delayNanos(), injury);
        };
    }

    private Fate refused(Injury injury, Errors error) {
        return new Fate(Fate.Kind.REFUSED, error, delayNanos(), injury);
    }

    private Fate written(Injury injury, Errors error) {
        return new Fate(Fate.Kind.WRITTEN_BUT_ERROR, error, delayNanos(), injury);
    }

    private static Errors any(List<Errors> some, SplittableRandom details) {
        return some.get(details.nextInt(some.size()));
    }

    @Override
    public long delayNanos() {
        return random.nextLong(USUAL_NANOS);
    }

    @Override
    public void onHit(Fate fate, Iterable<String> values) {
        if (!seen.add(values.iterator().next())) {
            resends++;
            casualties.disturbed(events.now());
        }
        if (fate.cause() instanceof Injury injury) {
            casualties.hit(injury, values);
        }
    }

    @Override
    public void spoil(ProduceResponseData answer, Iterable<String> values) {
        replies.produce(answer, injury -> casualties.hit(injury, values));
    }

    @Override
    public void spoil(PartitionProduceResponse answer) {
        ReplySpoiler.nameRecords(answer, decisions.details());
    }

    @Override
    public void spoil(MetadataResponseData answer) {
        replies.metadata(answer, injury -> casualties.happened(injury, events.now()));
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
    public void onError(Errors error, Iterable<String> values) {
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
    public Errors producerIdError() {
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
