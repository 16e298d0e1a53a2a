package dev.tubepost.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a misspelt name was probably meant to be. <em>Immutable.</em> */
final class NearestName {

    private static final String SEPARATORS = "._ -";

    private final List<Candidate> candidates = new ArrayList<>();

    /** Of these names. */
    NearestName(Collection<String> known) {
        for (String name : known) {
            candidates.add(new Candidate(name, letters(name)));
        }
    }

    /** A known name, and what is compared first. */
    private record Candidate(String name, String letters) {}

    /**
     * The nearest of the names, or null if none is near: by the fewest letters to change, whatever the case and the separators; of
     * equals, by the fewest characters to change.
     */
    @Nullable
    String to(String name) {
        String letters = letters(name);
        String lower = name.toLowerCase(Locale.ROOT);
        String best = null;
        long least = Long.MAX_VALUE;
        for (Candidate candidate : candidates) {
            int most = Math.max(1, Math.min(letters.length(), candidate.name.length()) / 3);
            int distance = distance(letters, candidate.letters, most);
            if (distance <= most) {
                int characters = distance(lower, candidate.name.toLowerCase(Locale.ROOT), Integer.MAX_VALUE);
                long rank = ((long) distance << Integer.SIZE) | characters;
                if (rank < least) {
                    least = rank;
                    best = candidate.name;
                }
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

    /**
     * Vladimir Levenshtein's distance: how many characters to insert, remove or replace; if it is more than {@code most}, any number that is, which is known sooner.
     */
    static int distance(String a, String b, int most) {
        int least = Math.abs(a.length() - b.length());
        if (least > most) {
            return least;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length() && least <= most; i++) {
            int diagonal = row[0];
            row[0] = i;
            least = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
                least = Math.min(least, row[j]);
            }
        }
        return least > most ? least : row[b.length()];
    }
}
