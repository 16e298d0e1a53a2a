package dev.tubepost.tls;

import dev.tubepost.fuzz.Allocation;
import dev.tubepost.fuzz.Canary;
import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * A file of any bytes, taken for certificates and for a key: read, or {@link TlsMaterialException}, soon, with nothing of a key or password in its text.
 * <em>Static, without state.</em>
 */
public final class PemFuzz {

    private static final Secret PASSWORD = Secret.of(Canary.SECRET);
    private static final int MOST_TIMES = 400;
    private static final int LEAST_BYTES = 8_192;
    /** Its object identifier (RFC 8018). */
    private static final byte[] PBES2 = {6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xf7, 13, 1, 5, 13};

    private static final long MOST_NANOS = 30_000_000_000L;

    private PemFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        long begin = System.nanoTime();
        Allocation.check(LEAST_BYTES + input.length, MOST_TIMES, () -> {
            certificates(input);
            if (!asksForMuch(input)) {
                key(input);
            }
        });
        if (System.nanoTime() - begin > MOST_NANOS) {
            throw new IllegalStateException("it took " + (System.nanoTime() - begin) + " ns");
        }
    }

    private static void certificates(byte[] input) {
        try {
            if (CertificateReader.read(input, "the file").isEmpty()) {
                throw new IllegalStateException("no certificate");
            }
        } catch (TlsMaterialException e) {
            told(e);
        }
    }

    private static void key(byte[] input) {
        byte[] text = input.clone();
        try {
            Objects.requireNonNull(PrivateKeyReader.read(text, "the file", PASSWORD));
        } catch (TlsMaterialException e) {
            told(e);
        }
    }

    /** What is allowed, and would take seconds each time. */
    private static boolean asksForMuch(byte[] input) {
        try {
            for (Pem.Block block : Pem.parse(input, "the file")) {
                byte[] content = block.content();
                if (content != null && block.label().startsWith("ENCRYPTED")) {
                    AlgorithmParameters parameters = new EncryptedPrivateKeyInfo(content).getAlgParameters();
                    int iterations =
                            parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount();
                    return iterations > 1_000 && iterations <= 5_000_000;
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return false; // ours is asked anyway
        }
        return false;
    }

    private static void told(TlsMaterialException e) {
        Canary.absent(e);
        if (String.valueOf(e.getMessage()).length() > 2_000) {
            throw new IllegalStateException("a long text", e);
        }
    }

    public static List<byte[]> seeds() {
        List<String> texts = new ArrayList<>();
        String certificate = certificate();
        byte[] key = key();
        texts.add(certificate);
        texts.add("subject=x\r\n" + certificate.replace("\n", "\r\n") + certificate);
        texts.add(certificate.replace("CERTIFICATE", "X509 CERTIFICATE"));
        texts.add(block("PRIVATE KEY", key));
        texts.add(certificate + block("PRIVATE KEY", key));
        texts.add(block("PRIVATE KEY", key).replace("\n", ""));
        texts.add(block("PRIVATE KEY", key).replace("MEE", Canary.SECRET + "MEE"));
        texts.add(block("RSA PRIVATE KEY", key).replace("\nM", "\nProc-Type: 4,ENCRYPTED\n\nM"));
        texts.add(block("OPENSSH PRIVATE KEY", key));
        texts.add(block("ENCRYPTED PRIVATE KEY", encrypted(key, "PBEWithHmacSHA256AndAES_256")));
        texts.add(block("ENCRYPTED PRIVATE KEY", encrypted(key, "PBEWithSHA1AndDESede")));
        texts.add("-----BEGIN PRIVATE KEY----" + Canary.SECRET.repeat(5) + "-----END PRIVATE KEY-----");
        texts.add("-----BEGIN PRIVATE KEY-----\n" + Canary.SECRET.repeat(5) + "\n-----END PRIVATE KEX-----");
        texts.add("-----BEGIN PRIVATE KEY-----\n" + Canary.SECRET.repeat(5) + "!\n-----END PRIVATE KEY-----");
        texts.add("-----BEGIN PRIVATE KEY-----\n" + Canary.SECRET.repeat(5) + "\n-----END PRIVATE KEY-----");
        texts.add("-----BEGIN ");
        return texts.stream()
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static String certificate() {
        try (InputStream in = Objects.requireNonNull(PemFuzz.class.getResourceAsStream("certificate.pem"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same each time, and nobody's. */
    private static byte[] key() {
        try {
            var pairs = KeyPairGenerator.getInstance("EC");
            pairs.initialize(new ECGenParameterSpec("secp256r1"));
            var curve = ((ECPublicKey) pairs.generateKeyPair().getPublic()).getParams();
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(BigInteger.valueOf(1_234_567_890_123L), curve))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encrypted(byte[] key, String algorithm) {
        try {
            var spec = algorithm.startsWith("PBEWithHmac")
                    ? new PBEParameterSpec(new byte[16], 100, new IvParameterSpec(new byte[16]))
                    : new PBEParameterSpec(new byte[8], 100);
            var cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD.chars())),
                    spec);
            byte[] closed = cipher.doFinal(key);
            AlgorithmParameters parameters = cipher.getParameters();
            return algorithm.startsWith("PBEWithHmac")
                    ? der(0x30, der(0x30, PBES2, parameters.getEncoded()), der(4, closed))
                    : new EncryptedPrivateKeyInfo(parameters, closed).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One element of ASN.1, as JDK 17 writes none for PBES2. */
    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() > 127) {
            element.write(0x82);
            element.write(content.size() >> 8);
        }
        element.write(content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static String block(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
