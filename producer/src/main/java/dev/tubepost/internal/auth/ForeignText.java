package dev.tubepost.internal.auth;

import java.nio.charset.StandardCharsets;

/** Makes text that others wrote fit for a message: short, on one line, in printable ASCII. <em>Stateless.</em> */
final class ForeignText {

    private static final int MOST_CHARS = 200;

    private ForeignText() {}

    static String shown(byte[] text) {
        return shown(new String(text, 0, Math.min(text.length, 4 * MOST_CHARS), StandardCharsets.UTF_8));
    }

    static String shown(String text) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MOST_CHARS); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '\\') {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return text.length() > MOST_CHARS ? shown.append("...").toString() : shown.toString();
    }
}
