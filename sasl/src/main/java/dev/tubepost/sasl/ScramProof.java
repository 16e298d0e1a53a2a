package dev.tubepost.sasl;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import dev.tubepost.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What proves that we know the password, and what must prove that the broker does (RFC 5802 section 3). <em>Immutable.</em> The only class that touches the
 * SCRAM library.
 *
 * <p>The password is hashed by the JDK, as UTF-8 and otherwise as it is: so do Kafka's brokers and tools, which prepare no strings. The library would either
 * refuse what is not ASCII, and drop control characters, or normalize it (SASLprep), which gives another password. For the same reason the messages are
 * written here.
 *
 * @param clientFinal our last message
 * @param serverSignature what the broker must answer
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ScramProof(byte[] clientFinal, byte[] serverSignature) {

    /** Hashes the password, which takes a while: not for an event loop. */
    static ScramProof derive(String mechanism, Secret password, String clientFirstBare, ServerFirst first)
            throws GeneralSecurityException {
        ScramMechanism scram = isSha256(mechanism) ? ScramMechanism.SCRAM_SHA_256 : ScramMechanism.SCRAM_SHA_512;
        String withoutProof = "c=biws,r=" + first.nonce(); // "n,,": no channel binding
        String signed = clientFirstBare + ',' + first.text() + ',' + withoutProof;
        byte[] salted = salted(mechanism, password, first);
        byte[] clientKey = ScramFunctions.clientKey(scram, salted);
        byte[] serverKey = ScramFunctions.serverKey(scram, salted);
        byte[] storedKey = ScramFunctions.storedKey(scram, clientKey);
        byte[] proof = ScramFunctions.clientProof(clientKey, ScramFunctions.clientSignature(scram, storedKey, signed));
        byte[] expected = ScramFunctions.serverSignature(scram, serverKey, signed);
        Arrays.fill(salted, (byte) 0);
        Arrays.fill(clientKey, (byte) 0);
        Arrays.fill(serverKey, (byte) 0);
        String last = withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
        return new ScramProof(last.getBytes(StandardCharsets.UTF_8), expected);
    }

    private static byte[] salted(String mechanism, Secret password, ServerFirst first) throws GeneralSecurityException {
        boolean is256 = isSha256(mechanism);
        char[] chars = password.chars();
        var spec = new PBEKeySpec(chars, first.salt(), first.iterations(), is256 ? 256 : 512);
        try {
            return SecretKeyFactory.getInstance(is256 ? "PBKDF2WithHmacSHA256" : "PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
            Arrays.fill(chars, '\0');
        }
    }

    private static boolean isSha256(String mechanism) {
        return mechanism.equals("SCRAM-SHA-256");
    }
}
