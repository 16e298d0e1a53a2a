package dev.tubepost.testkit.net;

/** A server's end of one connection. <em>Confined to the run's thread.</em> */
public interface ServerEnd {

    /** The next bytes of the stream. */
    void onBytes(byte[] bytes);

    /** The client closed, or the connection broke: no more bytes. */
    void onEnd();
}
