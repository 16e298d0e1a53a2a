/** What tests of programs that use Tubepost, and Tubepost's own, run on: model brokers and a simulation in virtual time. */
module dev.tubepost.testkit {
    requires dev.tubepost;
    requires kafka.clients;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.tubepost.testkit;
    exports dev.tubepost.testkit.proxy;
}
