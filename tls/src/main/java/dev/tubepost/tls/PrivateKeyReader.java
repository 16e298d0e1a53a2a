package dev.tubepost.tls;

import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.Secret;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;

/** Reads a private key out of PEM: PKCS #8 (RFC 5958), encrypted or not. <em>Immutable.</em> */
final class PrivateKeyReader {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

    /** The identifier of PBES2 (RFC 8018), whose parameters name the real algorithm. */
    private static final List<String> PBES2 = List.of("PBES2", "1.2.840.113549.1.5.13");

    /** How often a password may be hashed to open a key: as for a key store of the JDK, which takes some seconds. openssl asks for 2,048. */
    private static final int MOST_ITERATIONS = 5_000_000;

    private PrivateKeyReader() {}

    /**
     * The one key that is there; other blocks are passed over.
     *
     * @param text wiped by the caller
     * @param what whence it is, for messages
     */
    static PrivateKey read(byte[] text, String what, @Nullable Secret password) throws TlsMaterialException {
        var blocks = Pem.parse(text, what);
        try {
            var keys = blocks.stream()
                    .filter(block -> block.label().endsWith("PRIVATE KEY"))
                    .toList();
            if (keys.size() != 1) {
                throw new TlsMaterialException(
                        keys.isEmpty()
                                ? what + " has no private key: a block that begins with -----BEGIN PRIVATE KEY----- or"
                                        + " -----BEGIN ENCRYPTED PRIVATE KEY----- is expected"
                                : what + " has " + keys.size() + " private keys: leave only ours",
                        null);
            }
            return decode(keys.get(0), what, password);
        } finally {
            blocks.forEach(Pem.Block::wipe);
        }
    }

    private static PrivateKey decode(Pem.Block block, String what, @Nullable Secret password)
            throws TlsMaterialException {
        byte[] content = block.content();
        boolean encrypted = block.label().equals("ENCRYPTED PRIVATE KEY");
        if (content == null || !(encrypted || block.label().equals("PRIVATE KEY"))) {
            throw new TlsMaterialException(
                    what + " holds the key as " + block.label() + ", and not in PKCS #8. This converts it: "
                            + (block.label().startsWith("OPENSSH")
                                    ? "ssh-keygen -p -m PKCS8 -f KEY (it changes the file itself)"
                                    : "openssl pkcs8 -topk8 -in KEY -out KEY.pk8"),
                    null);
        }
        if (!encrypted) {
            return generate(new PKCS8EncodedKeySpec(content), what);
        }
        if (password == null) {
            throw new TlsMaterialException(what + " holds an encrypted key, and no key password is given", null);
        }
        return generate(decrypt(content, what, password), what);
    }

    private static PrivateKey generate(PKCS8EncodedKeySpec encoded, String what) throws TlsMaterialException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm, or damaged: what the JDK says of it could quote the key.
            } catch (GeneralSecurityException e) {
                throw new TlsMaterialException("this JDK has no keys of " + algorithm, e);
            }
        }
        throw new TlsMaterialException(
                what + " holds a key that is damaged, or of an algorithm that this JDK does not know (it knows RSA, EC,"
                        + " Ed25519)",
                null);
    }

    private static PKCS8EncodedKeySpec decrypt(byte[] content, String what, Secret password)
            throws TlsMaterialException {
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
        } catch (java.security.NoSuchAlgorithmException | javax.crypto.NoSuchPaddingException e) {
            throw new TlsMaterialException(
                    what + " is encrypted in a way that this JDK does not know (" + e.getMessage()
                            + "). This encrypts it anew: openssl pkcs8 -topk8 -v2 aes256 -in KEY -out KEY.pk8",
                    null);
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
        AlgorithmParameters parameters = info.getAlgParameters();
        if (parameters == null) {
            return;
        }
        int iterations = parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount();
        if (iterations > MOST_ITERATIONS) {
            throw new TlsMaterialException(
                    what + " asks to hash the key password " + iterations + " times, which are too many: at most "
                            + MOST_ITERATIONS
                            + ". This encrypts it anew: openssl pkcs8 -topk8 -v2 aes256 -in KEY -out KEY.pk8",
                    null);
        }
    }

    private static String algorithmOf(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        return PBES2.contains(name) ? Objects.toString(info.getAlgParameters(), name) : name;
    }
}
