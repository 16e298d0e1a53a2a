package dev.tubepost.protocol;

/** A message that cannot be: the peer broke the protocol, or is not what we take it for. The message says what and where. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
