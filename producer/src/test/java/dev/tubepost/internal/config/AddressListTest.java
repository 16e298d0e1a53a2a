package dev.tubepost.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressListTest {

    @Test
    void readsNamesAndAddressesInOrderWithoutResolving() {
        AddressList list = AddressList.parse(" b.example:9092 ,10.0.0.1:1,[::1]:65535,, b.example:9092");

        assertThat(list.problems()).isEmpty();
        assertThat(list.addresses())
                .containsExactly(
                        InetSocketAddress.createUnresolved("b.example", 9092),
                        InetSocketAddress.createUnresolved("10.0.0.1", 1),
                        InetSocketAddress.createUnresolved("::1", 65535))
                .allMatch(InetSocketAddress::isUnresolved);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "broker | must have a port, as in broker:9092",
                "[::1] | must have a port, as in [::1]:9092",
                "[::1]9092 | must have a port, as in [::1]:9092",
                "::1:9092 | must have one colon, or an IPv6 host in brackets, as in [::1]:9092",
                "[::1:9092 | must have a closing bracket, as in [::1]:9092",
                "broker: | must have a port of 1 to 65535 after the colon",
                "broker:0 | must have a port of 1 to 65535 after the colon",
                "broker:65536 | must have a port of 1 to 65535 after the colon",
                "broker:+9092 | must have a port of 1 to 65535 after the colon",
                "broker:9092x | must have a port of 1 to 65535 after the colon",
                ":9092 | must have a host before the port",
                "PLAINTEXT://broker:9092 | must be host:port without \"PLAINTEXT://\" before it",
                "bro ker:9092 | must be host:port; a host has no ' '",
                "${HOST}:9092 | must be host:port; a host has no '$'",
                "user@broker:9092 | must be host:port; a host has no '@'",
            })
    void saysWhatIsWrongWithAnAddress(String address, String allowed) {
        AddressList list = AddressList.parse(address);

        assertThat(list.addresses()).isEmpty();
        assertThat(list.problems()).containsExactly(new AddressList.Problem('"' + address + '"', allowed));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "','"})
    void asksForAtLeastOneBroker(String nothing) {
        assertThat(AddressList.parse(nothing).problems())
                .singleElement()
                .extracting(AddressList.Problem::allowed)
                .asString()
                .startsWith("must name at least one broker as host:port");
    }

    @Test
    void saysWhatIsWrongWithEachAddressAndKeepsTheRest() {
        AddressList list = AddressList.parse("a:1,b,c:99999,d:4");

        assertThat(list.addresses()).hasSize(2);
        assertThat(list.problems()).extracting(AddressList.Problem::given).containsExactly("\"b\"", "\"c:99999\"");
    }
}
