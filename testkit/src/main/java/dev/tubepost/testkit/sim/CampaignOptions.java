package dev.tubepost.testkit.sim;

import java.util.List;

/**
 * What the command line asks for. <em>Immutable.</em>
 *
 * @param from the first seed, or the only one
 * @param seeds how many
 * @param minutes how long at the most
 * @param threads how many runs at once
 * @param keepGoing whether to go on after a run that broke a promise
 * @param single whether it is about one seed
 * @param trace whether to tell what happens in that run
 * @param shrink whether to look for the fewest faults with which it fails
 * @param whole whether to tell all of a run that fails, and not only what it needs to fail
 */
record CampaignOptions(
        long from,
        long seeds,
        double minutes,
        int threads,
        boolean keepGoing,
        boolean single,
        boolean trace,
        boolean shrink,
        boolean whole) {

    static final String USAGE = """
            Usage: simulate [--seeds N] [--from S] [--minutes M] [--threads T] [--keep-going]
                   simulate --seed S [--trace] [--shrink] [--whole]

              --seeds N     how many seeds to run; without it, and without --minutes, 10,000
              --from S      the first seed; without it 1
              --minutes M   begin no run after so many minutes
              --threads T   how many runs at once; without it, one for each core
              --keep-going  do not end with the first failure; count them by kind, with a seed of each
              --seed S      one seed only
              --trace       tell what happens in it: who runs, bytes, faults, requests and answers; if it
                            fails, with the fewest faults with which it still does
              --shrink      look for these faults, and tell no more
              --whole       with --trace: all of it, also if it fails
            """;

    private static final long USUAL_SEEDS = 10_000;

    /** @throws IllegalArgumentException if it is not understood */
    static CampaignOptions parse(List<String> arguments) {
        long from = 1;
        long seeds = 0;
        double minutes = 0;
        int threads = Runtime.getRuntime().availableProcessors();
        boolean keepGoing = false;
        boolean single = false;
        boolean trace = false;
        boolean shrink = false;
        boolean whole = false;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--from" -> from = number(arguments, ++i);
                case "--seeds" -> seeds = number(arguments, ++i);
                case "--minutes" -> minutes = Double.parseDouble(value(arguments, ++i));
                case "--threads" -> threads = (int) number(arguments, ++i);
                case "--seed" -> {
                    from = number(arguments, ++i);
                    single = true;
                }
                case "--keep-going" -> keepGoing = true;
                case "--trace" -> trace = true;
                case "--shrink" -> shrink = true;
                case "--whole" -> whole = true;
                default -> throw new IllegalArgumentException("what is " + arguments.get(i) + "?");
            }
        }
        if ((trace || shrink || whole) && !single) {
            throw new IllegalArgumentException("--trace, --shrink and --whole are for one seed: --seed S");
        }
        if (seeds == 0) {
            seeds = minutes > 0 ? Long.MAX_VALUE - from : USUAL_SEEDS;
        }
        return new CampaignOptions(
                from,
                seeds,
                minutes > 0 ? minutes : Double.POSITIVE_INFINITY,
                Math.max(1, threads),
                keepGoing,
                single,
                trace,
                shrink,
                whole);
    }

    private static String value(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(index - 1) + " needs a value");
        }
        return arguments.get(index);
    }

    private static long number(List<String> arguments, int index) {
        return Long.parseLong(value(arguments, index).replace("_", "").replace(",", ""));
    }
}
