package dev.tubepost.internal.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a misspelt name was probably meant to be. <em>Stateless.</em> */
final class NearestName {

    private static final String SEPARATORS = "._ -";

    private NearestName() {}

    /**
     * The nearest of some names, or null if none is near: by the fewest letters to change, whatever the case and the separators; of
     * equals, by the fewest characters to change.
     */
    static @Nullable String to(String name, Collection<String> known) {
        String letters = letters(name);
        String best = null;
        long least = Long.MAX_VALUE;
        for (String candidate : known) {
            String theirs = letters(candidate);
            int most = Math.max(1, Math.min(letters.length(), candidate.length()) / 3);
            if (Math.abs(letters.length() - theirs.length()) > most) {
                continue; // at least as many are to be changed
            }
            int distance = distance(letters, theirs);
            boolean near = distance <= most;
            long rank = ((long) distance << Integer.SIZE)
                    | distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (near && rank < least) {
                least = rank;
                best = candidate;
            }
        }
        return best;
    }

    private static String letters(String name) {
        var letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (SEPARATORS.indexOf(name.charAt(i)) < 0) {
                letters.append(name.charAt(i));
            }
        }
        return letters.toString().toLowerCase(Locale.ROOT);
    }

    /** Vladimir Levenshtein's distance: how many characters to insert, remove or replace. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[b.length()];
    }
}
