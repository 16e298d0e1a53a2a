package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Modules;
import dev.tubepost.internal.env.TlsParameters;
import dev.tubepost.internal.env.TlsProvider;
import dev.tubepost.internal.env.TlsProvider.Contexts;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.TlsOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client with which tokens are fetched. <em>Confined to one fetch at a time</em>, on remote threads.
 *
 * <p>It leaks no thread: its workers end after a second without work; and the JDK's selector thread ends when the client is closed (since 21), or collected
 * (17). So the client is kept, and exchanged only when files with certificates have changed.
 */
final class EndpointClient {

    private static final int MOST_WORKERS = 4;
    private static final int MOST_WAITING = 1024;

    /** A client and what it is to send. <em>Immutable.</em> */
    record Ready(HttpClient client, HttpRequest request) {}

    private final OAuthOptions options;
    /** Null for the JDK's own. */
    private final @Nullable Contexts contexts;

    private @Nullable SSLContext context;
    private @Nullable HttpClient client;

    /** @throws dev.tubepost.InvalidOptionsException if TLS with the options needs what is not there */
    EndpointClient(OAuthOptions options) {
        this.options = options;
        TlsOptions tls = options.tls();
        this.contexts = tls == null ? null : contexts(tls);
    }

    private static Contexts contexts(TlsOptions tls) {
        SSLContext given = tls.sslContext();
        if (given == null) {
            return Modules.find(TlsProvider.class, "tls of the token endpoint", "tls")
                    .contexts(tls);
        }
        TlsParameters.check(tls);
        return () -> given;
    }

    /** Reads certificates and keys if need be. */
    Ready ready(HttpRequest request) throws AuthenticationException {
        SSLContext now = context();
        HttpClient known = client;
        if (known == null || now != context) {
            if (known != null) {
                close(known);
            }
            known = make(now);
            client = known;
            context = now;
        }
        return new Ready(known, request);
    }

    private HttpClient make(@Nullable SSLContext now) {
        var workers = new ThreadPoolExecutor(
                MOST_WORKERS, MOST_WORKERS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    var thread = new Thread(task, "tubepost-token-endpoint");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        var builder = HttpClient.newBuilder()
                .executor(workers)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // F103
                .connectTimeout(options.timeout());
        TlsOptions tls = options.tls();
        if (tls != null && now != null) {
            builder.sslContext(now).sslParameters(TlsParameters.of(tls, now));
        }
        return builder.build();
    }

    private @Nullable SSLContext context() throws AuthenticationException {
        try {
            return contexts == null ? null : contexts.current();
        } catch (IOException e) {
            throw AuthenticationException.passing("tls of the token endpoint: " + e.getMessage(), e);
        }
    }

    /** From Java 21 on it can be closed, which waits for nothing here: nothing is under way. */
    private static void close(Object client) {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
