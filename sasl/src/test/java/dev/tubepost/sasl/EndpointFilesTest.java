package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificate files of a token endpoint that change while it is asked (F101). */
final class EndpointFilesTest {

    private static final Identity OLD = Certificates.authority("Old CA");
    private static final Identity NEW = Certificates.authority("New CA");

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("ca.pem");
    }

    private EndpointClient trustingTheFile() {
        return new EndpointClient(OAuthOptions.builder(
                        URI.create("https://localhost/token"),
                        new OAuthGrant.ClientSecret("client", Secret.of("secret")))
                .tls(TlsOptions.builder().trust(TrustSource.pem(file())).build())
                .build());
    }

    @Test
    void theNextRequestTrustsWhomTheNewFileNames() throws Exception {
        Files.writeString(file(), OLD.certificatesPem());
        var endpoint = trustingTheFile();
        var server = serverOf(NEW);
        try {
            var request = HttpRequest.newBuilder(URI.create(
                            "https://localhost:" + server.getAddress().getPort()))
                    .build();
            assertThatThrownBy(() -> client(endpoint, request).send(request, BodyHandlers.discarding()))
                    .isInstanceOf(SSLException.class);
            Files.writeString(file(), NEW.certificatesPem() + '\n');
            assertThat(client(endpoint, request)
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void keepsItsConnectionsAsLongAsNoGoodFileHasCome() throws Exception {
        Files.writeString(file(), OLD.certificatesPem());
        var endpoint = trustingTheFile();
        var request = HttpRequest.newBuilder(URI.create("https://localhost")).build();
        var first = client(endpoint, request);
        assertThat(client(endpoint, request)).as("nothing has changed").isSameAs(first);
        Files.writeString(file(), OLD.certificatesPem().substring(0, 100));
        assertThat(client(endpoint, request)).as("half-written").isSameAs(first);
    }

    @Test
    void saysWhichFileIsNotThere() {
        var request = HttpRequest.newBuilder(URI.create("https://localhost")).build();
        var endpoint = trustingTheFile();
        assertThatThrownBy(() -> client(endpoint, request))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("tls of the token endpoint")
                .hasMessageContaining(file().toString());
    }

    private static HttpClient client(EndpointClient endpoint, HttpRequest request) throws AuthenticationException {
        return endpoint.ready(request).client();
    }

    private static HttpsServer serverOf(Identity authority) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var context = Certificates.named("endpoint").issuedBy(authority).serverContext(authority);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
