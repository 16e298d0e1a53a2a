package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.net.EventLoops;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A token endpoint on this host that answers what a test says, and real event loops to ask it from. */
final class EndpointServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventLoops loops = new EventLoops(EventLoops.Settings.defaults());
    final AtomicInteger requests = new AtomicInteger();
    volatile String method = "";
    volatile String body = "";
    volatile @Nullable String authorization;
    volatile @Nullable SSLSession session;

    EndpointServer() {
        this(null);
    }

    EndpointServer(@Nullable SSLContext context) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (context == null) {
                server = HttpServer.create(address, 0);
            } else {
                var https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(new HttpsConfigurator(context));
                server = https;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create((server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort() + "/token");
    }

    OAuthOptions.Builder options(OAuthGrant grant) {
        return OAuthOptions.builder(uri(), grant).allowsLoopbackHttp(true);
    }

    void answer(int status, String type, String answer) {
        handle(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    void handle(HttpHandler handler) {
        try {
            server.removeContext("/");
        } catch (IllegalArgumentException e) {
            assertThat(requests).hasValue(0); // the first
        }
        server.createContext("/", exchange -> {
            note(exchange);
            handler.handle(exchange);
        });
    }

    private void note(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        session = exchange instanceof HttpsExchange https ? https.getSSLSession() : null;
        method = exchange.getRequestMethod();
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    Map<String, String> form() {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    Token token(OAuthOptions options) throws Exception {
        return ask(options).get();
    }

    /** Why there is no token; nothing secret is in it. */
    AuthenticationException failure(OAuthOptions options) throws Exception {
        try {
            Token token = ask(options).get();
            throw new AssertionError("a token, good until " + token.expiresAt());
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(AuthenticationException.class);
            assertThat(Talk.trace(e)).doesNotContain("canary");
            return (AuthenticationException) Objects.requireNonNull(e.getCause());
        }
    }

    private CompletableFuture<Token> ask(OAuthOptions options) {
        Actor actor = loops.actor("asker");
        var answer = new CompletableFuture<Token>();
        var tokens = new TokenCache(loops, new TokenEndpoint(options, loops));
        tokens.ask(actor, (token, thrown) -> {
            if (token != null) {
                answer.complete(token);
            } else {
                answer.completeExceptionally(thrown);
            }
        });
        return answer;
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        loops.close();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
