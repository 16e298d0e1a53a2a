package dev.tubepost.bench.suite;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines through medians, on a band from the lowest to the highest run. Its legend is text above it. <em>Immutable.</em>
 *
 * @param title of the chart
 * @param subtitle more about it
 * @param x to the right
 * @param y upwards; its title is in the subtitle
 * @param lines the first is drawn last, so on top
 * @param isLabelled whether the values stand at the points
 */
record LineChart(String title, String subtitle, Axis x, Axis y, List<Line> lines, boolean isLabelled) {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 300;
    private static final int LEFT = 50;
    private static final int RIGHT = WIDTH - 24;
    private static final int INSET = 30;
    private static final int TOP = 14;
    private static final int BOTTOM = HEIGHT - 44;

    /**
     * A client's line.
     *
     * @param peer whose
     * @param label in the legend
     * @param note behind it
     * @param isDashed to tell two lines of one client apart
     * @param points from left to right
     */
    record Line(Peer peer, String label, String note, boolean isDashed, List<Point> points) {

        private String css() {
            return PeerLook.of(peer).css() + (isDashed ? " dashed" : "");
        }
    }

    /** A place on a line. */
    record Point(double x, Spread y) {}

    void writeTo(Markup html) {
        html.open("figure", "class", "lines").open("figcaption").element("b", title);
        html.text(" ").element("small", subtitle).close().newLine();
        writeLegend(html);
        html.open(
                "svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title + ", " + subtitle);
        html.newLine();
        writeAxes(html);
        for (int i = lines.size() - 1; i >= 0; i--) {
            writeBand(html, lines.get(i));
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            writeLine(html, lines.get(i));
        }
        if (isLabelled) {
            x.ticks().forEach(tick -> writeValues(html, tick.value()));
        }
        html.close().close().newLine();
    }

    private void writeLegend(Markup html) {
        html.open("ul", "class", "legend");
        for (Line line : lines) {
            html.open("li", "class", line.css());
            html.open("svg", "width", 34, "height", 12, "viewBox", "-17 -6 34 12", "aria-hidden", "true");
            html.empty("path", "class", "line", "d", "M-16,0H16");
            html.empty("path", "class", "marker", "d", PeerLook.of(line.peer()).marker());
            html.close().text(" ").element("span", line.label(), "class", "who");
            html.text(" ").element("small", line.note()).close();
        }
        html.close().newLine();
    }

    private void writeAxes(Markup html) {
        for (Axis.Tick tick : y.ticks()) {
            String at = vertical(tick.value());
            html.empty("line", "class", "grid", "x1", LEFT, "x2", RIGHT, "y1", at, "y2", at);
            html.element("text", tick.label(), "class", "mark y", "x", LEFT - 8, "y", at, "dy", "0.35em");
        }
        for (Axis.Tick tick : x.ticks()) {
            String at = horizontal(tick.value());
            html.empty("line", "class", "grid", "x1", at, "x2", at, "y1", TOP, "y2", BOTTOM);
            html.element("text", tick.label(), "class", "mark x", "x", at, "y", BOTTOM + 18);
        }
        html.empty("line", "class", "base", "x1", LEFT, "x2", RIGHT, "y1", BOTTOM, "y2", BOTTOM);
        html.element("text", x.title(), "class", "mark x", "x", (LEFT + RIGHT) / 2, "y", HEIGHT - 6)
                .newLine();
    }

    private void writeBand(Markup html, Line line) {
        String above = line.points().stream()
                .map(point -> place(point.x(), point.y().high()))
                .collect(Collectors.joining("L", "M", ""));
        String below = line.points().stream()
                .sorted(Comparator.comparingDouble(Point::x).reversed())
                .map(point -> place(point.x(), point.y().low()))
                .collect(Collectors.joining("L", "L", "z"));
        html.empty("path", "class", "band " + line.css(), "d", above + below).newLine();
    }

    private void writeLine(Markup html, Line line) {
        html.open("g", "class", line.css());
        html.empty(
                "path",
                "class",
                "line",
                "d",
                line.points().stream()
                        .map(point -> place(point.x(), point.y().median()))
                        .collect(Collectors.joining("L", "M", "")));
        for (Point point : line.points()) {
            html.open(
                    "path", "class", "marker", "d", PeerLook.of(line.peer()).marker(), "transform", translation(point));
            html.element("title", line.label() + ": " + Numbers.exact(point.y().median()))
                    .close();
        }
        html.close().newLine();
    }

    /** The values at one place, that of the upper line above it and that of the lower line below; there is no room for those between. */
    private void writeValues(Markup html, double place) {
        List<Labelled> column = lines.stream()
                .flatMap(line -> line.points().stream().map(point -> new Labelled(line, point)))
                .filter(labelled -> labelled.point().x() == place)
                .sorted(Comparator.comparingDouble(
                        labelled -> -labelled.point().y().median()))
                .toList();
        if (!column.isEmpty()) {
            writeValue(html, column.get(0), -10);
        }
        if (column.size() > 1) {
            writeValue(html, column.get(column.size() - 1), 19);
        }
    }

    private record Labelled(Line line, Point point) {}

    private void writeValue(Markup html, Labelled labelled, int distance) {
        Point point = labelled.point();
        html.element(
                "text",
                Numbers.compact(point.y().median()),
                "class",
                "point " + labelled.line().css(),
                "x",
                horizontal(point.x()),
                "y",
                vertical(point.y().median()),
                "dy",
                distance);
    }

    private String translation(Point point) {
        return "translate(" + place(point.x(), point.y().median()) + ")";
    }

    private String place(double right, double up) {
        return horizontal(right) + "," + vertical(up);
    }

    private String horizontal(double value) {
        // Values at the first and last points need room at both sides.
        int inset = isLabelled ? INSET : 0;
        return Numbers.coordinate(LEFT + inset + x.at(value) * (RIGHT - LEFT - 2 * inset));
    }

    private String vertical(double value) {
        return Numbers.coordinate(BOTTOM - y.at(value) * (BOTTOM - TOP));
    }
}
