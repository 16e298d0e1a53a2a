package dev.tubepost.tls.testing;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Which key a certificate has. */
public enum KeyKind {
    EC_P256("EC", "SHA256withECDSA"),
    RSA_2048("RSA", "SHA256withRSA"),
    /** Too weak. */
    RSA_1024("RSA", "SHA256withRSA"),
    ED25519("Ed25519", "Ed25519");

    private final String algorithm;
    private final String signature;

    KeyKind(String algorithm, String signature) {
        this.algorithm = algorithm;
        this.signature = signature;
    }

    /** How such a key signs, unless something else is asked for. */
    String signature() {
        return signature;
    }

    KeyPair generate() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(algorithm);
        prepare(generator);
        return generator.generateKeyPair();
    }

    private void prepare(KeyPairGenerator generator) throws InvalidAlgorithmParameterException {
        switch (this) {
            case EC_P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case RSA_2048 -> generator.initialize(2048);
            case RSA_1024 -> generator.initialize(1024);
            case ED25519 -> {}
        }
    }
}
