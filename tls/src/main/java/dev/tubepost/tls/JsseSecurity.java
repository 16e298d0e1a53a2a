package dev.tubepost.tls;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.SecuredTransport;
import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.internal.env.TlsParameters;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.env.TransportSecurity;
import dev.tubepost.security.TlsOptions;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Puts a {@link TlsTransport} on each stream, with the certificates and keys of now. <em>Thread-safe.</em> */
final class JsseSecurity implements TransportSecurity {

    private final TlsOptions options;
    private final TlsMaterial material;

    JsseSecurity(TlsOptions options, TlsMaterial material) {
        this.options = options;
        this.material = material;
    }

    @Override
    public SecuredTransport secure(Transport open, Actor actor, String host, int port, Transport.Handler handler) {
        var transport = new TlsTransport(open, actor, handler);
        actor.side(() -> engine(host, port), transport::onPrepared);
        return transport;
    }

    /**
     * An engine whose first message is ready. It may look at files, and the first one loads JSSE: never on an event loop.
     *
     * @throws TlsMaterialException if files or settings cannot be used
     */
    SSLEngine engine(String host, int port) throws TlsMaterialException {
        var peer = PeerName.of(host);
        try {
            var context = material.current();
            var engine = context.createSSLEngine(peer.host(), port);
            engine.setUseClientMode(true);
            engine.setSSLParameters(parameters(context, peer));
            engine.beginHandshake();
            return engine;
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsMaterialException(
                    "no TLS with protocols = " + options.protocols() + ", cipherSuites = " + options.cipherSuites()
                            + " and this JDK's settings (jdk.tls.disabledAlgorithms): " + e.getMessage(),
                    e);
        }
    }

    private SSLParameters parameters(SSLContext context, PeerName peer) {
        var parameters = TlsParameters.of(options, context);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(
                peer.indication().<List<SNIServerName>>map(List::of).orElse(List.of()));
        return parameters;
    }
}
