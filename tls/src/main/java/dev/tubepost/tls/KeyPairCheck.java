package dev.tubepost.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Whether a private key and a public one are a pair: what one signs, the other must verify. <em>Immutable.</em> */
final class KeyPairCheck {

    private static final byte[] SAMPLE = {1, 2, 3, 4};

    private KeyPairCheck() {}

    static boolean matches(PrivateKey privateKey, PublicKey publicKey) {
        if (!family(privateKey.getAlgorithm()).equals(family(publicKey.getAlgorithm()))) {
            return false;
        }
        try {
            var signing = signature(privateKey.getAlgorithm());
            signing.initSign(privateKey);
            signing.update(SAMPLE);
            byte[] signed = signing.sign();
            var verifying = signature(privateKey.getAlgorithm());
            verifying.initVerify(publicKey);
            verifying.update(SAMPLE);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) { // of another size or curve
            return false;
        }
    }

    private static String family(String algorithm) {
        return switch (algorithm) {
            case "Ed25519", "Ed448" -> "EdDSA";
            default -> algorithm;
        };
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "DSA" -> Signature.getInstance("SHA256withDSA");
            case "RSASSA-PSS" -> {
                var pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> Signature.getInstance(family(algorithm));
        };
    }
}
