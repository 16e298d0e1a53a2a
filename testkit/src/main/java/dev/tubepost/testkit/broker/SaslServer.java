package dev.tubepost.testkit.broker;

import java.util.List;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.jspecify.annotations.Nullable;

/** How brokers have their clients prove who they are (KIP-43, KIP-152). <em>Confined to the run's thread.</em> */
public interface SaslServer {

    /** What a client may choose from. */
    List<String> mechanisms();

    /** A client begins; null if there is no such mechanism. */
    @Nullable
    Conversation begin(String mechanism);

    /** With one client, on one connection. */
    interface Conversation {

        /** What is answered to the client's next message; whatever it is, a {@link Hostility} may change its bytes. */
        SaslAuthenticateResponseData answer(byte[] message);

        /** Whether the client has proven who it is. */
        boolean isOver();
    }
}
