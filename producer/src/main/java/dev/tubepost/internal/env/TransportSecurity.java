package dev.tubepost.internal.env;

/** Secures streams that are open already. <em>Thread-safe.</em> */
public interface TransportSecurity {

    /**
     * Begins to secure a stream, and returns at once.
     *
     * @param open the stream below, open; it is closed together with the one on top
     * @param actor the stream's owner, within which this is called
     * @param host the name that the other end must prove to have, as the user or a broker gave it
     * @param port its port
     * @param handler told {@link Transport.Handler#onConnected} when the stream is secure, or {@link Transport.Handler#onConnectFailed}; never from
     *     within this call
     */
    SecuredTransport secure(Transport open, Actor actor, String host, int port, Transport.Handler handler);
}
