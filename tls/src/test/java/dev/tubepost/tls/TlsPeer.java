package dev.tubepost.tls;

import dev.tubepost.tls.testing.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server of the JDK's on a loopback port: each connection follows a script, one after the other. <em>Thread-safe.</em> */
final class TlsPeer implements AutoCloseable {

    /** What the server does with a connection; its end closes it. */
    interface Script {
        void run(SSLSocket socket) throws Exception;
    }

    private final SSLServerSocket server;
    private final CompletableFuture<Throwable> firstFailure = new CompletableFuture<>();

    private TlsPeer(SSLServerSocket server) {
        this.server = server;
    }

    /** Its clients, if they show a certificate, must have it from that authority. */
    static TlsPeer start(Identity identity, Identity clientAuthority, Settings settings, Script script)
            throws IOException {
        var factory = identity.serverContext(clientAuthority).getServerSocketFactory();
        var server = (SSLServerSocket) factory.createServerSocket(0, 16, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {settings.protocol});
        server.setNeedClientAuth(settings.needsClient);
        if (settings.receiveBufferBytes > 0) {
            server.setReceiveBufferSize(settings.receiveBufferBytes);
        }
        var peer = new TlsPeer(server);
        var thread = new Thread(() -> peer.serve(script), "tls-peer");
        thread.setDaemon(true);
        thread.start();
        return peer;
    }

    /** <em>Immutable.</em> */
    record Settings(String protocol, boolean needsClient, int receiveBufferBytes) {
        static Settings of(String protocol) {
            return new Settings(protocol, false, 0);
        }
    }

    /** Sends back what comes. */
    static void echo(SSLSocket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    int port() {
        return server.getLocalPort();
    }

    /** How the first script failed. */
    Throwable failure() throws Exception {
        return firstFailure.get(30, TimeUnit.SECONDS);
    }

    private void serve(Script script) {
        while (!server.isClosed()) {
            try (var socket = (SSLSocket) server.accept()) {
                script.run(socket);
            } catch (Exception e) {
                firstFailure.complete(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
