package dev.tubepost.testkit.env;

import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** What actors connect through. <em>Confined to the run's thread.</em> */
public interface Network {

    /** Begins to connect; the handler is called on the owner. */
    Transport connect(Mailbox owner, InetSocketAddress address, Transport.Handler handler);

    List<InetAddress> resolve(String host) throws UnknownHostException;
}
