package dev.tubepost.internal.env;

/**
 * A stream on top of another one, made by {@link TransportSecurity}. <em>Confined to the actor that opened the other.</em> The other one's events are
 * handed in here; its own go to its handler.
 *
 * <p>{@link #write} moves the buffers' positions only past what the stream below has taken: as long as protected bytes wait here, the same
 * remaining buffers are passed again, and nothing of them is called written. What has partly left counts as begun: all but the last byte.
 */
public interface SecuredTransport extends Transport {

    /** The stream below has bytes to read, or its end. */
    void onReadable();

    /** The stream below takes bytes again. */
    void onWritable();
}
