package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.Fate;
import dev.tubepost.testkit.broker.FateSource;
import dev.tubepost.testkit.broker.ModelBroker;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/** Chooses the fate of each request, by chance, until all is well. <em>Confined to the run's thread.</em> */
public final class Mischief implements FateSource {

    private static final List<Errors> REFUSALS =
            List.of(Errors.NOT_ENOUGH_REPLICAS, Errors.LEADER_NOT_AVAILABLE, Errors.UNKNOWN_TOPIC_OR_PARTITION);

    /** After these the records may be in the log, and here they are. */
    private static final List<Errors> WRITTEN_ALL_THE_SAME =
            List.of(Errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND, Errors.REQUEST_TIMED_OUT);

    /** From here on a producer takes another id as soon as nothing can arrive late. */
    private static final int LAST_EPOCHS = Short.MAX_VALUE - 100;

    private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final SplittableRandom random;
    private final Casualties casualties;
    private final int percent;
    private Consumer<ModelBroker> onMuted = broker -> {};
    private boolean over;

    /** @param percent how many of a hundred requests fare badly */
    public Mischief(SplittableRandom random, Casualties casualties, int percent) {
        this.random = random;
        this.casualties = casualties;
        this.percent = percent;
    }

    /** Who is told of brokers that were muted: what they append meanwhile, nobody knows, and then worse may come. */
    public void onMuted(Consumer<ModelBroker> told) {
        onMuted = told;
    }

    /** From now on all requests fare well. */
    public void end() {
        over = true;
    }

    @Override
    public Fate next() {
        if (over || random.nextInt(100) >= percent) {
            return Fate.good(delayNanos());
        }
        Fate.Kind[] kinds = Fate.Kind.values();
        Fate.Kind kind = kinds[1 + random.nextInt(kinds.length - 1)];
        return new Fate(kind, error(kind), kind == Fate.Kind.SLOW ? random.nextLong(SLOW_NANOS) : delayNanos());
    }

    private Errors error(Fate.Kind kind) {
        return switch (kind) {
            case REFUSED -> REFUSALS.get(random.nextInt(REFUSALS.size()));
            case WRITTEN_BUT_ERROR -> WRITTEN_ALL_THE_SAME.get(random.nextInt(WRITTEN_ALL_THE_SAME.size()));
            default -> Errors.NONE;
        };
    }

    @Override
    public long delayNanos() {
        return random.nextLong(USUAL_NANOS);
    }

    @Override
    public void onHit(Fate fate, Iterable<String> values) {
        if (fate.kind() != Fate.Kind.GOOD) {
            casualties.hit(Injury.valueOf(fate.kind().name()), values);
        }
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
    public boolean forgets() {
        return random.nextBoolean();
    }

    @Override
    public Errors producerIdError() {
        if (over || random.nextInt(100) >= percent) {
            return Errors.NONE;
        }
        casualties.happened(Injury.NO_PRODUCER_ID);
        return random.nextBoolean() ? Errors.COORDINATOR_LOAD_IN_PROGRESS : Errors.COORDINATOR_NOT_AVAILABLE;
    }

    @Override
    public short firstEpoch() {
        return (short) (random.nextInt(4) == 0 ? LAST_EPOCHS - random.nextInt(4) : 0);
    }

    @Override
    public void onMuted(ModelBroker broker) {
        onMuted.accept(broker);
    }
}
