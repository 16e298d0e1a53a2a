package dev.tubepost.sasl;

import dev.tubepost.fuzz.Allocation;
import dev.tubepost.fuzz.Canary;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.security.Secret;
import dev.tubepost.security.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A token of any text, an extension, and what a broker says to them: either the token goes out as it is, in the form of RFC 7628, or there is an
 * {@link AuthenticationException} without it; and only a broker that says nothing has said yes. <em>Static, without state.</em>
 *
 * <pre>
 *   input:   token 0 name 0 value 0 what the broker says
 * </pre>
 *
 * A {@code @} in the token stands for a secret.
 */
public final class BearerFuzz {

    private static final int MOST_TIMES = 100;
    private static final int LEAST_BYTES = 16_384;

    private BearerFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] parts =
                Canary.without(new String(input, StandardCharsets.UTF_8)).split("\0", -1);
        Allocation.check(LEAST_BYTES + input.length, MOST_TIMES, () -> talk(parts));
    }

    private static void talk(String[] parts) {
        String value = Canary.inserted(parts[0]);
        String name = parts.length > 1 ? parts[1] : "";
        Map<String, String> extensions = name.isEmpty() || parts.length < 3 ? Map.of() : Map.of(name, parts[2]);
        Token token = new Token(Secret.of(value), null, extensions);
        var conversation = new OAuthBearerAuthenticator((asker, answer) -> answer.accept(token, null))
                .begin(new InstantActor(), "broker.example");
        boolean[] isOffered = new boolean[1];
        conversation.respond(new byte[0], (bytes, thrown) -> {
            if (thrown != null) {
                refused(thrown);
            } else if (bytes == null || !Arrays.equals(bytes, message(value, extensions))) {
                throw new IllegalStateException("another message");
            } else {
                isOffered[0] = true;
            }
        });
        if (isOffered[0] && parts.length > 3) {
            answer(conversation, parts[3].getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The first message of a broker: nothing is yes, anything else a reason, to which there is an answer, and then the end. */
    private static void answer(Authenticator.Conversation conversation, byte[] challenge) {
        conversation.respond(challenge, (bytes, thrown) -> {
            if (thrown != null || (challenge.length == 0) != (bytes == null)) {
                throw new IllegalStateException("believed, or not, at the first message", thrown);
            }
        });
        if (challenge.length > 0) {
            conversation.respond(challenge, (bytes, thrown) -> {
                if (thrown == null) {
                    throw new IllegalStateException("believed after a reason");
                }
                refused(thrown);
            });
        }
    }

    private static byte[] message(String token, Map<String, String> extensions) {
        var text = new StringBuilder("n,,\1auth=Bearer ").append(token).append('\1');
        extensions.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\1'));
        byte[] message = text.append('\1').toString().getBytes(StandardCharsets.UTF_8);
        long fields = text.chars().filter(each -> each == 1).count();
        if (fields != 3 + extensions.size()) {
            throw new IllegalStateException("a field was smuggled in");
        }
        return message;
    }

    private static void refused(Throwable thrown) {
        if (!(thrown instanceof AuthenticationException)
                || String.valueOf(thrown.getMessage()).length() > 1_500) {
            throw new IllegalStateException("not as documented", thrown);
        }
        Canary.absent(thrown);
    }

    public static List<byte[]> seeds() {
        return ScramFuzz.seedTexts(
                "@",
                "@\0\0\0",
                "abc.def.ghi==\0traceId\0x y\0",
                "abc\0logicalCluster\0lkc-1\0{\"status\":\"invalid_token\"}",
                "abc\0auth\0x\0",
                "abc\0a\0x\1auth=Bearer y\0",
                "@\1auth=x",
                "@ @\0\0\0\1",
                "",
                "abc\0\0\0" + "\u00ff".repeat(900),
                "@=a",
                "abc\0n\0\0");
    }
}
