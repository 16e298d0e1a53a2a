package dev.tubepost.internal.config;

/** A value that cannot be read; the message says what is allowed, as in "must be a whole number". <em>Immutable.</em> */
final class BadValue extends Exception {

    private static final long serialVersionUID = 1L;

    BadValue(String allowed) {
        super(allowed, null, false, false);
    }

    String allowed() {
        return String.valueOf(getMessage());
    }
}
