package dev.tubepost.internal.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values are read. <em>Stateless.</em> */
final class Values {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,40}");
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,18})\\s*(ns|us|ms|s|min|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ns", ChronoUnit.NANOS,
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    /** What may sit before the port of a source address. Only these, as anything else would be looked up, and would block. */
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[([0-9a-fA-F:.]+)]");

    /** Partitioners by any name, kafka-clients' classes among them; the names are compared, no class is loaded. */
    private static final Map<String, String> PARTITIONERS = Map.ofEntries(
            Map.entry("random", "random"),
            Map.entry("roundrobin", "random"),
            Map.entry("hashing", "hashing"),
            Map.entry("murmur2", "murmur2"),
            Map.entry("sticky", "sticky"),
            Map.entry("RandomPartitioner", "random"),
            Map.entry("HashingPartitioner", "hashing"),
            Map.entry("dev.tubepost.partition.RandomPartitioner", "random"),
            Map.entry("dev.tubepost.partition.HashingPartitioner", "hashing"),
            Map.entry("dev.tubepost.partition.Murmur2Partitioner", "murmur2"),
            Map.entry("dev.tubepost.partition.StickyPartitioner", "sticky"),
            Map.entry("org.apache.kafka.clients.producer.RoundRobinPartitioner", "random"),
            Map.entry("org.apache.kafka.clients.producer.UniformStickyPartitioner", "sticky"),
            Map.entry("org.apache.kafka.clients.producer.internals.DefaultPartitioner", "murmur2"));

    private Values() {}

    static String text(String text) {
        return text;
    }

    static Integer integer(String text) throws BadValue {
        return (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static Long longInteger(String text) throws BadValue {
        return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static long whole(String text, long least, long most) throws BadValue {
        if (!WHOLE.matcher(text).matches()) {
            throw new BadValue("must be a whole number");
        }
        BigInteger number = new BigInteger(text);
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new BadValue("must be a whole number of at most " + most);
        }
        return number.longValue();
    }

    static Boolean bool(String text) throws BadValue {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadValue("must be true or false");
        };
    }

    /** A number of milliseconds, a number with a unit, or ISO 8601. */
    static Duration duration(String text) throws BadValue {
        try {
            if (WHOLE.matcher(text).matches()) {
                return Duration.ofMillis(longInteger(text));
            }
            Matcher withUnit = WITH_UNIT.matcher(text);
            return withUnit.matches()
                    ? Duration.of(Long.parseLong(withUnit.group(1)), UNITS.get(withUnit.group(2)))
                    : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadValue("must be a number of milliseconds, or a number with ns, us, ms, s, min, h or d");
        }
    }

    static Integer acks(String text) throws BadValue {
        if (text.equalsIgnoreCase("all")) {
            return -1;
        }
        try {
            return integer(text);
        } catch (BadValue e) {
            throw new BadValue("must be 0, 1, or -1 (also called all)");
        }
    }

    static String partitioner(String text) throws BadValue {
        String known = PARTITIONERS.get(text);
        if (known == null) {
            throw new BadValue("must be random, hashing, murmur2 or sticky; classes are never loaded by name:"
                    + " give your own to ProducerOptions.Builder.partitioner");
        }
        return known;
    }

    /** A codec by name or number, with a level or without. */
    static CodecChoice codec(String text) throws BadValue {
        int colon = text.indexOf(':');
        String codec = (colon < 0 ? text : text.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
        String name = switch (codec) {
            case "none", "0" -> "none";
            case "gzip", "1" -> "gzip";
            case "snappy", "2" -> "snappy";
            case "lz4", "3" -> "lz4";
            case "zstd", "4" -> "zstd";
            default ->
                throw new BadValue("must be none, gzip, snappy, lz4 or zstd, with a level or without, as in zstd:3");
        };
        Integer level = colon < 0 ? null : integer(text.substring(colon + 1).strip());
        if (level != null && (name.equals("none") || name.equals("snappy"))) {
            throw new BadValue(name + " has no levels");
        }
        return new CodecChoice(name, level);
    }

    /** kafka-clients' lz4 levels: its default, 9, stands for the fast compressor there, which is 0 here. */
    static Integer lz4Level(String text) throws BadValue {
        int level = integer(text);
        return level == 9 ? 0 : level;
    }

    static InetSocketAddress sourceAddress(String text) throws BadValue {
        int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? 0 : (int) whole(text.substring(colon + 1), 0, 65535);
        if (IP_ADDRESS.matcher(host).matches() && port >= 0) {
            try {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            } catch (UnknownHostException e) {
                // said below
            }
        }
        throw new BadValue(
                "must be an IP address of this host and a port (0: any), as in 192.0.2.1:0 or [2001:db8::1]:0");
    }
}
