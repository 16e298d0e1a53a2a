package dev.tubepost.simulation;

/** A patch cannot be read, does not fit the sources, or what comes of it does not compile. */
public final class BadPatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadPatchException(String message) {
        super(message);
    }
}
