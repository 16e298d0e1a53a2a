package dev.tubepost.internal.auth;

import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.TlsProvider;
import dev.tubepost.internal.net.AuthenticationException;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.TlsOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.ServiceLoader;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client with which tokens are fetched. <em>Confined to one fetch at a time</em>, on remote threads.
 *
 * <p>It leaks no thread: its workers end after a second without work; and the JDK's selector thread ends when the client is closed (since 21), or collected
 * (17). So the client is kept, and exchanged only when files with certificates may have changed, and at the most every five minutes.
 */
final class EndpointClient {

    private static final int MOST_WORKERS = 4;
    private static final int MOST_WAITING = 1024;
    private static final long LIFE_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** A client and what it is to send. <em>Immutable.</em> */
    record Ready(HttpClient client, HttpRequest request) {}

    private final OAuthOptions options;
    private final Env env;
    private @Nullable HttpClient client;
    private long madeNanos;

    EndpointClient(OAuthOptions options, Env env) {
        this.options = options;
        this.env = env;
    }

    /** Reads certificates and keys if need be. */
    Ready ready(HttpRequest request) throws AuthenticationException {
        HttpClient now = client;
        if (now != null && options.tls() != null && env.nanos() - madeNanos >= LIFE_NANOS) {
            client = null;
            close(now);
            now = null;
        }
        if (now == null) {
            now = make();
            client = now;
            madeNanos = env.nanos();
        }
        return new Ready(now, request);
    }

    private HttpClient make() throws AuthenticationException {
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
        if (tls != null) {
            builder.sslContext(context(tls));
        }
        return builder.build();
    }

    private static SSLContext context(TlsOptions tls) throws AuthenticationException {
        SSLContext given = tls.sslContext();
        if (given != null) {
            return given;
        }
        TlsProvider provider = ServiceLoader.load(TlsProvider.class, TlsProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> AuthenticationException.lasting(
                        "tls of the token endpoint needs a library that is not there: add dev.tubepost:tubepost-tls",
                        null));
        try {
            return provider.context(tls);
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
