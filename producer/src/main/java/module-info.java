/** The producer: an asynchronous Kafka producer, written from the wire protocol up. */
@SuppressWarnings("module") // those to whom two packages are exported are built after this
module dev.tubepost {
    requires dev.tubepost.protocol;
    requires org.slf4j;
    requires static org.jspecify;
    requires static com.github.luben.zstd_jni;
    requires static org.lz4.java;
    requires static org.xerial.snappy;

    uses dev.tubepost.internal.env.SaslProvider;
    uses dev.tubepost.internal.env.TlsProvider;

    exports dev.tubepost;
    exports dev.tubepost.serialize;
    exports dev.tubepost.partition;
    exports dev.tubepost.security;
    exports dev.tubepost.internal.env to
            dev.tubepost.sasl,
            dev.tubepost.testkit,
            dev.tubepost.tls;
    exports dev.tubepost.internal.client to
            dev.tubepost.testkit;
}
