package dev.tubepost.it.security.specification;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the brokers of this JVM count, as they show it by JMX. <em>Immutable.</em> */
final class BrokerCounts {

    private BrokerCounts() {}

    /** How many clients logged in at secured listeners of the brokers that run now. */
    static double logins() throws JMException {
        return sum(
                "kafka.server:type=socket-server-metrics,listener=SECURED,networkProcessor=*",
                "successful-authentication-total");
    }

    /** How many connections of secured listeners are open with this version of TLS. */
    static double connections(String protocol) throws JMException {
        return sum(
                "kafka.server:type=socket-server-metrics,listener=SECURED,protocol=" + protocol + ",*", "connections");
    }

    private static double sum(String pattern, String attribute) throws JMException {
        var server = ManagementFactory.getPlatformMBeanServer();
        double sum = 0;
        for (var name : server.queryNames(new ObjectName(pattern), null)) {
            sum += ((Number) server.getAttribute(name, attribute)).doubleValue();
        }
        return sum;
    }
}
