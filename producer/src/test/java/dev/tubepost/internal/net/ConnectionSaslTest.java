package dev.tubepost.internal.net;

import static dev.tubepost.internal.net.ScriptedBroker.bytes;
import static dev.tubepost.internal.net.ScriptedBroker.range;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Authenticator;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import dev.tubepost.internal.net.ScriptedBroker.Peer;
import dev.tubepost.protocol.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SASL between the handshake and the first call. */
class ConnectionSaslTest {

    private static final int METADATA = 3;
    private static final int HANDSHAKE = 17;
    private static final int AUTHENTICATE = 36;

    /** What the broker was asked, in order. */
    private final List<Integer> asked = new CopyOnWriteArrayList<>();

    /** Says "first", answers "more" with "second", and is content with "done". */
    private static final class TwoSteps implements Authenticator {

        @Override
        public String mechanism() {
            return "TWO-STEPS";
        }

        @Override
        public Conversation begin(Actor actor, String host) {
            return new Conversation() {
                @Override
                public void respond(byte[] challenge, BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
                    TwoSteps.respond(new String(challenge, UTF_8), answer);
                }
            };
        }

        private static void respond(String challenge, BiConsumer<byte @Nullable [], @Nullable Throwable> answer) {
            switch (challenge) {
                case "" -> answer.accept("first".getBytes(UTF_8), null);
                case "more" -> answer.accept("second".getBytes(UTF_8), null);
                case "done" -> answer.accept(null, null);
                default -> answer.accept(null, AuthenticationException.lasting("cannot be: " + challenge, null));
            }
        }
    }

    private ScriptedBroker.Request read(Peer client) throws IOException {
        var request = client.read();
        asked.add(request.key());
        return request;
    }

    private static void greet(Peer client) throws IOException {
        client.shakeHands(range(0, 0, 13), range(3, 0, 13), range(17, 0, 1), range(18, 0, 5), range(36, 0, 1));
    }

    private void takeMechanism(Peer client) throws IOException {
        var request = read(client);
        assertThat(new String(request.frame(), UTF_8)).endsWith("TWO-STEPS");
        client.reply(request.correlationId(), mechanisms(0, "TWO-STEPS"));
    }

    private static byte[] mechanisms(int error, String... names) {
        return bytes(out -> {
            out.writeShort(error);
            out.writeInt(names.length);
            for (String name : names) {
                out.writeUTF(name); // the same for ASCII
            }
        });
    }

    private void takeMessage(Peer client, String expected, String answer, long lifetimeMillis) throws IOException {
        var request = read(client);
        assertThat(new String(request.frame(), UTF_8)).endsWith(expected);
        client.reply(request.correlationId(), message(0, null, answer, lifetimeMillis));
    }

    private static byte[] message(int error, @Nullable String text, String content, long lifetimeMillis) {
        return bytes(out -> {
            out.writeShort(error);
            if (text == null) {
                out.writeShort(-1);
            } else {
                out.writeUTF(text);
            }
            out.writeInt(content.length());
            out.writeBytes(content);
            out.writeLong(lifetimeMillis);
        });
    }

    private void authenticate(Peer client, long lifetimeMillis) throws IOException {
        takeMechanism(client);
        takeMessage(client, "first", "more", 0);
        takeMessage(client, "second", "done", lifetimeMillis);
    }

    private void answerCalls(Peer client) throws IOException {
        while (true) {
            var request = read(client);
            client.reply(request.correlationId(), (byte) 7);
        }
    }

    private static Client client() {
        return new Client().authenticator(new TwoSteps());
    }

    @Test
    void callsGoOnlyAfterTheBrokerKnowsWhoWeAre() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    authenticate(client, 0);
                    answerCalls(client);
                });
                var client = client().ready(broker.port())) {
            assertThat(asked).containsExactly(HANDSHAKE, AUTHENTICATE, AUTHENTICATE);
            assertThat(client.send(client.call("a")).answer()).containsExactly(7);
        }
    }

    @Test
    void aRefusalSaysWhoRefusedWhatAndWhyAndIsNotRepeatedElsewhere() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    takeMechanism(client);
                    var request = read(client);
                    client.reply(request.correlationId(), message(58, "Invalid \u001b[31mcredentials", "", 0));
                    client.drain();
                });
                var client = client().open(new Connection.Target("localhost", broker.port(), 1, null))) {
            var loss = client.loss();
            assertThat(loss.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(loss.isRefusal()).isTrue();
            assertThat(loss.message())
                    .contains("broker 1 at localhost", "TWO-STEPS", "Invalid ")
                    .doesNotContain("\u001b");
            assertThat(broker.accepted()).isEqualTo(1);
            assertThat(asked).doesNotContain(METADATA);
        }
    }

    @Test
    void aListenerWithoutTheMechanismIsAskedNoMore() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    var request = read(client);
                    client.reply(
                            request.correlationId(),
                            mechanisms(ErrorCode.UNSUPPORTED_SASL_MECHANISM.code(), "GSSAPI", "PLAIN"));
                    client.drain();
                });
                var client = client().open(broker.port())) {
            var loss = client.loss();
            assertThat(loss.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(loss.message()).contains("does not have the SASL mechanism TWO-STEPS", "GSSAPI, PLAIN");
        }
    }

    @Test
    void aListenerWithoutSaslIsNamedAsSuch() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    var request = read(client);
                    client.reply(request.correlationId(), mechanisms(ErrorCode.ILLEGAL_SASL_STATE.code()));
                    client.drain();
                });
                var client = client().open(broker.port())) {
            assertThat(client.loss().message()).contains("may be one without SASL");
        }
    }

    @Test
    void aBrokerThatCannotProveItselfGetsNothing() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    takeMechanism(client);
                    takeMessage(client, "first", "a lie", 0);
                    client.drain();
                });
                var client = client().open(broker.port())) {
            var loss = client.loss();
            assertThat(loss.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(loss.message()).contains("cannot be: a lie");
            assertThat(asked).containsExactly(HANDSHAKE, AUTHENTICATE);
        }
    }

    @Test
    void aBrokerThatAsksForEverIsLeft() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    takeMechanism(client);
                    while (true) {
                        var request = read(client);
                        client.reply(request.correlationId(), message(0, null, "more", 0));
                    }
                });
                var client = client().open(broker.port())) {
            assertThat(client.loss().message()).contains("never said yes");
            assertThat(asked).hasSizeLessThan(13);
        }
    }

    @Test
    void aReplyThatIsTooLargeForAStrangerIsNotRead() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    takeMechanism(client);
                    var request = read(client);
                    client.reply(request.correlationId(), message(0, null, "x".repeat(66_000), 0));
                    client.drain();
                });
                var client = client().open(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
            assertThat(client.loss().message())
                    .contains("more than the 65536 that")
                    .doesNotContain("maxReplySize"); // which would not help
        }
    }

    @Test
    void aBrokerThatFallsSilentIsGivenTheSetupTime() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    takeMechanism(client);
                    client.beSilent();
                });
                var client = client().setupTimeout(200).open(broker.port())) {
            var loss = client.loss();
            assertThat(loss.kind()).isEqualTo(Kind.SETUP_TIMEOUT);
            assertThat(loss.message()).contains("the SASL authentication");
        }
    }

    @Test
    void provesItAgainBeforeTheSessionEndsAndSendsNothingMeanwhile() throws Exception {
        BlockingQueue<String> renewal = new LinkedBlockingQueue<>();
        var begun = new CountDownLatch(1);
        var parked = new CountDownLatch(1);
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    authenticate(client, 400);
                    takeMechanism(client);
                    begun.countDown();
                    parked.await();
                    takeMessage(client, "first", "more", 0);
                    takeMessage(client, "second", "done", 0);
                    renewal.add("done");
                    answerCalls(client);
                });
                var client = client().ready(broker.port())) {
            assertThat(begun.await(Client.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            var calls = new ArrayList<Client.TestCall>();
            for (String name : List.of("a", "b", "c")) {
                calls.add(client.send(client.call(name)));
            }
            assertThat(client.on(() -> client.connection().writing())).isTrue();
            assertThat(client.on(() -> client.connection().inFlight())).isGreaterThanOrEqualTo(3);
            parked.countDown();
            for (var call : calls) {
                assertThat(call.answer()).containsExactly(7);
            }
            assertThat(renewal).containsExactly("done");
            assertThat(client.outcomes).containsExactly("reply a", "reply b", "reply c");
            assertThat(asked)
                    .containsExactly(
                            HANDSHAKE,
                            AUTHENTICATE,
                            AUTHENTICATE,
                            HANDSHAKE,
                            AUTHENTICATE,
                            AUTHENTICATE,
                            METADATA,
                            METADATA,
                            METADATA);
        }
    }

    @Test
    void whatIsParkedIsLostUnwrittenIfTheBrokerKnowsUsNoMore() throws Exception {
        var begun = new CountDownLatch(1);
        var parked = new CountDownLatch(1);
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    authenticate(client, 300);
                    takeMechanism(client);
                    begun.countDown();
                    parked.await();
                    var request = read(client);
                    client.reply(request.correlationId(), message(58, "no longer", "", 0));
                    client.drain();
                });
                var client = client().ready(broker.port())) {
            assertThat(begun.await(Client.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            var call = client.send(client.call("a"));
            parked.countDown();
            assertThat(Client.within(call.lost).kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(call.anyByteWritten()).isFalse();
            assertThat(client.loss().kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(client.outcomes).containsExactly("lost a", "closed");
        }
    }

    @Test
    void aRenewalThatHangsEndsTheConnection() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    authenticate(client, 200);
                    takeMechanism(client);
                    client.beSilent();
                });
                var client = client().requestTimeout(300).ready(broker.port())) {
            var loss = client.loss();
            assertThat(loss.kind()).isEqualTo(Kind.REQUEST_TIMEOUT);
            assertThat(loss.message()).contains("authentication anew");
        }
    }

    @Test
    void aConnectionThatNobodyUsesStaysIdleHoweverOftenItIsRenewed() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    greet(client);
                    while (true) {
                        authenticate(client, 200);
                    }
                });
                var client = client().idle(700).ready(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.IDLE);
            assertThat(asked).hasSizeGreaterThan(6);
        }
    }
}
