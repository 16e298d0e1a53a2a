package dev.tubepost.internal.env;

import dev.tubepost.security.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;

/** Opens private keys that a password protects: encrypted PKCS #8 (RFC 5958 section 3), for TLS and for assertions. <em>Immutable.</em> */
public final class SealedKey {

    /** The identifier of PBES2 (RFC 8018), whose parameters name the real algorithm. */
    private static final List<String> PBES2 = List.of("PBES2", "1.2.840.113549.1.5.13");

    /** How often a password may be hashed to open a key: as for a key store of the JDK, which takes some seconds. openssl asks for 2,048. */
    private static final int MOST_ITERATIONS = 5_000_000;

    private static final String ANEW = ". This encrypts it anew: openssl pkcs8 -topk8 -v2 aes256 -in KEY -out KEY.pk8";

    private SealedKey() {}

    /**
     * May take seconds: never on an event loop.
     *
     * @param what whence it is, for messages
     * @throws TlsMaterialException if it does not open, with nothing of it or of the password
     */
    public static PKCS8EncodedKeySpec open(byte[] content, String what, @Nullable Secret password)
            throws TlsMaterialException {
        if (password == null) {
            throw new TlsMaterialException(what + " holds an encrypted key, and no key password is given", null);
        }
        EncryptedPrivateKeyInfo info;
        try {
            info = new EncryptedPrivateKeyInfo(content);
        } catch (IOException e) {
            throw new TlsMaterialException(what + " is damaged: its encrypted key cannot be decoded", null);
        }
        char[] characters = password.chars();
        var spec = new PBEKeySpec(characters);
        try {
            checkIterations(info, what);
            String algorithm = algorithmOf(info);
            var cipher = Cipher.getInstance(algorithm);
            var key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new TlsMaterialException(
                    what + " is encrypted in a way that this JDK does not know (" + e.getMessage() + ")" + ANEW, null);
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException(what + " does not open with the key password, or is damaged", null);
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
        }
    }

    /** They are asked for by the file, and would take hours. */
    private static void checkIterations(EncryptedPrivateKeyInfo info, String what)
            throws TlsMaterialException, GeneralSecurityException {
        var parameters = info.getAlgParameters();
        if (parameters == null) {
            return;
        }
        int iterations = parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount();
        if (iterations > MOST_ITERATIONS) {
            throw new TlsMaterialException(
                    what + " asks to hash the key password " + iterations + " times, which are too many: at most "
                            + MOST_ITERATIONS + ANEW,
                    null);
        }
    }

    private static String algorithmOf(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        return PBES2.contains(name) ? Objects.toString(info.getAlgParameters(), name) : name;
    }
}
