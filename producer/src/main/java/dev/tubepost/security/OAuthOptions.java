package dev.tubepost.security;

import dev.tubepost.InvalidOptionsException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens from an OAuth 2 token endpoint. <em>Immutable.</em>
 *
 * <p>The endpoint is spoken to by https only; redirects are not followed, and its answer may have 64 KiB.
 */
public final class OAuthOptions implements TokenSource {

    private final URI tokenEndpoint;
    private final OAuthGrant grant;
    private final @Nullable String scope;
    private final @Nullable TlsOptions tls;
    private final Duration timeout;
    private final boolean encodesHeader;
    private final boolean allowsLoopbackHttp;
    private final Map<String, String> extensions;

    private OAuthOptions(Builder set) {
        tokenEndpoint = set.tokenEndpoint;
        grant = set.grant;
        scope = set.scope;
        tls = set.tls;
        timeout = set.timeout;
        encodesHeader = set.encodesHeader;
        allowsLoopbackHttp = set.allowsLoopbackHttp;
        extensions = Map.copyOf(set.extensions);
    }

    /** Starts from the defaults. */
    public static Builder builder(URI tokenEndpoint, OAuthGrant grant) {
        return new Builder(tokenEndpoint, grant);
    }

    /** Where tokens are asked for. kafka-clients: {@code sasl.oauthbearer.token.endpoint.url}. */
    public URI tokenEndpoint() {
        return tokenEndpoint;
    }

    /** By which right. */
    public OAuthGrant grant() {
        return grant;
    }

    /** What the token is to be good for; null: what the endpoint thinks. Default: null. kafka-clients: {@code sasl.oauthbearer.scope}. */
    public @Nullable String scope() {
        return scope;
    }

    /** Whom to trust at the endpoint, our key there, versions and cipher suites; null: the JDK's, and no key. Default: null. */
    public @Nullable TlsOptions tls() {
        return tls;
    }

    /** How long connecting may take, and how long the answer. More than 0. Default: 10 s. kafka-clients: {@code sasl.login.connect.timeout.ms}, {@code sasl.login.read.timeout.ms}. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether id and secret are URL-encoded in the header, as RFC 6749 says and some servers do not. Default: no. kafka-clients: {@code sasl.oauthbearer.header.urlencode}. */
    public boolean encodesHeader() {
        return encodesHeader;
    }

    /** Whether an endpoint on this host may be spoken to in plain text. Default: no. */
    public boolean allowsLoopbackHttp() {
        return allowsLoopbackHttp;
    }

    /**
     * SASL extensions that go with each token (KIP-342), see {@link Token}. Default: none. kafka-clients: {@code extension_NAME} of the login module in
     * {@code sasl.jaas.config}.
     */
    public Map<String, String> extensions() {
        return extensions;
    }

    @Override
    public String toString() {
        return "OAuthOptions{tokenEndpoint=" + tokenEndpoint.getScheme() + "://" + tokenEndpoint.getAuthority()
                + ", grant=" + grant + (scope == null ? "" : ", scope=" + scope) + '}';
    }

    /** Collects options; each method sets the option of its name. <em>Confined to one thread.</em> */
    public static final class Builder {

        private final URI tokenEndpoint;
        private final OAuthGrant grant;
        private @Nullable String scope;
        private @Nullable TlsOptions tls;
        private Duration timeout = Duration.ofSeconds(10);
        private boolean encodesHeader;
        private boolean allowsLoopbackHttp;
        private Map<String, String> extensions = Map.of();

        private Builder(URI tokenEndpoint, OAuthGrant grant) {
            this.tokenEndpoint = tokenEndpoint;
            this.grant = grant;
        }

        /** Sets {@link OAuthOptions#scope()}; null for none. */
        public Builder scope(@Nullable String scope) {
            this.scope = scope;
            return this;
        }

        /** Sets {@link OAuthOptions#tls()}; null for the default. */
        public Builder tls(@Nullable TlsOptions tls) {
            this.tls = tls;
            return this;
        }

        /** Sets {@link OAuthOptions#timeout()}. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** Sets {@link OAuthOptions#encodesHeader()}. */
        public Builder encodesHeader(boolean encodesHeader) {
            this.encodesHeader = encodesHeader;
            return this;
        }

        /** Sets {@link OAuthOptions#allowsLoopbackHttp()}. */
        public Builder allowsLoopbackHttp(boolean allowsLoopbackHttp) {
            this.allowsLoopbackHttp = allowsLoopbackHttp;
            return this;
        }

        /** Sets {@link OAuthOptions#extensions()}. */
        public Builder extensions(Map<String, String> extensions) {
            this.extensions = extensions;
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws InvalidOptionsException with all problems at once
         */
        public OAuthOptions build() {
            List<String> problems = new ArrayList<>();
            String scheme = String.valueOf(tokenEndpoint.getScheme()).toLowerCase(Locale.ROOT);
            boolean isLoopback = isLoopback(tokenEndpoint.getHost());
            if (tokenEndpoint.getHost() == null || tokenEndpoint.getUserInfo() != null) {
                problems.add("tokenEndpoint: must be an https address with a host, and without a user's name");
            } else if (scheme.equals("http") && !(allowsLoopbackHttp && isLoopback)) {
                problems.add("tokenEndpoint = http://" + tokenEndpoint.getAuthority()
                        + ": must be https; http is for this host only, and only with allowsLoopbackHttp");
            } else if (!scheme.equals("http") && !scheme.equals("https")) {
                problems.add("tokenEndpoint = " + scheme + "://...: must be https");
            }
            if (timeout.isZero() || timeout.isNegative()) {
                problems.add("timeout = " + timeout + ": must be more than 0");
            }
            if (!problems.isEmpty()) {
                throw new InvalidOptionsException(problems);
            }
            return new OAuthOptions(this);
        }

        /** By its spelling: a name that leads here today may lead elsewhere tomorrow. */
        private static boolean isLoopback(@Nullable String host) {
            return host != null
                    && (host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]"));
        }
    }
}
