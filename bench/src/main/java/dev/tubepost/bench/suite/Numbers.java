package dev.tubepost.bench.suite;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Numbers as text, the same in every country. */
final class Numbers {

    private static final double[] FACTORS = {1e9, 1e6, 1e3};
    private static final List<String> LETTERS = List.of("G", "M", "k");

    private Numbers() {}

    /** For tables: whole from a hundred on, else three digits: {@code 5,990,000}, {@code 52.4}, {@code 0.0125}. */
    static String exact(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == Math.rint(value) || Math.abs(value) >= 99.95) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return threeDigits(value);
    }

    /** For charts: three digits and a letter: {@code 5.99 M}, {@code 235}. */
    static String compact(double value) {
        for (int i = 0; i < FACTORS.length; i++) {
            // Below ten thousand the digits themselves are short enough.
            if (Math.abs(value) >= Math.max(FACTORS[i] * 0.9995, 9_999.5)) {
                return threeDigits(value / FACTORS[i]) + " " + LETTERS.get(i);
            }
        }
        return exact(value);
    }

    /** For charts: from the lowest to the highest, with one letter if it is the same. */
    static String compactRange(double low, double high) {
        String begin = compact(low);
        String end = compact(high);
        String letter = end.substring(end.lastIndexOf(' ') + 1);
        boolean isSame = LETTERS.contains(letter) && begin.endsWith(" " + letter);
        return (isSame ? begin.substring(0, begin.length() - 2) : begin) + " – " + end;
    }

    /** For the marks of an axis: as {@link #compact}, without zeros at the end. */
    static String mark(double value) {
        return compact(value).replaceFirst("\\.(\\d*?)0+(?=\\D|$)", ".$1").replaceFirst("\\.(?=\\D|$)", "");
    }

    /** Ours / theirs. */
    static String ratio(double value) {
        return value >= 0.0995 && value < 9.995 ? fixed(value, 2) : exact(value);
    }

    /** A coordinate: a hundredth of a pixel is enough. */
    static String coordinate(double value) {
        return fixed(value, 2);
    }

    /** A place between 0 and 1, as a length. */
    static String percent(double share) {
        return fixed(share * 100, 2) + "%";
    }

    private static String threeDigits(double value) {
        double size = Math.abs(value);
        if (size >= 99.95) {
            return fixed(value, 0);
        }
        if (size >= 9.995) {
            return fixed(value, 1);
        }
        return size >= 0.995 ? fixed(value, 2) : fixed(value, 2 - (int) Math.floor(Math.log10(size)));
    }

    private static String fixed(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
