package dev.tubepost.internal.auth;

import dev.tubepost.internal.net.AuthenticationException;
import dev.tubepost.security.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;

/** Reads a private key in PEM, PKCS #8 (RFC 7468 sections 10 and 11). <em>Stateless.</em> */
final class PrivateKeyFile {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    /** How often a password may be hashed to open a key, which the file says: more would take hours. As for keys of TLS. */
    private static final int MOST_ITERATIONS = 5_000_000;

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
            return KeyFactory.getInstance(kind)
                    .generatePrivate(isEncrypted ? decrypted(file, der, password) : new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) { // why would quote the key
            throw lasting(
                    file,
                    isEncrypted
                            ? "cannot be decrypted with keyPassword, or holds no " + kind + " key"
                            : "holds no " + kind + " key, which the algorithm needs");
        }
    }

    private static PKCS8EncodedKeySpec decrypted(Path file, byte[] der, @Nullable Secret password)
            throws GeneralSecurityException, IOException, AuthenticationException {
        if (password == null) {
            throw lasting(file, "is encrypted: set keyPassword");
        }
        var info = new EncryptedPrivateKeyInfo(der);
        AlgorithmParameters parameters = info.getAlgParameters();
        if (parameters != null
                && parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount() > MOST_ITERATIONS) {
            throw lasting(
                    file,
                    "asks to hash keyPassword more than " + MOST_ITERATIONS
                            + " times: openssl pkcs8 -topk8 -v2 aes256 -in FILE -out NEW");
        }
        // PBES2 is a family: only its parameters know the name that the JDK has for the member.
        String named = parameters == null ? "" : String.valueOf(parameters.toString());
        String algorithm = named.startsWith("PBE") ? named : info.getAlgName();
        char[] chars = password.chars();
        var spec = new PBEKeySpec(chars);
        try {
            var cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm).generateSecret(spec), parameters);
            return info.getKeySpec(cipher);
        } finally {
            spec.clearPassword();
            Arrays.fill(chars, '\0');
        }
    }

    private static String advice(String text) {
        return text.contains("CERTIFICATE") ? ", only certificates" : "";
    }

    private static AuthenticationException lasting(Path file, String why) {
        return AuthenticationException.lasting("key file " + file + ": " + why, null);
    }
}
