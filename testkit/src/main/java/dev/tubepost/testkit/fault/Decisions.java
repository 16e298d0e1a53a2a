package dev.tubepost.testkit.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether an injury strikes, each time it could. <em>Confined to the run's thread.</em>
 *
 * <p>Each answer depends on the seed, the injury and how often it was asked before, and on nothing else. So a list of decisions can be made
 * shorter ({@link Shrink}) without changing what the others do: there is no common stream of chance that one drawing less would shift.
 */
public final class Decisions {

    /**
     * One injury that struck. <em>Immutable.</em>
     *
     * @param injury what happened
     * @param number which time it was that it could have happened, from 1
     */
    public record Decision(Injury injury, int number) {
        @Override
        public String toString() {
            return injury + "#" + number;
        }
    }

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final Swarm swarm;
    private final @Nullable Set<Decision> only;
    private final Map<Injury, Integer> asked = new EnumMap<>(Injury.class);
    private final List<Decision> struck = new ArrayList<>();
    private SplittableRandom details = new SplittableRandom(0);
    private boolean over;

    /** @param only what may strike, or null for all that chance wants */
    public Decisions(long seed, Swarm swarm, @Nullable Set<Decision> only) {
        this.seed = seed;
        this.swarm = swarm;
        this.only = only;
    }

    /** Whether it strikes this time. */
    public boolean strikes(Injury injury) {
        int rate = swarm.rate(injury);
        return rate > 0 && (int) Math.floorMod(next(injury), (long) Swarm.ALWAYS) < rate && allowed(injury);
    }

    /** It strikes, unless it is not among the ones that may: chance chose it, elsewhere. */
    boolean strikesWhenChosen(Injury injury) {
        next(injury);
        return allowed(injury);
    }

    private long next(Injury injury) {
        int number = asked.merge(injury, 1, Integer::sum);
        return mixed(seed + GOLDEN_GAMMA * salt(injury, number));
    }

    /** The name, not the place in the list: so other injuries can come and go. */
    private static long salt(Injury injury, int number) {
        return number + ((long) injury.name().hashCode() << 32);
    }

    private boolean allowed(Injury injury) {
        var decision = new Decision(injury, asked.getOrDefault(injury, 0));
        if (over || (only != null && !only.contains(decision))) {
            return false;
        }
        struck.add(decision);
        details = new SplittableRandom(seed ^ mixed(salt(injury, decision.number())));
        return true;
    }

    /** Chance for the particulars of what struck last. */
    public SplittableRandom details() {
        return details;
    }

    /** From now on nothing strikes. */
    void end() {
        over = true;
    }

    /** Whether all is well. */
    public boolean isOver() {
        return over;
    }

    /** All that struck, in order. */
    public List<Decision> struck() {
        return List.copyOf(struck);
    }

    /** The finalizer of MurmurHash3: each bit of the result depends on each bit of the value. */
    private static long mixed(long value) {
        long a = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        long b = (a ^ (a >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return b ^ (b >>> 33);
    }
}
