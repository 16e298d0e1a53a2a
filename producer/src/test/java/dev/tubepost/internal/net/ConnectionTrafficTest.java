package dev.tubepost.internal.net;

import static dev.tubepost.internal.net.ScriptedBroker.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.net.ConnectionLoss.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionTrafficTest {

    @Test
    void givesEachCallItsReplyInOrder() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    for (byte i = 0; i < 10; i++) {
                        client.reply(client.read().correlationId(), i);
                    }
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var calls = client.on(() -> {
                var sent = new Client.TestCall[10];
                for (int i = 0; i < sent.length; i++) {
                    sent[i] = client.call("c" + i);
                    client.connection().send(sent[i]);
                }
                return sent;
            });
            for (int i = 0; i < calls.length; i++) {
                assertThat(calls[i].answer()).containsExactly(i);
            }
            assertThat(client.outcomes).startsWith("reply c0", "reply c1").endsWith("reply c9");
            assertThat(client.on(() -> client.connection().inFlight())).isZero();
        }
    }

    @Test
    void takesSeveralRepliesFromOneRead() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    var all = new ByteArrayOutputStream();
                    for (byte i = 0; i < 3; i++) {
                        all.write(frame(client.read().correlationId(), i));
                    }
                    client.write(all.toByteArray());
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var first = client.send(client.call("a"));
            var second = client.send(client.call("b"));
            var third = client.send(client.call("c"));
            assertThat(third.answer()).containsExactly(2);
            assertThat(second.answer()).containsExactly(1);
            assertThat(first.answer()).containsExactly(0);
        }
    }

    @Test
    void takesALargeReply() throws Exception {
        var body = new byte[900_000];
        Arrays.fill(body, (byte) 7);
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.reply(client.read().correlationId(), body);
                    client.reply(client.read().correlationId(), (byte) 1);
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            assertThat(client.send(client.call("large")).answer()).isEqualTo(body);
            assertThat(client.send(client.call("small")).answer()).containsExactly(1);
        }
    }

    @Test
    void closesWhenARepliesCorrelationIdIsWrong() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.read();
                    client.reply(client.read().correlationId());
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var first = client.send(client.call("first"));
            var second = client.send(client.call("second"));
            assertThat(client.loss().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
            assertThat(client.loss().message()).contains("correlation id 2, but the next one is METADATA v1 #1");
            assertThat(Client.within(first.lost)).isEqualTo(Client.within(second.lost));
            assertThat(client.outcomes).containsExactly("lost first", "lost second", "closed");
        }
    }

    @Test
    void closesWhenAReplyWasNotAskedFor() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.reply(client.read().correlationId());
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var call = client.send(client.new TestCall("acks 0", false, 0));
            Client.within(call.written);
            assertThat(client.loss().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
            assertThat(client.loss().message()).contains("no reply was expected");
            assertThat(call.lost).as("it had its outcome").isNotDone();
        }
    }

    @Test
    void aMalformedReplyLosesItsCallAndAllBehindIt() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    int first = client.read().correlationId();
                    client.read();
                    client.reply(first);
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var first = client.call("first");
            first.duringReply = () -> {
                throw new dev.tubepost.protocol.MalformedMessageException("brokers claims -7 elements");
            };
            client.send(first);
            client.send(client.call("second"));
            assertThat(client.loss().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
            assertThat(client.loss().message())
                    .contains("malformed reply to METADATA v1 #1: brokers claims -7 elements");
            assertThat(client.outcomes).containsExactly("lost first", "lost second", "closed");
        }
    }

    @Test
    void aMistakeInHandlingAReplyLosesItsCallAndIsReported() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.reply(client.read().correlationId());
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var call = client.call("first");
            call.duringReply = () -> {
                throw new AssertionError("oops");
            };
            client.send(call);
            assertThat(client.loss().kind()).isEqualTo(Kind.INTERNAL_ERROR);
            client.on(() -> true);
            assertThat(client.outcomes).containsExactly("lost first", "closed", "fault oops");
        }
    }

    @Test
    void anUnansweredRequestEndsTheConnectionAndAllCallsInOrder() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.reply(client.read().correlationId());
                    client.beSilent();
                });
                var client = new Client().requestTimeout(100).ready(broker.port())) {
            client.send(client.call("answered")).answer();
            var first = client.send(client.call("first"));
            client.send(client.call("second"));
            assertThat(client.loss().kind()).isEqualTo(Kind.REQUEST_TIMEOUT);
            assertThat(client.loss().message())
                    .contains("did not answer METADATA v1 #2 within")
                    .contains("(request timeout 100 ms); 2 requests in flight");
            assertThat(client.outcomes).containsExactly("reply answered", "lost first", "lost second", "closed");
            assertThat(first.fullyWritten()).isTrue();
        }
    }

    @Test
    void takesAReplyThatCameWhileTheProcessWasPaused() throws Exception {
        var replied = new CountDownLatch(1);
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.reply(client.read().correlationId(), (byte) 1);
                    replied.countDown();
                    client.drain();
                });
                var client = new Client().requestTimeout(50).ready(broker.port())) {
            var call = client.on(() -> {
                var sent = client.call("late");
                client.connection().send(sent);
                replied.await(Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
                long start = client.loops.nanos();
                while (client.loops.nanos() - start < TimeUnit.MILLISECONDS.toNanos(200)) {
                    Thread.onSpinWait(); // the loop is held past the timeout, as a pause of the process would
                }
                return sent;
            });
            assertThat(call.answer()).containsExactly(1);
            assertThat(client.on(() -> client.connection().isReady())).isTrue();
        }
    }

    @Test
    void throttlingDoesNotCountAgainstTheRequestTimeout() throws Exception {
        var release = new CountDownLatch(1);
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    var request = client.read();
                    release.await();
                    client.reply(request.correlationId(), (byte) 1);
                    client.drain();
                });
                var client = new Client().requestTimeout(100).ready(broker.port())) {
            var call = client.send(client.call("throttled"));
            client.on(() -> {
                client.connection().extendTimeouts(TimeUnit.SECONDS.toNanos(30));
                client.actor.after(TimeUnit.MILLISECONDS.toNanos(300), release::countDown);
                return true;
            });
            assertThat(call.answer()).containsExactly(1);
        }
    }

    @Test
    void writesALargeFrameToASlowReaderAndSaysWhenItIsThrough() throws Exception {
        var go = new CountDownLatch(1);
        var received = new CompletableFuture<ScriptedBroker.Request>();
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    go.await();
                    received.complete(client.read());
                    client.reply(client.read().correlationId(), (byte) 1);
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            int size = 32 << 20;
            var large = client.new TestCall("large", false, size);
            var next = client.call("next");
            client.on(() -> {
                client.connection().send(large);
                client.connection().send(next);
                return true;
            });
            assertThat(client.on(() -> client.connection().writing())).isTrue();
            assertThat(client.on(() -> client.connection().inFlight())).isEqualTo(2);
            assertThat(large.anyByteWritten()).isTrue();
            assertThat(large.fullyWritten()).isFalse();
            assertThat(next.anyByteWritten()).isFalse();
            go.countDown();
            Client.within(client.drained);
            Client.within(large.written);
            assertThat(Client.within(received).frame()).hasSize(8 + 5 + size);
            assertThat(next.answer()).containsExactly(1);
            assertThat(client.on(() -> client.connection().writing())).isFalse();
        }
    }

    @Test
    void aReaderThatNeverReadsTimesOutAndLeavesTheCallPartlyWritten() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.beSilent();
                });
                var client = new Client().requestTimeout(200).ready(broker.port())) {
            var large = client.new TestCall("large", false, 32 << 20);
            client.send(large);
            var next = client.send(client.call("next"));
            assertThat(client.loss().kind()).isEqualTo(Kind.REQUEST_TIMEOUT);
            assertThat(client.loss().message()).contains("did not take the bytes of PRODUCE v3 #1");
            assertThat(client.outcomes).containsExactly("lost large", "lost next", "closed");
            assertThat(large.anyByteWritten()).isTrue();
            assertThat(large.fullyWritten()).isFalse();
            assertThat(next.anyByteWritten()).isFalse();
        }
    }

    @Test
    void anAnswerToACallThatIsNotFullyWrittenIsAProtocolError() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.socket().getInputStream().read();
                    client.reply(1);
                    client.beSilent();
                });
                var client = new Client().ready(broker.port())) {
            var large = client.send(client.new TestCall("large", true, 32 << 20));
            assertThat(Client.within(large.lost).kind()).isEqualTo(Kind.PROTOCOL_ERROR);
        }
    }

    @Test
    void losesTheCallWhenThePeerHangsUpInsideTheReply() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    var reply = frame(client.read().correlationId(), new byte[100]);
                    client.write(Arrays.copyOf(reply, 50));
                });
                var client = new Client().ready(broker.port())) {
            var call = client.send(client.call("half"));
            assertThat(Client.within(call.lost).kind()).isEqualTo(Kind.PEER_CLOSED);
            assertThat(client.loss().message()).contains("in the middle of a reply");
        }
    }

    @Test
    void losesTheCallWhenThePeerResetsTheConnection() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.read();
                    client.socket().setSoLinger(true, 0);
                });
                var client = new Client().ready(broker.port())) {
            var call = client.send(client.call("reset"));
            assertThat(Client.within(call.lost).kind()).isEqualTo(Kind.PEER_CLOSED);
            assertThat(call.fullyWritten()).isTrue();
        }
    }

    @Test
    void closesWhenNothingHappens() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.drain();
                });
                var client = new Client().idle(100).ready(broker.port())) {
            assertThat(client.loss().kind()).isEqualTo(Kind.IDLE);
        }
    }

    @Test
    void isNotGivenUpOnceMoreWhenItIsClosed() throws Exception {
        var later = new CountDownLatch(1);
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.drain();
                });
                var client = new Client().idle(50).ready(broker.port())) {
            client.on(() -> {
                client.connection().close("the test wants it");
                return client.actor.after(TimeUnit.MILLISECONDS.toNanos(150), later::countDown);
            });
            assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
            client.on(() -> assertThat(client.outcomes).containsExactly("closed"));
        }
    }

    @Test
    void isNotIdleWhileARequestIsInFlight() throws Exception {
        var release = new CountDownLatch(1);
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    var request = client.read();
                    release.await();
                    client.reply(request.correlationId(), (byte) 1);
                    client.drain();
                });
                var client = new Client().idle(50).ready(broker.port())) {
            var call = client.on(() -> {
                var sent = client.call("slow");
                client.connection().send(sent);
                client.actor.after(TimeUnit.MILLISECONDS.toNanos(250), release::countDown);
                return sent;
            });
            assertThat(call.answer()).containsExactly(1);
        }
    }

    @Test
    void closeTellsEveryCallBeforeItReturns() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            client.send(client.call("a"));
            client.send(client.call("b"));
            client.on(() -> {
                client.connection().close("moving house");
                assertThat(client.outcomes).containsExactly("lost a", "lost b", "closed");
                client.connection().close("again");
                return true;
            });
            assertThat(client.loss().kind()).isEqualTo(Kind.CLOSED_BY_US);
            assertThat(client.loss().message()).endsWith("was closed: moving house");
            assertThat(client.outcomes).hasSize(3);
        }
    }

    @Test
    void mayBeClosedFromWithinAReply() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.read();
                    int second = client.read().correlationId();
                    client.write(ScriptedBroker.bytes(out -> {
                        out.write(frame(second - 1));
                        out.write(frame(second));
                    }));
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var first = client.call("first");
            first.duringReply = () -> client.connection().close("enough");
            client.send(first);
            var second = client.send(client.call("second"));
            assertThat(first.answer()).isEmpty();
            assertThat(Client.within(second.lost).kind()).isEqualTo(Kind.CLOSED_BY_US);
            assertThat(client.outcomes).containsExactly("lost second", "closed", "reply first");
        }
    }

    @Test
    void mayBeClosedWhileItStillConnects() throws Exception {
        try (var broker = ScriptedBroker.start(ScriptedBroker.Peer::beSilent);
                var client = new Client()) {
            client.on(() -> true);
            client.open(broker.port());
            client.on(() -> {
                client.connection().close("changed my mind");
                return true;
            });
            assertThat(client.loss().kind()).isEqualTo(Kind.CLOSED_BY_US);
            assertThat(client.ready).isNotDone();
        }
    }

    @Test
    void aCallThatThrowsWhenLostDoesNotTakeTheOthersWithIt() throws Exception {
        try (var broker = ScriptedBroker.start(client -> {
                    client.shakeHands();
                    client.drain();
                });
                var client = new Client().ready(broker.port())) {
            var bad = client.call("bad");
            bad.lost.complete(new ConnectionLoss(Kind.IDLE, "makes onLost fail its own check", null));
            client.send(bad);
            client.send(client.call("good"));
            client.on(() -> {
                client.connection().close("done");
                return true;
            });
            client.on(() -> true);
            assertThat(client.outcomes)
                    .startsWith("lost bad", "lost good", "closed")
                    .hasSize(4);
            assertThat(client.loops.faults()).isEqualTo(1);
        }
    }
}
