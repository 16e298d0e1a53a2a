package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.fault.Injury;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a campaign must have shown, whatever its runs happened to do: a fault that nobody plays is not found by counting those that are. <em>Static, without state.</em> */
final class Coverage {

    /** The codes of the fault catalogue's table 2b, each of which a Produce must have been answered with, and with effect; 999 is on no list. */
    static final SortedSet<Short> EXPECTED_CODES = shorts(
            -1, 2, 3, 5, 6, 7, 9, 10, 13, 14, 15, 16, 17, 18, 19, 20, 21, 29, 31, 32, 35, 42, 43, 44, 45, 46, 47, 48,
            49, 51, 53, 56, 59, 72, 74, 75, 76, 87, 89, 90, 100, 103, 120, 999);

    private Coverage() {}

    private static SortedSet<Short> shorts(int... numbers) {
        var all = new TreeSet<Short>();
        for (int number : numbers) {
            all.add((short) number);
        }
        return all;
    }

    /** The codes that were never answered with effect. */
    static List<String> missingCodes(Predicate<Short> mattered) {
        return EXPECTED_CODES.stream()
                .filter(mattered.negate())
                .map(code -> "code " + code + " was never answered with effect")
                .toList();
    }

    /** The faults of which no injury changed an outcome, and those that are played though it is said that they are not. */
    static List<String> missingFaults(Predicate<Injury> mattered) {
        Set<String> played = new LinkedHashSet<>();
        Set<String> claimed = new LinkedHashSet<>();
        for (Injury injury : Injury.values()) {
            List<String> numbers = List.of(injury.faults().split(" "));
            claimed.addAll(numbers);
            if (mattered.test(injury)) {
                played.addAll(numbers);
            }
        }
        var missing = new ArrayList<String>();
        faults().forEach(fault -> {
            if (claimed.contains(fault) == NotPlayed.FAULTS.containsKey(fault)) {
                missing.add(fault + (claimed.contains(fault) ? " is played after all" : " is played by no injury"));
            } else if (claimed.contains(fault) && !played.contains(fault)) {
                missing.add(fault + " changed no outcome");
            }
        });
        return missing;
    }

    /** Without transactions, and without what of security is not of the simulation. */
    private static Stream<String> faults() {
        return IntStream.concat(
                        IntStream.concat(IntStream.rangeClosed(1, 55), IntStream.rangeClosed(70, 97)), IntStream.of(99))
                .mapToObj(number -> "F" + number);
    }
}
