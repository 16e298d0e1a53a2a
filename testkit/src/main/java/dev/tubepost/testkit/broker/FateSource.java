package dev.tubepost.testkit.broker;

import java.util.function.Supplier;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of requests. <em>Confined to the run's thread.</em> */
public interface FateSource {

    /** The fate of a whole Produce request that has just arrived: of its connection, and how long it takes. */
    Fate next();

    /** The fate of one partition of a request that fares well as a whole, and wants that kind of acknowledgement. */
    Fate ofPartition(short acks);

    /** Whether the broker says once that it does not know the version which it offered. */
    boolean refusesVersion();

    /** Whether a client is told that its password is wrong. */
    boolean refusesLogin();

    /** Whether somebody else has raised the epoch of a producer id. */
    boolean raisesEpoch();

    /** How long a broker takes for any other request. */
    long delayNanos();

    /** Whether a leader that begins has only read a snapshot, and so remembers only the last batch of each producer. */
    boolean forgets();

    /** What is answered to who asks for a producer id: NONE, or what may pass. */
    Errors producerIdError();

    /** The epoch with which a producer id begins: 0, or one near the last, so that epochs are used up. */
    short firstEpoch();

    /** May change what is answered to a Produce request, and how long the client is throttled. */
    void spoil(ProduceResponseData answer, short version, Iterable<String> values);

    /** Names the records because of which a batch is refused. */
    void spoil(ProduceResponseData.PartitionProduceResponse answer);

    /** May change what is told of the cluster, in that version. */
    void spoil(MetadataResponseData answer, short version);

    /** May change what a broker says of itself. */
    void spoil(ApiVersionsResponseData answer);

    /** What is sent instead of a reply, its size included; null for the reply itself. */
    byte @Nullable [] spoiled(byte[] reply);

    /** Whether a request that wants no answer gets one. */
    boolean answersUnasked();

    /** Told of each request and each answer, for whoever reads the trace. */
    void tell(Supplier<String> line);

    /** Told about the messages of a request, whatever becomes of them. */
    void onArrived(Iterable<String> values);

    /** Told about what hit which messages, so that it can be seen afterwards whether it mattered. */
    void onHit(Fate fate, Iterable<String> values);

    /** Told about messages that came to a broker which does not lead their partition. */
    void onNotLeader(Iterable<String> values);

    /** Told about messages that were refused for their sequence number. */
    void onOutOfSequence(Iterable<String> values);

    /** Told about messages that were in the log already, and not appended again. */
    void onDuplicate(Iterable<String> values);

    /** Told about messages that were refused with an error. */
    void onError(short error, Iterable<String> values);

    /** Told about a change of the producer's state that could be seen. */
    void onTransition(Transition transition);

    /** Told about a broker of which nothing reaches a client any more, whatever it appends. */
    void onMuted(ModelBroker broker);
}
