package dev.tubepost;

/** Thrown at the call when a producer is stopped, closed, or not started yet. Nothing was queued. */
public final class ProducerStoppedException extends TubepostException {

    private static final long serialVersionUID = 1L;

    public ProducerStoppedException(String message) {
        super(message, null);
    }
}
