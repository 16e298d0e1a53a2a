package dev.tubepost.partition;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * SHA-1 as a key hash; not for security. <em>Thread-safe</em>: a thread takes the idle digest if there is one, else makes its own, so
 * that one thread alone allocates nothing, and no thread waits.
 */
final class Sha1KeyHash implements KeyHash {

    static final Sha1KeyHash SHARED = new Sha1KeyHash();

    private static final VarHandle IDLE;

    static {
        try {
            IDLE = MethodHandles.lookup().findVarHandle(Sha1KeyHash.class, "idle", Digest.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Owned by whoever takes it out. */
    @SuppressWarnings("unused") // through IDLE
    private volatile @Nullable Digest idle;

    @Override
    public BigInteger hash(byte[] key) {
        Digest digest = take();
        digest.of(key);
        BigInteger hash = new BigInteger(1, digest.hash.array());
        IDLE.setRelease(this, digest);
        return hash;
    }

    @Override
    public int place(byte[] key, int offset, int count) {
        Digest digest = take();
        digest.of(key);
        int place = digest.mod(count);
        IDLE.setRelease(this, digest);
        return (int) (((long) place + offset) % count);
    }

    private Digest take() {
        Digest mine = (Digest) IDLE.getAndSet(this, null);
        return mine == null ? new Digest() : mine;
    }

    /** A digest and room for its result. <em>Confined to the thread that took it.</em> */
    private static final class Digest {

        private static final int LENGTH = 20;

        private final MessageDigest sha1;
        private final ByteBuffer hash = ByteBuffer.allocate(LENGTH); // big-endian

        Digest() {
            try {
                sha1 = MessageDigest.getInstance("SHA-1");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This JDK has no SHA-1, which every JDK must have", e);
            }
        }

        void of(byte[] key) {
            sha1.update(key);
            try {
                sha1.digest(hash.array(), 0, LENGTH);
            } catch (DigestException e) {
                throw new IllegalStateException("SHA-1 did not fit into " + LENGTH + " bytes", e);
            }
        }

        /** The hash as one unsigned number mod count, 32 bits at a time: the rest is below 2^31, so that shifted it fits a long. */
        int mod(int count) {
            long rest = 0;
            for (int i = 0; i < LENGTH; i += Integer.BYTES) {
                rest = ((rest << Integer.SIZE) | Integer.toUnsignedLong(hash.getInt(i))) % count;
            }
            return (int) rest;
        }
    }
}
