package dev.tubepost.internal.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Comma-separated {@code host:port}, as far as it can be read, and what is wrong with the rest. Nothing is resolved. <em>Immutable.</em>
 */
public record AddressList(List<InetSocketAddress> addresses, List<Problem> problems) {

    /** What is wrong with one address. */
    public record Problem(String given, String allowed) {}

    /** Thrown inside only. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    public AddressList {
        addresses = List.copyOf(addresses);
        problems = List.copyOf(problems);
    }

    /** Reads a list; blanks around the commas do not matter, and what comes twice counts once. */
    public static AddressList parse(String list) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        List<Problem> problems = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            String entry = part.strip();
            if (entry.isEmpty()) {
                continue;
            }
            try {
                addresses.add(one(entry));
            } catch (Malformed e) {
                problems.add(new Problem('"' + entry + '"', String.valueOf(e.getMessage())));
            }
        }
        if (addresses.isEmpty() && problems.isEmpty()) {
            problems.add(
                    new Problem('"' + list + '"', "must name at least one broker as host:port, as in localhost:9092"));
        }
        return new AddressList(List.copyOf(addresses), problems);
    }

    private static InetSocketAddress one(String entry) throws Malformed {
        int scheme = entry.indexOf("://");
        if (scheme >= 0) {
            throw new Malformed("must be host:port without \"" + entry.substring(0, scheme + 3) + "\" before it");
        }
        boolean bracketed = entry.startsWith("[");
        int hostEnd = bracketed ? entry.indexOf(']') : entry.indexOf(':');
        if (bracketed && hostEnd < 0) {
            throw new Malformed("must have a closing bracket, as in [::1]:9092");
        }
        if (!bracketed && hostEnd != entry.lastIndexOf(':')) {
            throw new Malformed("must have one colon, or an IPv6 host in brackets, as in [::1]:9092");
        }
        String host = bracketed ? entry.substring(1, hostEnd) : hostEnd < 0 ? entry : entry.substring(0, hostEnd);
        int colon = bracketed ? hostEnd + 1 : hostEnd;
        if (colon < 0 || colon >= entry.length() || entry.charAt(colon) != ':') {
            throw new Malformed("must have a port, as in " + (bracketed ? "[" + host + "]" : host) + ":9092");
        }
        checkHost(host);
        return InetSocketAddress.createUnresolved(host, port(entry.substring(colon + 1)));
    }

    private static void checkHost(String host) throws Malformed {
        if (host.isBlank()) {
            throw new Malformed("must have a host before the port");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || "/@\\?#\"'[]{}$".indexOf(c) >= 0) {
                throw new Malformed("must be host:port; a host has no '" + c + "'");
            }
        }
    }

    private static int port(String digits) throws Malformed {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65535 && Character.isDigit(digits.charAt(0))) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, as for numbers out of range
        }
        throw new Malformed("must have a port of 1 to 65535 after the colon");
    }
}
