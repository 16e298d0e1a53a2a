package dev.tubepost.testkit.proxy;

/**
 * A request or a reply on its way. <em>Immutable.</em>
 *
 * @param broker the broker that it goes to or comes from
 * @param direction whether it is a request or a reply
 * @param apiKey what is asked for (0 is Produce, 3 Metadata, 18 ApiVersions, 22 InitProducerId); of a reply, what was asked for, or -1 if nobody asked
 * @param apiVersion the version of the request; of a reply, of the request that it answers
 * @param correlationId which reply belongs to which request, within its connection
 * @param bytes its size, without the four bytes that tell it
 */
public record Frame(int broker, Direction direction, int apiKey, int apiVersion, int correlationId, int bytes) {

    /** Produce's key. */
    public static final int PRODUCE = 0;

    /** Whether it is a Produce request that passes to a broker. */
    public boolean isProduce() {
        return direction == Direction.TO_BROKER && apiKey == PRODUCE;
    }

    /** Whether it is a broker's reply to a Produce request. */
    public boolean isProduceReply() {
        return direction == Direction.TO_CLIENT && apiKey == PRODUCE;
    }
}
