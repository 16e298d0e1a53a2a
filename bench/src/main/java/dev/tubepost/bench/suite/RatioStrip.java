package dev.tubepost.bench.suite;

/**
 * A ratio as a number, and as a dot on a line whose middle is 1, with a bar over all pairs; the colour is that of who is better in every pair.
 * <em>Immutable.</em>
 *
 * @param farthest the factor at the ends
 */
record RatioStrip(double farthest) {

    private static final int HEIGHT = 14;

    /** No strip is narrower than this, so that noise does not look like a difference. */
    private static final double LEAST = 2;

    static RatioStrip upTo(double farthest) {
        return new RatioStrip(Math.max(LEAST, farthest * 1.1));
    }

    /** How far a ratio is from 1, in either direction; what has no place on a strip does not stretch it. */
    static double distance(Spread ratio) {
        double distance = Math.max(ratio.high(), 1 / ratio.low());
        return Double.isFinite(distance) ? distance : 1;
    }

    void writeTo(Markup html, Spread ratio, MetricLabel label, Peer other, int columns) {
        html.open("td", "colspan", columns, "class", "ratio " + verdict(ratio, label, other));
        html.element("b", Numbers.ratio(ratio.median()));
        if (ratio.low() < ratio.high()) {
            html.text(" ").element("small", Numbers.ratio(ratio.low()) + " – " + Numbers.ratio(ratio.high()));
        }
        html.open("svg", "width", "100%", "height", HEIGHT, "aria-hidden", "true");
        int middle = HEIGHT / 2;
        html.empty("line", "class", "grid", "x1", "0%", "x2", "100%", "y1", middle, "y2", middle);
        for (double factor = 2; factor < farthest; factor *= 2) {
            writeTick(html, factor, 5);
            writeTick(html, 1 / factor, 5);
        }
        writeTick(html, 1, 0);
        html.empty("line", "class", "range", "x1", at(ratio.low()), "x2", at(ratio.high()), "y1", middle, "y2", middle);
        html.empty("circle", "class", "fill", "cx", at(ratio.median()), "cy", middle, "r", 4);
        html.close().close();
    }

    private void writeTick(Markup html, double ratio, int inset) {
        String css = inset == 0 ? "same" : "tick";
        html.empty("line", "class", css, "x1", at(ratio), "x2", at(ratio), "y1", inset, "y2", HEIGHT - inset);
    }

    private static String verdict(Spread ratio, MetricLabel label, Peer other) {
        boolean isBetter = label.isBetter(ratio.low());
        if (!Double.isFinite(ratio.high())
                || isBetter != label.isBetter(ratio.high())
                || ratio.low() == 1
                || ratio.high() == 1) {
            return "undecided";
        }
        return PeerLook.of(isBetter ? Peer.TUBEPOST : other).css();
    }

    /** Twice and half are equally far from the middle. */
    private String at(double ratio) {
        double share = 0.5 + Math.log(ratio) / Math.log(farthest) / 2;
        // A little inside, for the dot.
        return Numbers.percent(0.04 + 0.92 * Math.max(0, Math.min(1, share)));
    }
}
