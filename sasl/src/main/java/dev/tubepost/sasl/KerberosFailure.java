package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.protocol.PeerText;

/** Says what Kerberos complains of, and whether it may pass. <em>Stateless.</em> */
final class KerberosFailure {

    private static final int MOST_CAUSES = 8;

    private KerberosFailure() {}

    /**
     * Lasting is what a key distribution center, or a key, says no to; that one is away, or that clocks differ, may pass.
     *
     * @param who the principal that it is about
     */
    static AuthenticationException of(Exception thrown, String who) {
        var texts = new StringBuilder();
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause.getMessage() != null && texts.indexOf(cause.getMessage()) < 0) {
                texts.append(i == 0 ? "" : ": ").append(cause.getMessage());
            }
            cause = cause.getCause();
        }
        String text = texts.toString();
        String message = "GSSAPI (" + PeerText.of(who) + "): " + PeerText.of(text.strip()) + advice(text);
        return isLasting(text)
                ? AuthenticationException.lasting(message, thrown)
                : AuthenticationException.passing(message, thrown);
    }

    private static boolean isLasting(String text) {
        return text.contains("Client not found in Kerberos database")
                || text.contains("Server not found in Kerberos database")
                || text.contains("Checksum failed")
                || text.contains("Pre-authentication information was invalid")
                || text.contains("Integrity check on decrypted field failed")
                || text.contains("Unable to obtain password from user")
                || text.contains("Unable to obtain Principal Name");
    }

    private static String advice(String text) {
        if (text.contains("Server not found")) {
            return "; see serviceName, and that the broker's host is the one in its principal";
        }
        if (text.contains("Clock skew")) {
            return "; set this machine's clock";
        }
        if (text.contains("Unable to obtain password from user")) {
            return "; see that the keytab can be read, and has a key of the principal; or that the ticket cache has a ticket (klist)";
        }
        if (text.contains("Failed to find any Kerberos tgt")) {
            return "; there is no ticket, or it has expired: see kinit and klist";
        }
        return text.contains("Cannot locate KDC") || text.contains("default realm")
                ? "; see java.security.krb5.conf"
                : "";
    }
}
