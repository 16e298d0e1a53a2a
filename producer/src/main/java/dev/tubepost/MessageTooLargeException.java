package dev.tubepost;

/** Thrown at the call when a message cannot fit what an option allows. Nothing was queued, and other messages are not affected. */
public final class MessageTooLargeException extends TubepostException {

    private static final long serialVersionUID = 1L;

    private final long size;
    private final long limit;
    private final String option;

    /**
     * @param size the message's size as a record on the wire, in bytes
     * @param limit what is allowed, in bytes
     * @param option the option which says so, by its Java name
     */
    public MessageTooLargeException(long size, long limit, String option) {
        super(
                "The message takes " + size + " bytes on the wire, and " + option + " allows " + limit + ": raise "
                        + option + ", or send smaller messages",
                null);
        this.size = size;
        this.limit = limit;
        this.option = option;
    }

    /** The message's size as a record on the wire, in bytes. */
    public long size() {
        return size;
    }

    /** What is allowed, in bytes. */
    public long limit() {
        return limit;
    }

    /** The option that says so, by its Java name: {@code maxRequestSize} or {@code bufferMemory}. */
    public String option() {
        return option;
    }
}
