package dev.tubepost.testkit.broker;

import dev.tubepost.testkit.net.ServerEnd;
import dev.tubepost.testkit.net.SimConnection;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * A broker's end of one connection: one request at a time, answered in order. <em>Confined to the run's thread.</em> A request that was received
 * whole is served even if its client has gone, as a broker does.
 */
final class BrokerConnection implements ServerEnd {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Received(byte[] frame, long cameNanos, long writtenNanos) {}

    private final ModelBroker broker;
    private final SimConnection connection;
    private final Frames frames = new Frames();
    private final ArrayDeque<Received> waiting = new ArrayDeque<>();
    private final Window window;
    private final Throttle throttle;
    private final SaslStage sasl;
    private long framesBytes;
    private boolean busy;
    private long mutedNanos;
    private boolean refusedVersion;
    private boolean isSpoiled;
    private boolean introduced;
    private boolean dead;

    BrokerConnection(ModelBroker broker, SimConnection connection) {
        this.broker = broker;
        this.connection = connection;
        this.window = new Window(broker.cluster());
        this.throttle = new Throttle(broker.cluster(), connection);
        this.sasl = new SaslStage(broker.cluster().saslServer());
    }

    @Override
    public void onBytes(byte[] bytes) {
        if (!dead) {
            long now = broker.cluster().events().now();
            guarded(() -> frames.add(bytes, frame -> {
                waiting.add(new Received(frame, now, connection.writtenNanos(framesBytes)));
                framesBytes += Integer.BYTES + frame.length;
            }));
            serveNext();
        }
    }

    @Override
    public void onEnd() {
        broker.forget(this);
    }

    /** The broker dies: nothing that was not served will be. */
    void die() {
        dead = true;
        connection.cut();
    }

    boolean isIdle() {
        return introduced && !busy && waiting.isEmpty();
    }

    /** The client hears the end of the stream, and what it may just be writing is not looked at. */
    void hangUp() {
        dead = true;
        connection.close();
    }

    /** No answer gets out any more. */
    void mute() {
        connection.mute();
    }

    private void serveNext() {
        if (busy || dead || waiting.isEmpty()) {
            return;
        }
        busy = true;
        Received next = waiting.remove();
        guarded(() -> begin(Wire.request(next.frame), next));
    }

    /** What a client must not send is a finding, and ends the connection. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            broker.cluster().violation(broker + " got something that is not Kafka's protocol: " + e);
            die();
        }
    }

    private void begin(Wire.Request request, Received received) {
        boolean isIntroduction = request.key() == ApiKeys.API_VERSIONS;
        if (!isIntroduction && !introduced) {
            throw new IllegalStateException("the first request is not ApiVersions: " + request.key());
        }
        if (!sasl.admits(request.key())) {
            throw new IllegalStateException(
                    request.key() + " came before the proof who the client is, or without need");
        }
        if (!isIntroduction
                && !SaslStage.isAbout(request.key())
                && !broker.profile().knows(request.key(), request.version())) {
            throw new IllegalStateException(request.key() + " of version " + request.version() + " was not offered");
        }
        introduced = true;
        if (broker.cluster().isForeign()
                && (request.key() == ApiKeys.PRODUCE || request.key() == ApiKeys.INIT_PRODUCER_ID)) {
            broker.cluster().violation(request.key() + " came to a broker of another cluster (I18)");
        }
        throttle.onRequest(request.key(), received.writtenNanos);
        if (request.body() instanceof ProduceRequestData) {
            broker.cluster().onProduce();
        }
        var fates = broker.cluster().fates();
        fates.tell(() -> broker + " <- " + RequestText.of(request));
        Fate fate = request.body() instanceof ProduceRequestData ? fateOfProduce() : Fate.good(fates.delayNanos());
        broker.cluster()
                .events()
                .after(
                        fate.delayNanos(),
                        () -> broker.whenRunning(() -> {
                            if (!dead) {
                                mutedNanos = 0;
                                guarded(() -> serve(request, fate, received));
                            }
                        }));
    }

    /** The request is answered. */
    private void done(Wire.Request request, Received received) {
        measure(request, received.cameNanos);
        afterThrottling();
    }

    /** Its version is refused once for each connection: who asks anew which versions there are has no reason to hear it again. */
    private Fate fateOfProduce() {
        var fates = broker.cluster().fates();
        if (!refusedVersion && fates.refusesVersion()) {
            refusedVersion = true;
            return new Fate(Fate.Kind.REFUSED, Errors.UNSUPPORTED_VERSION.code(), fates.delayNanos(), null);
        }
        return fates.next();
    }

    /** A broker that throttles answers at once, and does not read on for as long as it said (KIP-219). */
    private void afterThrottling() {
        if (mutedNanos == 0) {
            busy = false;
            serveNext();
        } else {
            broker.cluster().events().after(mutedNanos, () -> {
                busy = false;
                serveNext();
            });
        }
    }

    private void serve(Wire.Request request, Fate fate, Received received) {
        if (request.body() instanceof ProduceRequestData produce) {
            produce(request, produce, fate, received);
            return;
        }
        if (request.body() instanceof ApiVersionsRequestData versions) {
            send(request, VersionsAnswer.to(request, versions, broker), () -> {});
        } else if (request.body() instanceof MetadataRequestData metadata) {
            MetadataResponseData answer = MetadataAnswer.to(metadata, request.version(), broker);
            broker.cluster().fates().spoil(answer, request.version());
            tell(answer);
            send(request, Wire.reply(request, answer), () -> throttle.onThrottled(answer.throttleTimeMs()));
        } else if (request.body() instanceof SaslHandshakeRequestData handshake) {
            send(request, Wire.reply(request, sasl.answer(handshake)), () -> {});
        } else if (request.body() instanceof SaslAuthenticateRequestData message) {
            send(request, Wire.reply(request, sasl.answer(message)), () -> {});
        } else if (request.body() instanceof InitProducerIdRequestData init) {
            InitProducerIdResponseData answer = producerId(init).setThrottleTimeMs(broker.throttleMillis());
            tell(answer);
            send(request, Wire.reply(request, answer), () -> throttle.onThrottled(answer.throttleTimeMs()));
        }
        done(request, received);
    }

    /** For who wants to know how much was underway at once. */
    private void measure(Wire.Request request, long cameNanos) {
        if (request.body() instanceof ProduceRequestData produce) {
            if (produce.acks() != 0) { // else nobody waits for an answer
                long now = broker.cluster().events().now();
                produce.topicData()
                        .forEach(topic -> topic.partitionData()
                                .forEach(partition -> window.answered(
                                        topic.name() + topic.topicId() + "/" + partition.index(),
                                        ((MemoryRecords) partition.records())
                                                .batches()
                                                .iterator()
                                                .next(),
                                        cameNanos,
                                        now)));
            }
        }
    }

    private InitProducerIdResponseData producerId(InitProducerIdRequestData init) {
        if (init.transactionalId() != null || init.producerId() >= 0) {
            throw new IllegalStateException("a producer id was asked for with " + init);
        }
        Errors error = broker.cluster().fates().producerIdError();
        return error == Errors.NONE
                ? new InitProducerIdResponseData()
                        .setProducerId(broker.cluster().newProducerId())
                        .setProducerEpoch(broker.cluster().fates().firstEpoch())
                : new InitProducerIdResponseData().setErrorCode(error.code());
    }

    private void produce(Wire.Request request, ProduceRequestData data, Fate fate, Received received) {
        var appending = new ProduceAppend(broker, request.version(), fate);
        ProduceResponseData answer = appending.append(data);
        broker.cluster().fates().onArrived(appending.values());
        broker.cluster().fates().onHit(fate, appending.values());
        broker.cluster().acknowledgements().onCame(appending.values(), received.writtenNanos);
        broker.cluster().fates().spoil(answer, request.version(), appending.values());
        mutedNanos = TimeUnit.MILLISECONDS.toNanos(answer.throttleTimeMs());
        if (appending.waitsForReplicas()) {
            broker.cluster()
                    .events()
                    .after(
                            TimeUnit.MILLISECONDS.toNanos(data.timeoutMs()),
                            () -> broker.whenRunning(() -> {
                                if (!dead) {
                                    guarded(() -> answer(request, data, fate, appending, answer));
                                    done(request, received);
                                }
                            }));
        } else {
            answer(request, data, fate, appending, answer);
            done(request, received);
        }
    }

    private void answer(
            Wire.Request request,
            ProduceRequestData data,
            Fate fate,
            ProduceAppend appending,
            ProduceResponseData answer) {
        tell(answer);
        byte[] reply = Wire.reply(request, answer);
        switch (fate.kind()) {
            case CUT_BEFORE_APPEND, CUT_AFTER_APPEND -> connection.cut();
            case CUT_IN_REPLY -> {
                if (data.acks() != 0) {
                    connection.send(Arrays.copyOf(reply, reply.length - 1));
                }
                connection.cut();
            }
            case REPLY_LOST -> {
                connection.mute();
                broker.cluster().fates().onMuted(broker);
            }
            case GOOD, SLOW, REFUSED, WRITTEN_BUT_ERROR ->
                answer(request, data.acks(), reply, appending, () -> {
                    throttle.onThrottled(answer.throttleTimeMs());
                    broker.cluster().acknowledgements().onRead(appending.acknowledged(answer));
                });
        }
    }

    private void tell(ApiMessage answer) {
        broker.cluster().fates().tell(() -> broker + " -> " + answer);
    }

    /** Without acknowledgements there is no answer; the only way to tell of an error is to hang up. */
    private void answer(Wire.Request request, short acks, byte[] reply, ProduceAppend appending, Runnable onRead) {
        if (acks != 0
                || broker.cluster().fates().answersUnasked()
                || broker.cluster().hostility().answersUnasked()) {
            send(request, reply, onRead);
        } else if (appending.hasErrors()) {
            hangUp();
        }
    }

    /** It is told when the client has read the reply, unless that is spoiled. */
    private void send(Wire.Request to, byte[] reply, Runnable onRead) {
        byte[] hostile = broker.cluster().hostility().instead(broker, to.key(), to.version(), reply);
        byte[] spoiled = hostile == null ? broker.cluster().fates().spoiled(reply) : hostile;
        isSpoiled |= spoiled != null;
        if (spoiled != null) {
            connection.send(spoiled);
        } else if (isSpoiled) {
            connection.send(reply); // it may be taken for a part of what came before it
        } else {
            connection.send(reply, onRead);
        }
    }
}
