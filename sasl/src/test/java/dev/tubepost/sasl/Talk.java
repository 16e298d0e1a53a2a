package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.env.ManualWorld;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.security.sasl.SaslServer;
import org.jspecify.annotations.Nullable;

/** One conversation, as the connection leads it. */
final class Talk {

    final ManualWorld world;
    final Authenticator.Conversation conversation;

    Talk(ManualWorld world, Authenticator authenticator) {
        this.world = world;
        conversation = authenticator.begin(world, "broker.example");
    }

    /** What is said to a challenge; null if nothing more. */
    byte @Nullable [] say(byte[] challenge) {
        List<Answer> answers = ask(challenge);
        assertThat(answers).hasSize(1);
        Throwable thrown = answers.get(0).thrown();
        assertThat(thrown).isNull();
        return answers.get(0).bytes();
    }

    byte @Nullable [] say(String challenge) {
        return say(challenge.getBytes(StandardCharsets.UTF_8));
    }

    String text(String challenge) {
        byte[] said = say(challenge);
        assertThat(said).isNotNull();
        return new String(said, StandardCharsets.UTF_8);
    }

    /** Why there is no answer to a challenge. */
    AuthenticationException fail(byte[] challenge) {
        List<Answer> answers = ask(challenge);
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).thrown()).isInstanceOf(AuthenticationException.class);
        return (AuthenticationException) Objects.requireNonNull(answers.get(0).thrown());
    }

    AuthenticationException fail(String challenge) {
        return fail(challenge.getBytes(StandardCharsets.UTF_8));
    }

    List<Answer> ask(byte[] challenge) {
        var answers = new ArrayList<Answer>();
        conversation.respond(challenge, (bytes, thrown) -> answers.add(new Answer(bytes, thrown)));
        world.run();
        return answers;
    }

    /** Talks with Kafka's own other end until both are content. */
    void talkWith(SaslServer kafka) throws Exception {
        byte[] said = say("");
        while (said != null) {
            said = say(kafka.evaluateResponse(said));
        }
        assertThat(kafka.isComplete()).isTrue();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(byte @Nullable [] bytes, @Nullable Throwable thrown) {}

    /** What a SCRAM client begins with, without what stands before it. */
    String nonce() {
        String first = text("");
        return first.substring(first.indexOf("r=") + 2);
    }

    /** All that a log would show. */
    static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
