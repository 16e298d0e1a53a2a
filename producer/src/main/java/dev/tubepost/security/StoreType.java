package dev.tubepost.security;

/** The formats of files that keep certificates and keys under a password. */
public enum StoreType {
    /** PKCS #12 (RFC 7292): {@code .p12}, {@code .pfx}. */
    PKCS12,
    /** The JDK's own, older format: {@code .jks}. */
    JKS
}
