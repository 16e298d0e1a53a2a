package dev.tubepost.sasl;

import dev.tubepost.fuzz.Allocation;
import dev.tubepost.fuzz.Canary;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a broker says in SCRAM: each message leads on, or to {@link AuthenticationException}, and nothing but the right signature is believed (F98).
 * <em>Static, without state that an input leaves behind.</em>
 *
 * <pre>
 *   input:   messages of the broker, separated by 0; an empty first one stands for a good one
 * </pre>
 *
 * The password is hashed once: for another salt or other iterations, which the message may well ask for, the conversation is left there.
 */
public final class ScramFuzz {

    private static final String MECHANISM = "SCRAM-SHA-256";
    private static final int MOST_TIMES = 60;
    private static final int MOST_MESSAGES = 6;

    /** Two hundred characters of a broker are escaped, each in a kilobyte or two. */
    private static final int LEAST_BYTES = 16_384;

    private static final Credentials CREDENTIALS = new Credentials("user", Secret.of(Canary.SECRET));
    private static final String NONCE = Base64.getEncoder().encodeToString(new byte[24]);
    private static final String GOOD = "r=" + NONCE + "theirs,s=c2FsdHNhbHQ=,i=4096";
    private static final String SIGNATURE = signature();

    /** Without the last digit, which has bits that nobody reads. */
    private static final String RIGHT = "v=" + SIGNATURE.substring(0, 42);

    private static final SecureRandom NO_CHANCE = new SecureRandom() {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            // All 0.
        }
    };

    /** What our own derivation has made of the good message. */
    private static @Nullable Object proof;

    private ScramFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String all = Canary.without(new String(input, StandardCharsets.ISO_8859_1));
        Allocation.check(LEAST_BYTES + input.length, MOST_TIMES, () -> talk(all.split("\0", MOST_MESSAGES)));
    }

    private static void talk(String[] messages) {
        String first = messages[0].isEmpty() ? GOOD : messages[0];
        var conversation = new ScramConversation(new Deriving(first), MECHANISM, () -> CREDENTIALS, NO_CHANCE);
        if (!new String(said(conversation, ""), StandardCharsets.UTF_8).equals("n,,n=user,r=" + NONCE)) {
            throw new IllegalStateException("we begin with something else");
        }
        byte[] last = said(conversation, first);
        looked(first);
        boolean isOver = last == null;
        for (int i = 1; i < messages.length; i++) {
            boolean wasOver = isOver;
            isOver = true;
            conversation.respond(bytes(messages[i]), answered(messages[i], wasOver));
        }
    }

    private static BiConsumer<byte @Nullable [], @Nullable Throwable> answered(String message, boolean wasOver) {
        return (bytes, thrown) -> {
            if (thrown != null) {
                refused(thrown);
            } else if (bytes != null || wasOver || !message.startsWith(RIGHT) || message.length() > 46) {
                throw new IllegalStateException("believed");
            }
        };
    }

    /** What we say to a message; null if it ends, or is left, there. */
    private static byte @Nullable [] said(Authenticator.Conversation conversation, String message) {
        byte[][] said = new byte[1][];
        conversation.respond(bytes(message), (bytes, thrown) -> {
            if (thrown != null) {
                refused(thrown);
            } else if (bytes == null) {
                throw new IllegalStateException("it is over before the broker has proven anything");
            } else {
                said[0] = bytes;
            }
        });
        return said[0];
    }

    private static void refused(Throwable thrown) {
        if (!(thrown instanceof AuthenticationException)
                || String.valueOf(thrown.getMessage()).length() > 1_500) {
            throw new IllegalStateException("not as documented", thrown);
        }
        Canary.absent(thrown);
    }

    /** What is taken for a first message keeps the limits. */
    private static void looked(String message) {
        try {
            ServerFirst first = ServerFirst.parse(bytes(message), NONCE);
            if (first.iterations() < 4_096
                    || first.iterations() > 600_000
                    || first.salt().length == 0
                    || first.salt().length > 1_024
                    || first.nonce().length() <= NONCE.length()
                    || !first.nonce().startsWith(NONCE)
                    || !first.text().equals(message)) {
                throw new IllegalStateException("taken: " + message);
            }
        } catch (AuthenticationException e) {
            refused(e);
        }
    }

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reckons without our code (RFC 5802 section 3). */
    private static String signature() {
        try {
            var spec = new PBEKeySpec(
                    Canary.SECRET.toCharArray(), "saltsalt".getBytes(StandardCharsets.UTF_8), 4_096, 256);
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            String signed = "n=user,r=" + NONCE + "," + GOOD + ",c=biws,r=" + NONCE + "theirs";
            return Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<byte[]> seedTexts(String... texts) {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : texts) {
            seeds.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return seeds;
    }

    public static List<byte[]> seeds() {
        String nonce = "r=" + NONCE;
        return seedTexts(
                "\0v=" + SIGNATURE,
                "\0v=" + SIGNATURE + "\0v=" + SIGNATURE,
                "\0v=" + SIGNATURE.replace('A', 'B').replace('x', 'y'),
                "\0v=",
                "\0e=other-error",
                "\0e=" + "\u001b[2J\r\nINFO x".repeat(100),
                "\0",
                "\0\0",
                GOOD + "\0v=" + SIGNATURE,
                nonce + "x,s=c2FsdA==,i=4095",
                nonce + "x,s=c2FsdA==,i=4096\0v=AAAA",
                nonce + "x,s=c2FsdA==,i=600000\0v=AAAA",
                nonce + "x,s=c2FsdA==,i=600001",
                nonce + "x,s=c2FsdA==,i=999999999999999999",
                nonce + "x,s=,i=4096",
                nonce + "x,s=AA=A,i=4096",
                nonce + ",s=c2FsdA==,i=4096",
                "r=other,s=c2FsdA==,i=4096",
                "m=ext," + GOOD,
                GOOD + ",m=ext",
                "e=unknown-user",
                "v=" + SIGNATURE);
    }

    /** Derives for the good message only, and once. */
    private static final class Deriving extends InstantActor {

        private final String first;
        private boolean isNamed;

        Deriving(String first) {
            this.first = first;
        }

        @Override
        @SuppressWarnings("unchecked") // it was made by such work
        public <T> void side(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            if (!isNamed) {
                isNamed = true;
                super.side(work, done);
            } else if (first.equals(GOOD)) {
                if (proof == null) {
                    super.side(work, (result, thrown) -> proof = result);
                }
                done.accept((T) proof, null);
            }
        }
    }
}
