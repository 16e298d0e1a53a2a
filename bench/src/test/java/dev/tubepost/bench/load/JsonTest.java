package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {

    @Test
    void aNumberThatIsNoneIsNullAndLeftOutWhenItIsRead() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("a", 1.5);
        values.put("b", Double.NaN);
        values.put("c", Double.POSITIVE_INFINITY);
        values.put("d", "text");
        String line = Json.line(values);
        assertThat(line).isEqualTo("{\"a\":1.5,\"b\":null,\"c\":null,\"d\":\"text\"}");
        assertThat(Json.parse(line)).containsExactly(Map.entry("a", "1.5"), Map.entry("d", "text"));
    }
}
