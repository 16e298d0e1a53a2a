package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.SealedKey;
import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a private key in PEM, PKCS #8 (RFC 7468 sections 10 and 11). <em>Stateless.</em> */
final class PrivateKeyFile {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private PrivateKeyFile() {}

    /** @param kind RSA or EC */
    static PrivateKey read(Path file, @Nullable Secret password, String kind) throws AuthenticationException {
        String text;
        try {
            text = SmallFile.text(file);
        } catch (IOException e) {
            throw AuthenticationException.passing("key file " + file + ": " + SmallFile.reason(e), null);
        }
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) { // perhaps half-written
            throw AuthenticationException.passing(
                    "key file " + file + ": has no private key in PEM" + advice(text), null);
        }
        String label = pem.group(1);
        boolean isEncrypted = label.equals("ENCRYPTED PRIVATE KEY");
        if (!isEncrypted && !label.equals("PRIVATE KEY")) {
            throw lasting(file, "is a " + label + ", and must be PKCS #8: openssl pkcs8 -topk8 -in FILE -out NEW");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            var spec = isEncrypted ? SealedKey.open(der, "key file " + file, password) : new PKCS8EncodedKeySpec(der);
            return KeyFactory.getInstance(kind).generatePrivate(spec);
        } catch (TlsMaterialException e) {
            throw AuthenticationException.lasting(String.valueOf(e.getMessage()), null);
        } catch (GeneralSecurityException | IllegalArgumentException e) { // why would quote the key
            throw lasting(file, "holds no " + kind + " key, which the algorithm needs");
        }
    }

    private static String advice(String text) {
        return text.contains("CERTIFICATE") ? ", only certificates" : "";
    }

    private static AuthenticationException lasting(Path file, String why) {
        return AuthenticationException.lasting("key file " + file + ": " + why, null);
    }
}
