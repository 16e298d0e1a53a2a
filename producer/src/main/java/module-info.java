/** The producer: an asynchronous Kafka producer, written from the wire protocol up. */
module dev.tubepost {
    requires dev.tubepost.protocol;
    requires org.slf4j;
    requires static org.jspecify;
    requires static com.github.luben.zstd_jni;
    requires static org.lz4.java;
    requires static org.xerial.snappy;

    exports dev.tubepost;
    exports dev.tubepost.serialize;
    exports dev.tubepost.partition;
    exports dev.tubepost.internal.env to
            dev.tubepost.testkit;
    exports dev.tubepost.internal.client to
            dev.tubepost.testkit;
}
