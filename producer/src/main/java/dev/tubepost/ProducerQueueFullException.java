package dev.tubepost;

/**
 * Thrown at the call when there is no room for a message: at once with {@code blockOnQueueFull(false)}, else after
 * {@link ProducerOptions#blockTimeout()}. Nothing was queued.
 */
public final class ProducerQueueFullException extends TubepostException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message which bound was reached (messages, bytes, or delivery reports that nobody fetched), for which broker, how long the call might
     *     wait, and which option raises it
     */
    public ProducerQueueFullException(String message) {
        super(message, null);
    }
}
