package io.openuptimes.runtime;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Verifies that a private and a public key belong together. */
public final class KeyPairs {

    private KeyPairs() {}

    /** Signs data with the private key and verifies the signature with the public key. */
    public static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
        if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = signature(publicKey.getAlgorithm());
            byte[] challenge = new byte[32];
            new SecureRandom().nextBytes(challenge);
            signature.initSign(privateKey);
            signature.update(challenge);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(challenge);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        switch (algorithm) {
            case "EC" -> {
                return Signature.getInstance("SHA256withECDSA");
            }
            case "RSA" -> {
                return Signature.getInstance("SHA256withRSA");
            }
            case "RSASSA-PSS" -> {
                Signature signature = Signature.getInstance(algorithm);
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                return signature;
            }
            default -> {
                return Signature.getInstance(algorithm); // EdDSA, Ed25519
            }
        }
    }
}
