package dev.tubepost.internal.net;

import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why there is no secure stream, in words that tell what to change. <em>Immutable.</em>
 *
 * @param kind the reason's class
 * @param message whose fault it is as far as can be seen, and what to change
 */
record TlsFailure(Kind kind, String message) {

    /**
     * The stream was open, and the handshake failed.
     *
     * @param where the peer, for messages
     */
    static TlsFailure inHandshake(IOException cause, String where) {
        if (cause instanceof TlsMaterialException) {
            return new TlsFailure(
                    Kind.TLS_FAILURE, "no connection to " + where + ", for our own part: " + Diagnosis.text(cause));
        }
        if (!(cause instanceof SSLException)) {
            String how = cause instanceof EOFException
                    ? " closed the connection"
                    : " broke the connection (" + Diagnosis.text(cause) + ")";
            return new TlsFailure(
                    Kind.PEER_CLOSED,
                    where + how + " in the TLS handshake: the port may expect plain text (security.protocol ="
                            + " PLAINTEXT or SASL_PLAINTEXT), or belong to something else than a Kafka broker");
        }
        String all = chain(cause).toLowerCase(Locale.ROOT);
        if (all.contains("unrecognized ssl message") || all.contains("plaintext connection")) {
            return new TlsFailure(
                    Kind.WRONG_PROTOCOL,
                    where
                            + " does not speak TLS: use security.protocol = PLAINTEXT or SASL_PLAINTEXT, or the address of"
                            + " a listener with TLS");
        }
        if (isAlert(cause)) {
            return refusedByPeer(cause, where);
        }
        if (isAboutCertificate(cause)) {
            return new TlsFailure(
                    Kind.TLS_FAILURE,
                    "the certificate of " + where + " cannot be trusted: " + reason(deepest(cause))
                            + ". Nothing was sent there; look at its certificate, its name, and at who is trusted"
                            + " (ssl.truststore...)");
        }
        return new TlsFailure(
                Kind.TLS_FAILURE, "no secure connection to " + where + ": " + Diagnosis.text(deepest(cause)));
    }

    /** Whether the peer ended it with an alert: in TLS 1.3 it judges our certificate when we think that all is well. */
    static boolean isAlert(IOException cause) {
        return cause instanceof SSLException && chain(cause).contains("Received fatal alert");
    }

    /** The peer has ended it with an alert before it answered anything. */
    static TlsFailure refusedByPeer(IOException alert, String where) {
        return new TlsFailure(
                Kind.TLS_FAILURE,
                where + " ended TLS: " + Diagnosis.text(deepest(alert))
                        + ". It does not take our certificate (ssl.keystore...), wants one and gets none, or shares no"
                        + " version or cipher suite with us");
    }

    /** The JDK says of a certificate's time no more than its limit. */
    private static String reason(Throwable cause) {
        String text = Diagnosis.text(cause);
        if (cause instanceof CertificateExpiredException) {
            return "it has expired (" + text + ")";
        }
        return cause instanceof CertificateNotYetValidException ? "it is not yet valid (" + text + ")" : text;
    }

    private static boolean isAboutCertificate(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || cause instanceof CertPathBuilderException
                    || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String chain(Throwable thrown) {
        var text = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        return text.toString();
    }
}
