/** The producer: an asynchronous Kafka producer, written from the wire protocol up. */
@SuppressWarnings("module") // the test kit, to which two packages are exported, is built after this
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
