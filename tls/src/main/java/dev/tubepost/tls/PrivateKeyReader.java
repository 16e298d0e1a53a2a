package dev.tubepost.tls;

import dev.tubepost.internal.env.SealedKey;
import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a private key out of PEM: PKCS #8 (RFC 5958), encrypted or not. <em>Immutable.</em> */
final class PrivateKeyReader {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

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
        return generate(encrypted ? SealedKey.open(content, what, password) : new PKCS8EncodedKeySpec(content), what);
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
}
