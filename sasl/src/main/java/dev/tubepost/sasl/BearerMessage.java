package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.protocol.PeerText;
import dev.tubepost.security.Token;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The message that offers a token (RFC 7628 section 3.1, extensions: KIP-342). <em>Stateless.</em>
 *
 * <pre>
 * n,,^Aauth=Bearer TOKEN^Aname=value^A...^A^A
 * </pre>
 *
 * What does not fit the form is refused here: a control character in it would be read as another field.
 */
final class BearerMessage {

    /** RFC 6750 section 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final Pattern NAME = Pattern.compile("[A-Za-z]+");
    private static final Pattern VALUE = Pattern.compile("[ -~]+");

    private BearerMessage() {}

    static byte[] of(Token token) throws AuthenticationException {
        StringBuilder tail = new StringBuilder("\1");
        for (Map.Entry<String, String> extension : new TreeMap<>(token.extensions()).entrySet()) {
            check(extension.getKey(), extension.getValue());
            tail.append(extension.getKey())
                    .append('=')
                    .append(extension.getValue())
                    .append('\1');
        }
        byte[] head = "n,,\1auth=Bearer ".getBytes(StandardCharsets.UTF_8);
        byte[] rest = tail.append('\1').toString().getBytes(StandardCharsets.UTF_8);
        byte[] value = checkedValue(token);
        byte[] message = Arrays.copyOf(head, head.length + value.length + rest.length);
        System.arraycopy(value, 0, message, head.length, value.length);
        System.arraycopy(rest, 0, message, head.length + value.length, rest.length);
        Arrays.fill(value, (byte) 0);
        return message;
    }

    private static byte[] checkedValue(Token token) throws AuthenticationException {
        byte[] value = token.value().utf8();
        if (!TOKEN.matcher(new String(value, StandardCharsets.UTF_8)).matches()) {
            throw AuthenticationException.lasting(
                    "the token is empty, or has characters that a bearer token cannot have (RFC 6750): look at where it comes from",
                    null);
        }
        return value;
    }

    private static void check(String name, String value) throws AuthenticationException {
        if (!NAME.matcher(name).matches() || name.equals("auth")) {
            throw AuthenticationException.lasting(
                    "SASL extension '" + PeerText.of(name) + "': a name has letters only, and is not auth (KIP-342)",
                    null);
        }
        if (!VALUE.matcher(value).matches()) {
            throw AuthenticationException.lasting(
                    "SASL extension '" + name + "': the value must be printable ASCII, and not empty (RFC 7628)", null);
        }
    }
}
