package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.fault.Decisions.Decision;
import dev.tubepost.testkit.fault.Shrink;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * The program behind {@code ./simulate}: many seeds, or one of them looked at closely. <em>Confined to its thread.</em> Exit status: 0 when every promise was
 * kept, 1 when one was broken or when faults that should have hurt did not, 2 for options that are not understood.
 */
public final class Campaign {

    private static final int MOST_TRIES = 2_000;
    private static final double NANOS_PER_MINUTE = 6e10;

    private final CampaignOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final long begin = System.nanoTime();

    private Campaign(CampaignOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Runs what the arguments ask for, and ends the process with what came of it. */
    public static void main(String[] arguments) throws InterruptedException {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Runs what the arguments ask for; the exit status. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(CampaignOptions.USAGE);
            return 0;
        }
        CampaignOptions options;
        try {
            options = CampaignOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("simulate: " + e.getMessage());
            err.print(CampaignOptions.USAGE);
            return 2;
        }
        var campaign = new Campaign(options, out, err);
        return options.single() ? campaign.one() : campaign.many();
    }

    // ---- many seeds ----

    private int many() throws InterruptedException {
        var tally = new Tally();
        new Seeds(
                        options.from(),
                        options.seeds(),
                        tally,
                        () -> seconds() > options.minutes() * 60 || (tally.bad() != null && !options.keepGoing()))
                .run(options.threads(), this::tellProgress);
        err.println();
        out.print(tally.describe(seconds(), options.threads()));
        Outcome bad = tally.bad();
        if (bad != null) {
            out.println("FAILED at " + commit());
            out.println(bad.describe());
            tally.kinds().forEach(out::println);
            return 1;
        }
        return judgeIdleness(tally);
    }

    private int judgeIdleness(Tally tally) {
        if (tally.runs() < Tally.ENOUGH_SEEDS) {
            return 0;
        }
        List<String> findings = tally.findings();
        findings.forEach(finding -> out.println("TOO QUIET: " + finding));
        return findings.isEmpty() ? 0 : 1;
    }

    private void tellProgress(Tally tally) {
        err.printf("\r%,d schedules, %.0f s ", tally.runs(), seconds());
        err.flush();
    }

    private double seconds() {
        return (System.nanoTime() - begin) / NANOS_PER_MINUTE * 60;
    }

    // ---- one seed ----

    private int one() {
        Plan plan = Plan.of(options.from());
        Outcome outcome = Simulation.run(options.trace() && options.whole() ? traced(plan) : plan);
        if (options.trace() && !options.whole() && outcome.isGood()) {
            Simulation.run(traced(plan));
        }
        out.println("trace " + Long.toHexString(outcome.traceHash()) + ", " + outcome.delivered() + " delivered, "
                + outcome.failed() + " failed, " + outcome.resends() + " requests sent again, "
                + outcome.struck().size()
                + " decisions for the worse");
        if (outcome.isGood()) {
            out.println("every promise was kept");
            return 0;
        }
        out.println("FAILED at " + commit());
        out.println(outcome.describe());
        if (options.shrink() || (options.trace() && !options.whole())) {
            shrink(plan, outcome);
        }
        return 1;
    }

    private Plan traced(Plan plan) {
        return plan.tracedTo(out::println);
    }

    private void shrink(Plan plan, Outcome whole) {
        List<Decision> fewest =
                Shrink.shrink(whole.struck(), part -> !runPart(plan, part).isGood(), MOST_TRIES);
        out.println("of " + whole.struck().size() + " decisions these suffice: " + fewest);
        Plan part = plan.only(new HashSet<>(fewest));
        out.println(Simulation.run(options.trace() ? traced(part) : part).describe());
    }

    private static Outcome runPart(Plan plan, List<Decision> part) {
        return Simulation.run(plan.only(new HashSet<>(part)));
    }

    private static String commit() {
        return "commit " + System.getProperty("tubepost.commit", "unknown");
    }
}
