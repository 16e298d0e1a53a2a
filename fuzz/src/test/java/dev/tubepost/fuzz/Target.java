package dev.tubepost.fuzz;

import dev.tubepost.internal.config.JaasFuzz;
import dev.tubepost.internal.net.FrameFuzz;
import dev.tubepost.protocol.DecoderFuzz;
import dev.tubepost.protocol.DifferentialFuzz;
import dev.tubepost.sasl.BearerFuzz;
import dev.tubepost.sasl.JwtFuzz;
import dev.tubepost.sasl.ScramFuzz;
import dev.tubepost.sasl.TokenAnswerFuzz;
import dev.tubepost.tls.PemFuzz;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is fuzzed. <em>Immutable.</em> A target is a class with {@code public static void fuzzerTestOneInput(byte[])}, which throws whatever is a finding,
 * in the package of what it looks into.
 *
 * <p>A new one has its line in {@link #ALL}, and is played and fuzzed from then on.
 *
 * @param type the class
 * @param input runs one input
 * @param seeds inputs to begin with
 */
record Target(Class<?> type, Consumer<byte[]> input, Supplier<List<byte[]>> seeds) {

    static final List<Target> ALL = List.of(
            new Target(DecoderFuzz.class, DecoderFuzz::fuzzerTestOneInput, DecoderFuzz::seeds),
            new Target(DifferentialFuzz.class, DifferentialFuzz::fuzzerTestOneInput, DecoderFuzz::seeds),
            new Target(FrameFuzz.class, FrameFuzz::fuzzerTestOneInput, FrameFuzz::seeds),
            new Target(ConfigFuzz.class, ConfigFuzz::fuzzerTestOneInput, ConfigFuzz::seeds),
            new Target(ScramFuzz.class, ScramFuzz::fuzzerTestOneInput, ScramFuzz::seeds),
            new Target(BearerFuzz.class, BearerFuzz::fuzzerTestOneInput, BearerFuzz::seeds),
            new Target(TokenAnswerFuzz.class, TokenAnswerFuzz::fuzzerTestOneInput, TokenAnswerFuzz::seeds),
            new Target(JwtFuzz.class, JwtFuzz::fuzzerTestOneInput, JwtFuzz::seeds),
            new Target(JaasFuzz.class, JaasFuzz::fuzzerTestOneInput, JaasFuzz::seeds),
            new Target(PemFuzz.class, PemFuzz::fuzzerTestOneInput, PemFuzz::seeds));

    /** For directories. */
    String name() {
        return type.getSimpleName();
    }

    @Override
    public String toString() {
        return name();
    }
}
