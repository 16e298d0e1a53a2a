package dev.tubepost;

import dev.tubepost.internal.config.AddressList;
import java.net.InetSocketAddress;
import java.util.List;

/** What is allowed for a cluster's options, one by one and together (F96). <em>Stateless.</em> */
final class ClusterOptionRules {

    private ClusterOptionRules() {}

    /** Checks all options, and returns the addresses as far as they can be read. */
    static List<InetSocketAddress> check(ClusterOptions.Builder set, OptionChecks checks) {
        AddressList addresses = AddressList.parse(set.bootstrapServers);
        addresses.problems().forEach(problem -> checks.refuse("bootstrapServers", problem.given(), problem.allowed()));
        return addresses.addresses();
    }
}
