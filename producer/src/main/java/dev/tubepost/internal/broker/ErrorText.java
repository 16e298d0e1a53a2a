package dev.tubepost.internal.broker;

import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.ProduceResponse;
import org.jspecify.annotations.Nullable;

/** A broker's error in words. Pure. */
final class ErrorText {

    private static final String NO_ERROR = "answered " + of(ErrorCode.NONE.code()); // one for each batch otherwise

    private ErrorText() {}

    /** What a broker did with a batch, for "the broker ..." or "the last attempt ...". */
    static String answered(short code) {
        return code == ErrorCode.NONE.code() ? NO_ERROR : "answered " + of(code);
    }

    /** The error's name and number. */
    static String of(short code) {
        ErrorCode error = ErrorCode.of(code);
        return error == ErrorCode.UNLISTED ? "an error that we do not know (" + code + ")" : error + " (" + code + ")";
    }

    /** What the broker says about it: the text for a record (KIP-467) before the one for the batch; null if nothing. */
    static @Nullable String detail(ProduceResponse.Partition answer) {
        for (ProduceResponse.RecordError error : answer.recordErrors()) {
            if (error.message() != null) {
                return "record " + error.batchIndex() + ": " + error.message();
            }
        }
        return answer.errorMessage();
    }
}
