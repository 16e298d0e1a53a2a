package dev.tubepost.internal.net;

import dev.tubepost.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended, or never came to be. <em>Immutable.</em>
 *
 * @param kind the reason's class, to decide by
 * @param message what happened, to which address, and what to do about it; no line breaks or control characters
 * @param cause the failure below, if there was one
 */
public record ConnectionLoss(
        Kind kind, String message, @Nullable Throwable cause) {

    /** The classes of reasons. */
    public enum Kind {
        /** Nothing listens on the port. */
        REFUSED,
        /** There is no way to the address. */
        UNREACHABLE,
        /** The host's name does not resolve. */
        UNKNOWN_HOST,
        /** No address of the host completed connect and handshake in time (F2, F16). */
        SETUP_TIMEOUT,
        /** The oldest request got no answer in time (F6 to F8). */
        REQUEST_TIMEOUT,
        /** The peer closed or reset the connection (F3 to F5). */
        PEER_CLOSED,
        /** The peer broke the protocol: a frame, a correlation id or a message that cannot be (F20 to F24). */
        PROTOCOL_ERROR,
        /** The peer speaks something else than we do: TLS or none, HTTP, SSH. */
        WRONG_PROTOCOL,
        /** No secure stream: a certificate that is not trusted, theirs or ours, or no common version of TLS (F100, F101). */
        TLS_FAILURE,
        /** The peer does not take us for who we say we are, or cannot prove who it is (F97, F98). */
        AUTHENTICATION,
        /** What we would prove with who we are is not to be had just now: a token, a ticket. It may pass. */
        CREDENTIALS_UNAVAILABLE,
        /** The peer is a Kafka node, and there is no version of a message that we need that both know. */
        UNSUPPORTED_VERSION,
        /** The peer is not the node or cluster we meant: forget what was learnt and start from the bootstrap servers (KIP-1102, KIP-1242). */
        REBOOTSTRAP_REQUIRED,
        /** Nothing happened for the idle time; nothing was in flight. */
        IDLE,
        /** {@link Connection#close} was called. */
        CLOSED_BY_US,
        /** This process could not open a socket, for instance for lack of file descriptors (F93). */
        LOCAL_FAILURE,
        /** A mistake of this library: an exception where none may be. */
        INTERNAL_ERROR
    }

    /** Whether it stays so until somebody changes a certificate, a password, or an option. */
    public boolean isRefusal() {
        return kind == Kind.TLS_FAILURE || kind == Kind.AUTHENTICATION;
    }

    /** What a message that fails for it tells as the broker's error. */
    public ErrorCode error() {
        return kind == Kind.AUTHENTICATION ? ErrorCode.SASL_AUTHENTICATION_FAILED : ErrorCode.NONE;
    }

    @Override
    public String toString() {
        return kind + ": " + message;
    }
}
