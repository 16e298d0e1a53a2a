package dev.tubepost.bench.suite;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML that is also XML: elements are closed in order, and text is escaped, so that nothing that was measured can become markup. <em>Confined
 * to who made it.</em>
 */
final class Markup {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element. */
    Markup open(String element, Object... namesAndValues) {
        startTag(element, namesAndValues).append('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was opened last. */
    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element that holds only text. */
    Markup element(String element, String text, Object... namesAndValues) {
        return open(element, namesAndValues).text(text).close();
    }

    /** An element that has no end tag in HTML, or is one of SVG's. */
    Markup empty(String element, Object... namesAndValues) {
        startTag(element, namesAndValues).append("/>");
        return this;
    }

    Markup text(String text) {
        text.codePoints().forEach(this::character);
        return this;
    }

    /** As it is: for a style sheet. */
    Markup verbatim(String trusted) {
        out.append(trusted);
        return this;
    }

    Markup newLine() {
        out.append('\n');
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("<" + open.peek() + "> was not closed");
        }
        return out.toString();
    }

    private StringBuilder startTag(String element, Object... namesAndValues) {
        out.append('<').append(element);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.append(' ').append(namesAndValues[i]).append("=\"");
            text(String.valueOf(namesAndValues[i + 1]));
            out.append('"');
        }
        return out;
    }

    private void character(int codePoint) {
        switch (codePoint) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            default -> out.appendCodePoint(isAllowed(codePoint) ? codePoint : '\uFFFD');
        }
    }

    /** See "Char" in XML 1.0: control characters and halves of surrogate pairs cannot be written at all, not even escaped. */
    private static boolean isAllowed(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || (codePoint >= 0x20 && codePoint <= 0xD7FF)
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
                || codePoint >= 0x10000;
    }
}
