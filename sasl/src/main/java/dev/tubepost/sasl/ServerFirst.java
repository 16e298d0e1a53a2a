package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a broker says first in SCRAM, looked at before anything is derived from it (F98). <em>Immutable.</em>
 *
 * <pre>
 * r=NONCE,s=SALT,i=ITERATIONS
 * </pre>
 *
 * Extensions are refused: no broker has any, those that begin with {@code m=} must be, and what we do not understand we do not sign.
 *
 * @param text the message as it came: it is signed
 * @param nonce ours, and what the broker put behind
 * @param iterations how often the password is hashed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ServerFirst(String text, String nonce, byte[] salt, int iterations) {

    /** RFC 7677 section 4. */
    static final int LEAST_ITERATIONS = 4096;

    /**
     * Kafka creates 16,384 at the most, and 4,096 unless told otherwise. Others follow what OWASP asks of PBKDF2 with SHA-256, which is this. It takes
     * 0.15 s with SHA-256 and 0.6 s with SHA-512 of one side thread, measured on Java 17 once it is compiled: a hostile broker costs us no more than that per
     * attempt to connect, and attempts have pauses.
     */
    static final int MOST_ITERATIONS = 600_000;

    static final int MOST_BYTES = 64 << 10;
    static final int MOST_SALT_BYTES = 1 << 10;
    private static final Pattern FORM =
            Pattern.compile("r=([\\x21-\\x2b\\x2d-\\x7e]+),s=([A-Za-z0-9+/]*={0,2}),i=([1-9][0-9]{0,17})");

    /** @param ours the nonce that we sent */
    static ServerFirst parse(byte[] challenge, String ours) throws AuthenticationException {
        if (challenge.length > MOST_BYTES) {
            throw refused("has " + challenge.length + " bytes, and may have " + MOST_BYTES);
        }
        String text = new String(challenge, StandardCharsets.ISO_8859_1); // the form allows ASCII only
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw refused("is not of the form r=...,s=...,i=...");
        }
        String nonce = form.group(1);
        if (!nonce.startsWith(ours) || nonce.length() == ours.length()) {
            throw refused("does not extend our nonce: an answer to somebody else, or one that was recorded");
        }
        return new ServerFirst(text, nonce, salt(form.group(2)), iterations(form.group(3)));
    }

    private static byte[] salt(String encoded) throws AuthenticationException {
        byte[] salt;
        try {
            salt = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw refused("has a salt that is not base64");
        }
        if (salt.length == 0 || salt.length > MOST_SALT_BYTES) {
            throw refused("has a salt of " + salt.length + " bytes, and must have 1 to " + MOST_SALT_BYTES);
        }
        return salt;
    }

    private static int iterations(String digits) throws AuthenticationException {
        long iterations = Long.parseLong(digits);
        if (iterations < LEAST_ITERATIONS) {
            throw refused("asks for " + iterations + " iterations, which are too few: at least " + LEAST_ITERATIONS
                    + "; give the user a new SCRAM credential with more");
        }
        if (iterations > MOST_ITERATIONS) {
            throw refused("asks for " + iterations + " iterations, which are too many: at most " + MOST_ITERATIONS
                    + "; give the user a new SCRAM credential with fewer");
        }
        return (int) iterations;
    }

    private static AuthenticationException refused(String why) {
        return AuthenticationException.lasting("SCRAM: the broker's first message " + why, null);
    }
}
