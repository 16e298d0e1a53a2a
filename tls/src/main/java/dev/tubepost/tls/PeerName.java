package dev.tubepost.tls;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;

/**
 * The name that the other end must prove to have. <em>Immutable.</em>
 *
 * @param host as certificates spell it: without the dot of a fully qualified name, without the brackets and the zone of an IPv6 address, in ASCII
 */
record PeerName(String host) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** @param host as a user or a broker gave it */
    static PeerName of(String host) {
        String name = host;
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.indexOf(':') >= 0) {
            int zone = name.indexOf('%'); // which of our interfaces leads there: no part of the address (RFC 4007)
            return new PeerName(zone < 0 ? name : name.substring(0, zone));
        }
        if (name.length() > 1 && name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return new PeerName(inAscii(name));
    }

    private static String inAscii(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) { // no name of the DNS: let the certificate's check say so
            return name;
        }
    }

    private boolean isAddress() {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    /** What the server is told (SNI): never an address (RFC 6066 section 3), nor what is no name of the DNS. */
    Optional<SNIHostName> indication() {
        if (isAddress()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
