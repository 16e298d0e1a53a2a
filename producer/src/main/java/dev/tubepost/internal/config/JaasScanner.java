package dev.tubepost.internal.config;

/**
 * Takes a JAAS configuration apart, as a {@link java.io.StreamTokenizer} does that takes letters, digits and {@code . - _ $} for words, and knows
 * comments. <em>Confined to one thread.</em> Problems are told by where they are, and never by what is there.
 */
final class JaasScanner {

    /** More than any login module needs. */
    private static final int MOST_CHARS = 64 << 10;

    private final String text;
    private int at;
    private int tokenStart;

    JaasScanner(String text) throws BadValue {
        if (text.length() > MOST_CHARS) {
            throw new BadValue("must have at most " + MOST_CHARS + " characters");
        }
        this.text = text;
    }

    /** Reads a word, which begins with a letter, an underscore or a dollar sign. */
    String word(String expected) throws BadValue {
        toToken();
        int start = at;
        if (at < text.length() && isLetter(text.charAt(at))) {
            while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
                at++;
            }
        }
        if (at == start) {
            throw expected(expected);
        }
        return text.substring(start, at);
    }

    /** Reads a value: quoted, or a word. */
    String value() throws BadValue {
        toToken();
        char c = at < text.length() ? text.charAt(at) : ';';
        return c == '"' || c == '\'' ? quoted(c) : word("a value in quotes");
    }

    /** Passes a character, if it is there. */
    boolean skip(char expected) throws BadValue {
        toToken();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    boolean atEnd() throws BadValue {
        toToken();
        return at == text.length();
    }

    /** Says what should be where the last token began. */
    BadValue expected(String what) {
        return new BadValue(
                "must have at character " + (tokenStart + 1) + " " + what
                        + "; a whole one is: org.apache.kafka.common.security.plain.PlainLoginModule required username=\"...\" password=\"...\";");
    }

    private String quoted(char quote) throws BadValue {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            char c = at < text.length() ? text.charAt(at++) : '\n';
            if (c == quote) {
                return value.toString();
            }
            if (c == '\n' || c == '\r') {
                throw expected("a value whose quote is closed on the same line");
            }
            char read = c == '\\' ? escaped() : c;
            if (read == 0) {
                throw expected("a value without a NUL");
            }
            value.append(read);
        }
    }

    private char escaped() throws BadValue {
        if (at == text.length()) {
            throw expected("a value whose quote is closed");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'a' -> 0x7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0xB;
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c - '0');
            default -> c;
        };
    }

    /** Up to three digits, and up to 377. */
    private char octal(int first) {
        int code = first;
        int most = first <= 3 ? 2 : 1;
        for (int i = 0; i < most && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '7'; i++) {
            code = code * 8 + text.charAt(at++) - '0';
        }
        return (char) code;
    }

    /** Passes blanks and comments. */
    private void toToken() throws BadValue {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '/') {
                comment();
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                at++;
            } else {
                break;
            }
        }
        tokenStart = at;
    }

    /** To the end of the line, or to a star and a slash. */
    private void comment() throws BadValue {
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            if (end < 0) {
                tokenStart = at;
                throw expected("a comment that ends");
            }
            at = end + 2;
            return;
        }
        if (!text.startsWith("//", at)) {
            tokenStart = at;
            throw expected("quotes around what has a slash");
        }
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 0xA0;
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-';
    }
}
