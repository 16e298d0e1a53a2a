package dev.tubepost.internal.net;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.net.Connection.Target;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.PeerText;
import dev.tubepost.protocol.SaslHandshakeResponse;
import dev.tubepost.protocol.VersionRange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says why a connection failed, in words that tell what to change. <em>Immutable.</em> What a peer sent appears escaped and cut (F32).
 */
final class Diagnosis {

    private static final int MAX_EXCERPT = 40;
    private static final int MAX_CAUSE = 200;
    private static final int MAX_OWN_TEXT = 1000;

    private final Target target;
    private final SecurityProtocol protocol;
    private final @Nullable InetAddress address;

    Diagnosis(Target target, SecurityProtocol protocol, @Nullable InetAddress address) {
        this.target = target;
        this.protocol = protocol;
        this.address = address;
    }

    /** As {@code broker 1 at kafka1:9092 (10.0.0.1)}. */
    String where() {
        var text = new StringBuilder(target.nodeId() < 0 ? "bootstrap server " : "broker " + target.nodeId() + " at ");
        text.append(hostAndPort());
        if (address != null && !address.getHostAddress().equals(target.host())) {
            text.append(" (").append(address.getHostAddress()).append(')');
        }
        return text.toString();
    }

    ConnectionLoss unknownHost(Throwable cause) {
        if (!(cause instanceof UnknownHostException)) {
            return loss(
                    Kind.LOCAL_FAILURE, "the name " + target.host() + " could not be looked up: " + text(cause), cause);
        }
        String advice = target.learnedFrom() == null
                ? "check its spelling and this machine's DNS"
                : "make this machine resolve it, or change advertised.listeners of broker " + target.nodeId();
        return loss(Kind.UNKNOWN_HOST, "the host name " + target.host() + " does not resolve: " + advice, cause);
    }

    ConnectionLoss connectFailed(IOException cause) {
        String reason = text(cause);
        if (reason.contains("Too many open files") || reason.contains("No file descriptors")) {
            return loss(
                    Kind.LOCAL_FAILURE,
                    "this process has no file descriptor left for a connection to " + where()
                            + ": raise its limit (ulimit -n)",
                    cause);
        }
        if (cause instanceof ConnectException && reason.toLowerCase(Locale.ROOT).contains("refused")) {
            return loss(
                    Kind.REFUSED,
                    where() + " refused the connection: check the port, and that the broker runs and listens on it",
                    cause);
        }
        boolean noWay = cause instanceof ConnectException || cause instanceof NoRouteToHostException;
        return loss(
                noWay || reason.contains("unreachable") ? Kind.UNREACHABLE : Kind.LOCAL_FAILURE,
                "cannot connect to " + where() + ": " + reason,
                cause);
    }

    ConnectionLoss setupTimeout(String stage, long nanos) {
        return loss(
                Kind.SETUP_TIMEOUT,
                where() + ": " + stage + " took longer than the connection-setup timeout of " + millis(nanos),
                null);
    }

    ConnectionLoss requestTimeout(Call oldest, long waitedNanos, long timeoutNanos, int inFlight) {
        String what = oldest.fullyWritten()
                ? "did not answer " + oldest + " within " + millis(waitedNanos)
                : "did not take the bytes of " + oldest + " within " + millis(waitedNanos);
        return loss(
                Kind.REQUEST_TIMEOUT,
                where() + " " + what + " (request timeout " + millis(timeoutNanos) + "); " + inFlight
                        + " requests in flight",
                null);
    }

    /** @param lastAnswered what the peer answered last; null if it never did */
    ConnectionLoss closed(@Nullable IOException cause, @Nullable ApiKey lastAnswered, int inFlight) {
        if (cause != null && lastAnswered == null && TlsFailure.isAlert(cause)) {
            return loss(TlsFailure.refusedByPeer(cause, where()), cause);
        }
        return loss(Kind.PEER_CLOSED, where() + how(cause) + hintOnClosed(lastAnswered, inFlight), cause);
    }

    private String hintOnClosed(@Nullable ApiKey lastAnswered, int inFlight) {
        if (lastAnswered == null) {
            return protocol.hasTls
                    ? " without any answer over TLS: the port may belong to something else than a Kafka broker"
                    : " without any answer: the port may expect TLS (security.protocol = SSL or SASL_SSL), or belong to"
                            + " something else than a Kafka broker";
        }
        if (lastAnswered == ApiKey.API_VERSIONS && inFlight > 0 && !protocol.hasSasl) {
            return " at the first request after the handshake: the listener may demand SASL authentication"
                    + " (security.protocol = SASL_SSL or SASL_PLAINTEXT), and this client is set to " + protocol;
        }
        return inFlight > 0 ? " with " + inFlight + " requests in flight" : "";
    }

    private static String how(@Nullable IOException cause) {
        return cause == null ? " closed the connection" : " broke the connection (" + text(cause) + ")";
    }

    /** The stream is open, and could not be made a secure one. */
    ConnectionLoss notSecured(IOException cause) {
        return loss(TlsFailure.inHandshake(cause, where()), cause);
    }

    private ConnectionLoss loss(TlsFailure failure, IOException cause) {
        return loss(failure.kind(), failure.message(), cause);
    }

    // ---- SASL ----

    /** The broker does not have the mechanism, or no SASL at all. */
    ConnectionLoss mechanismRefused(String mechanism, SaslHandshakeResponse answer) {
        boolean hasSasl = ErrorCode.of(answer.errorCode()) == ErrorCode.UNSUPPORTED_SASL_MECHANISM;
        String what = hasSasl
                ? " does not have the SASL mechanism " + mechanism + ": its listener has " + cut(answer.mechanisms())
                        + " (sasl.enabled.mechanisms)"
                : " refused to begin SASL " + mechanism + " (" + ErrorCode.of(answer.errorCode())
                        + "): its listener may be one without SASL (security.protocol = PLAINTEXT or SSL)";
        return loss(Kind.AUTHENTICATION, where() + what, null);
    }

    /** The broker does not take us for who we say we are. */
    ConnectionLoss authenticationRefused(String mechanism, short errorCode, @Nullable String brokerText) {
        return loss(
                Kind.AUTHENTICATION,
                where() + " refused our " + mechanism + " authentication: "
                        + (brokerText == null || brokerText.isBlank()
                                ? ErrorCode.of(errorCode).toString()
                                : brokerText),
                null);
    }

    /** We have nothing to prove with who we are, or the broker could not prove who it is. */
    ConnectionLoss notAuthenticated(String mechanism, Throwable cause) {
        if (cause instanceof AuthenticationException told) {
            return loss(
                    told.isPassing() ? Kind.CREDENTIALS_UNAVAILABLE : Kind.AUTHENTICATION,
                    "no " + mechanism + " authentication with " + where() + ": "
                            + PeerText.of(String.valueOf(cause.getMessage()), MAX_OWN_TEXT), // with advice of ours
                    cause);
        }
        return loss(
                Kind.INTERNAL_ERROR,
                mechanism + " authentication with " + where() + " failed because of a mistake in this library: "
                        + cause.getClass().getName(), // what it says may hold a secret
                null);
    }

    ConnectionLoss renewalTimeout(String mechanism, long nanos) {
        return loss(
                Kind.REQUEST_TIMEOUT,
                where() + ": " + mechanism + " authentication anew took longer than the request timeout of "
                        + millis(nanos),
                null);
    }

    private static String cut(List<String> mechanisms) {
        String all = String.join(", ", mechanisms);
        return mechanisms.isEmpty() ? "none" : all.length() > MAX_CAUSE ? all.substring(0, MAX_CAUSE) + "..." : all;
    }

    ConnectionLoss closedInsideReply(@Nullable IOException cause) {
        return loss(Kind.PEER_CLOSED, where() + how(cause) + " in the middle of a reply", cause);
    }

    /** @param isTrusted whether the peer is known, so that the user's limit holds */
    ConnectionLoss badFrame(FrameReader.BadFrameException bad, @Nullable ApiKey lastAnswered, boolean isTrusted) {
        String peer = peerByFirstBytes(bad.size);
        if (peer != null && lastAnswered == null) {
            return loss(Kind.WRONG_PROTOCOL, where() + " " + peer, bad);
        }
        if (lastAnswered == null && isText(bad.received)) {
            return loss(
                    Kind.WRONG_PROTOCOL,
                    where() + " is not a Kafka broker: it answered with the text \"" + excerpt(bad.received) + "\"",
                    bad);
        }
        return loss(
                Kind.PROTOCOL_ERROR,
                where() + " sent a reply with a size of " + bad.size + " bytes: that is " + tooMuch(isTrusted)
                        + ", or not Kafka's protocol",
                bad);
    }

    private static String tooMuch(boolean isTrusted) {
        return isTrusted
                ? "more than maxReplySize allows"
                : "more than the " + Handshake.MAX_REPLY_BYTES + " that a broker may send before it knows us";
    }

    ConnectionLoss unexpectedReply(int correlationId, @Nullable Call expected) {
        String wanted = expected == null
                ? "no reply was expected"
                : expected.fullyWritten() ? "the next one is " + expected : expected + " is not even fully written";
        return loss(
                Kind.PROTOCOL_ERROR,
                where() + " sent a reply with correlation id " + correlationId + ", but " + wanted,
                null);
    }

    ConnectionLoss malformed(Call call, Exception cause) {
        return loss(Kind.PROTOCOL_ERROR, where() + " sent a malformed reply to " + call + ": " + text(cause), cause);
    }

    ConnectionLoss internalError(Call call, Throwable thrown) {
        return loss(
                Kind.INTERNAL_ERROR,
                "the reply of " + where() + " to " + call
                        + " could not be handled because of a mistake in this library: " + text(thrown),
                thrown);
    }

    ConnectionLoss internalError(Throwable thrown) {
        return loss(
                Kind.INTERNAL_ERROR,
                "the connection to " + where() + " was given up because of an error in this client: " + text(thrown),
                thrown);
    }

    /** @param known the versions that the peer knows, or null if it does not know the message at all */
    ConnectionLoss noCommonVersion(ApiKey key, @Nullable VersionRange known) {
        String what = known == null
                ? " does not take " + key + " requests: use the address of a broker, not of a KRaft controller"
                : " knows the versions " + known + " of " + key + ", and this client " + key.versions()
                        + ": brokers from 2.1 on are supported";
        return loss(Kind.UNSUPPORTED_VERSION, where() + what, null);
    }

    ConnectionLoss handshakeRefused(short errorCode) {
        var error = ErrorCode.of(errorCode);
        if (error == ErrorCode.REBOOTSTRAP_REQUIRED) {
            return loss(
                    Kind.REBOOTSTRAP_REQUIRED,
                    where() + " is not the node that was meant (cluster " + target.clusterId() + ", node "
                            + target.nodeId() + "): its address belongs to another one now",
                    null);
        }
        return loss(
                Kind.PROTOCOL_ERROR,
                where() + " refused the handshake with error " + errorCode + " (" + error + ")",
                null);
    }

    ConnectionLoss loss(Kind kind, String message, @Nullable Throwable cause) {
        String origin = target.learnedFrom() == null
                ? ""
                : "; " + target.learnedFrom() + " answered and told to use " + hostAndPort()
                        + " (advertised.listeners)";
        boolean addressMatters = switch (kind) {
            case REFUSED, UNREACHABLE, UNKNOWN_HOST, SETUP_TIMEOUT, WRONG_PROTOCOL -> true;
            default -> false;
        };
        return new ConnectionLoss(kind, addressMatters ? message + origin : message, cause);
    }

    private String hostAndPort() {
        String host = target.host();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + target.port();
    }

    /** What is known to begin with these four bytes, where a broker sends a frame's size; null if nothing. */
    private static @Nullable String peerByFirstBytes(int first) {
        if (first >>> 16 == 0x1503) {
            return "speaks TLS (it answered with a TLS alert), and this connection is in plain text: use security.protocol = SSL or"
                    + " SASL_SSL, or the address of a PLAINTEXT listener";
        }
        return switch (first) {
            case 0x48545450 -> "is an HTTP server: use the address of a broker"; // "HTTP"
            case 0x5353482d -> "is an SSH server: use the address of a broker"; // "SSH-"
            default -> null;
        };
    }

    private static boolean isText(ByteBuffer bytes) {
        for (int i = 0; i < Math.min(4, bytes.remaining()); i++) {
            byte b = bytes.get(bytes.position() + i);
            if (b < 0x20 || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String excerpt(ByteBuffer bytes) {
        var text = new StringBuilder();
        int length = Math.min(MAX_EXCERPT, bytes.remaining());
        for (int i = 0; i < length; i++) {
            char c = (char) (bytes.get(bytes.position() + i) & 0xff);
            text.append(c < 0x20 || c >= 0x7f || c == '"' ? '.' : c);
        }
        return text.append(bytes.remaining() > length ? "..." : "").toString();
    }

    /** A cause's message on one line, or its class if it has none. */
    static String text(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String line = PeerText.of(message.replaceAll("\\p{Cntrl}+", " "), MAX_CAUSE); // it may quote the peer (F32)
        return message.length() > MAX_CAUSE ? line + "..." : line;
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }
}
