package dev.tubepost.simulation;

import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The changes of one source. <em>Immutable.</em>
 *
 * <p>Hunks apply exactly or not at all: every line of context must be as it was. Where they stand may have changed, as it does whenever
 * something above them changes, but then there must be only one such place.
 *
 * @param patch the name of the patch, for messages
 * @param source the file, from the project's root
 * @param hunks what is changed, in order
 */
record SourcePatch(String patch, String source, List<AbstractDelta<String>> hunks) {

    /** The changed source. */
    String apply(Path root) throws IOException {
        Path file = root.resolve(source);
        if (!Files.isRegularFile(file)) {
            throw new BadPatchException(patch + " changes " + source + ", which is not there");
        }
        List<String> old = Files.readAllLines(file);
        var changed = new ArrayList<String>();
        int copied = 0;
        for (int i = 0; i < hunks.size(); i++) {
            AbstractDelta<String> hunk = hunks.get(i);
            int at = place(old, hunk.getSource(), i + 1, copied);
            changed.addAll(old.subList(copied, at));
            changed.addAll(hunk.getTarget().getLines());
            copied = at + hunk.getSource().size();
        }
        changed.addAll(old.subList(copied, old.size()));
        return String.join("\n", changed) + "\n";
    }

    private int place(List<String> text, Chunk<String> chunk, int number, int from) {
        List<String> wanted = chunk.getLines();
        if (chunk.getPosition() >= from && fits(text, wanted, chunk.getPosition())) {
            return chunk.getPosition();
        }
        var places = new ArrayList<Integer>();
        for (int at = from; at + wanted.size() <= text.size(); at++) {
            if (fits(text, wanted, at)) {
                places.add(at);
            }
        }
        if (places.size() != 1) {
            String why = places.isEmpty() ? "nowhere" : "in " + places.size() + " places";
            throw new BadPatchException("hunk " + number + " of " + patch + " fits " + why + " in " + source
                    + "; plant the bug anew:\n  " + String.join("\n  ", wanted));
        }
        return places.get(0);
    }

    private static boolean fits(List<String> text, List<String> wanted, int at) {
        return at + wanted.size() <= text.size()
                && Collections.indexOfSubList(text.subList(at, at + wanted.size()), wanted) == 0;
    }
}
