package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.jspecify.annotations.Nullable;

/**
 * Whatever Apache's generated class reads and would write again, ours takes too, to the same byte and with the same numbers; ours may refuse only what is not UTF-8 or
 * beyond our limits. <em>Static, without state.</em> The input is that of {@link DecoderFuzz}.
 */
public final class DifferentialFuzz {

    private static final int UNSUPPORTED_VERSION = 35;

    private DifferentialFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        DecoderFuzz.Choice choice = DecoderFuzz.chosen(input);
        ByteBuffer rest = DecoderFuzz.body(input);
        ApiMessage theirs = theirs(choice, rest);
        if (theirs == null
                || (choice.key() == ApiKey.API_VERSIONS
                        && DecoderFuzz.body(input).getShort() == UNSUPPORTED_VERSION)) {
            return; // an answer of version 0, whatever was asked (KIP-511)
        }
        ByteBuffer body = DecoderFuzz.body(input);
        try {
            compare(theirs, choice.read(body));
        } catch (MalformedMessageException e) {
            String told = String.valueOf(e.getMessage());
            if (told.endsWith("is not UTF-8") || told.startsWith("tagged fields")) {
                return;
            }
            throw new IllegalStateException(choice + " takes less than Apache's: " + theirs, e);
        }
        if (body.remaining() != rest.remaining()) {
            throw new IllegalStateException(choice + " leaves " + body.remaining() + ", not " + rest.remaining());
        }
    }

    private static @Nullable ApiMessage theirs(DecoderFuzz.Choice choice, ByteBuffer bytes) {
        ApiMessage message = ApiKeys.valueOf(choice.key().name()).messageType.newResponse();
        ByteBuffer read = bytes.duplicate();
        try {
            message.read(new ByteBufferAccessor(bytes), (short) choice.version());
            read.limit(bytes.position());
            ByteBuffer again = MessageUtil.toByteBufferAccessor(message, (short) choice.version())
                    .buffer();
            return again.equals(read)
                    ? message
                    : null; // it takes a tagged field of a wrong size, and reads on behind it
        } catch (RuntimeException e) { // of many kinds
            return null;
        }
    }

    private static void compare(ApiMessage theirs, Object ours) {
        if (theirs instanceof ProduceResponseData their && ours instanceof ProduceResponse our) {
            same(their.throttleTimeMs(), our.throttleMillis());
            same(their.nodeEndpoints().size(), our.nodeEndpoints().size());
        } else if (theirs instanceof MetadataResponseData their && ours instanceof MetadataResponse our) {
            same(their.throttleTimeMs(), our.throttleMillis());
            same(their.controllerId(), our.controllerId());
            same(their.errorCode(), our.errorCode());
        } else if (theirs instanceof InitProducerIdResponseData their && ours instanceof InitProducerIdResponse our) {
            same(their.producerId(), our.producerId());
            same(their.producerEpoch(), our.producerEpoch());
        } else if (theirs instanceof SaslAuthenticateResponseData their
                && ours instanceof SaslAuthenticateResponse our) {
            same(their.authBytes().length, our.bytes().length);
            same(their.sessionLifetimeMs(), our.sessionLifetimeMillis());
        }
    }

    private static void same(long theirs, long ours) {
        if (theirs != ours) {
            throw new IllegalStateException("Apache's class reads " + theirs + ", ours " + ours);
        }
    }
}
