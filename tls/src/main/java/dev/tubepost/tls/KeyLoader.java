package dev.tubepost.tls;

import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of a {@link KeySource} our own certificate and key. <em>Immutable.</em> */
final class KeyLoader {

    private KeyLoader() {}

    static OwnKey load(KeySource source) throws TlsMaterialException {
        if (source instanceof KeySource.PemText text) {
            String chainWhat = "the text with our certificates";
            String keyWhat = "the text with our private key";
            byte[] chain = text.certificateChain().getBytes(StandardCharsets.UTF_8);
            return fromPem(chain, chainWhat, text.privateKey().utf8(), keyWhat, text.keyPassword());
        }
        if (source instanceof KeySource.PemFiles files) {
            String chainWhat = "the file " + files.certificateChain() + " with our certificates";
            String keyWhat = "the file " + files.privateKey() + " with our private key";
            byte[] chain = MaterialFile.read(files.certificateChain(), chainWhat);
            byte[] key = MaterialFile.read(files.privateKey(), keyWhat);
            return fromPem(chain, chainWhat, key, keyWhat, files.keyPassword());
        }
        return fromStore((KeySource.Store) source);
    }

    private static OwnKey fromPem(
            byte[] chainText, String chainWhat, byte[] keyText, String keyWhat, @Nullable Secret password)
            throws TlsMaterialException {
        try {
            var chain = certificates(chainText, chainWhat);
            var key = PrivateKeyReader.read(keyText, keyWhat, password);
            return matched(key, chain, keyWhat, chainWhat);
        } finally {
            Arrays.fill(keyText, (byte) 0);
            Arrays.fill(chainText, (byte) 0);
        }
    }

    /** The key may be in the same file: it is wiped. */
    private static List<X509Certificate> certificates(byte[] text, String what) throws TlsMaterialException {
        var blocks = Pem.parse(text, what);
        try {
            return CertificateReader.read(blocks, what);
        } finally {
            blocks.forEach(Pem.Block::wipe);
        }
    }

    private static OwnKey fromStore(KeySource.Store source) throws TlsMaterialException {
        String what = "the key store " + source.file();
        var store = StoreReader.open(source.file(), source.type(), source.storePassword(), what);
        var password = source.keyPassword() == null ? source.storePassword() : source.keyPassword();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return fromEntry(store, alias, password, what);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException(what + " cannot be used: " + e.getMessage(), e);
        }
        throw new TlsMaterialException(
                what + " has no private key: is it a trust store? keytool -list -keystore " + source.file()
                        + " shows what is in it",
                null);
    }

    private static OwnKey fromEntry(KeyStore store, String alias, Secret password, String what)
            throws TlsMaterialException, GeneralSecurityException {
        char[] characters = password.chars();
        try {
            var chain = store.getCertificateChain(alias);
            if (store.getKey(alias, characters) instanceof PrivateKey key && chain != null) {
                var own = Arrays.stream(chain).map(X509Certificate.class::cast).toList();
                return matched(key, own, what, what);
            }
        } catch (UnrecoverableKeyException e) {
            throw new TlsMaterialException(
                    "the key " + alias + " in " + what + " does not open with the key password", e);
        } finally {
            Arrays.fill(characters, '\0');
        }
        throw new TlsMaterialException("the key " + alias + " in " + what + " has no certificates", null);
    }

    private static OwnKey matched(PrivateKey key, List<X509Certificate> chain, String keyWhat, String chainWhat)
            throws TlsMaterialException {
        if (!KeyPairCheck.matches(key, chain.get(0).getPublicKey())) {
            throw new TlsMaterialException(
                    "the key in " + keyWhat + " does not belong to the first certificate in " + chainWhat + " ("
                            + chain.get(0).getSubjectX500Principal() + "): our own certificate must come first, and"
                            + " both files must be of the same pair",
                    null);
        }
        return new OwnKey(key, chain);
    }
}
