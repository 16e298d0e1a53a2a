package dev.tubepost.testkit.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which injuries a seed turns on, and how often each strikes. <em>Immutable.</em> Some seeds know hardly any and others most of them: what one injury
 * hides, a run without it shows (Groce et al., <i>Swarm Testing</i>, 2012).
 */
public final class Swarm {

    /** The rate of what strikes each time. */
    static final int ALWAYS = 10_000;

    private final Map<Injury, Integer> rates;

    private Swarm(Map<Injury, Integer> rates) {
        this.rates = new EnumMap<>(Injury.class);
        this.rates.putAll(rates);
    }

    /** Nothing goes wrong. */
    public static Swarm none() {
        return new Swarm(Map.of());
    }

    /** What a seed turns on. */
    public static Swarm random(SplittableRandom random) {
        var rates = new EnumMap<Injury, Integer>(Injury.class);
        int percentOn = 20 + random.nextInt(60);
        int strength = 1 + random.nextInt(4);
        for (Injury injury : Injury.values()) {
            if (injury.family() != Injury.Family.LOGIN && random.nextInt(100) < percentOn) {
                rates.put(injury, Math.min(ALWAYS, injury.usualRate() * strength * (1 + random.nextInt(3)) / 4));
            }
        }
        return new Swarm(rates);
    }

    /** The same, with the injuries of a world where clients must say who they are, at half their usual rate. */
    public Swarm withLogins() {
        var more = new EnumMap<>(rates);
        for (Injury injury : Injury.values()) {
            if (injury.family() == Injury.Family.LOGIN) {
                more.put(injury, injury.usualRate() / 2);
            }
        }
        return new Swarm(more);
    }

    /** One injury alone, each time it can. */
    public static Swarm only(Injury injury) {
        return new Swarm(Map.of(injury, ALWAYS));
    }

    /** How often of {@link #ALWAYS}. */
    int rate(Injury injury) {
        return rates.getOrDefault(injury, 0);
    }

    /** Whether the seed knows it. */
    public boolean isOn(Injury injury) {
        return rate(injury) > 0;
    }

    @Override
    public String toString() {
        return rates.toString();
    }
}
