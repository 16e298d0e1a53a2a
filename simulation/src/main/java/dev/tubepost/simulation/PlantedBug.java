package dev.tubepost.simulation;

import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One bug: a unified diff of the producer's sources behind a header that says what it is. <em>Immutable.</em>
 *
 * <pre>
 *   Origin:  KAFKA-12345, or the promise that it breaks
 *   Does:    what goes wrong in the code, and what a user would see;
 *            lines that begin with blanks belong to the one before
 *   Breaks:  I2, I4                   the invariants that it breaks
 *   Shows:   is not in the log        a part of what the simulation must say
 *   Seed:    17                       the seed that finds it
 *
 *   --- a/producer/src/main/java/...
 *   +++ b/producer/src/main/java/...
 *   &#64;&#64; ...
 * </pre>
 *
 * @param file the patch
 * @param header its header, by the keys in lower case
 * @param patches the changed sources
 */
public record PlantedBug(Path file, Map<String, String> header, List<SourcePatch> patches) {

    private static final String SUFFIX = ".patch";
    private static final Set<String> KEYS = Set.of("origin", "does", "breaks", "shows", "seed");
    private static final String FIRST_LINE_OF_DIFF = "--- ";
    private static final String STRIP = "a/";

    /** All bugs of a directory, by name. */
    static List<PlantedBug> all(Path directory) throws IOException {
        var bugs = new ArrayList<PlantedBug>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                bugs.add(read(file));
            }
        }
        return bugs;
    }

    static PlantedBug read(Path file) throws IOException {
        String text = Files.readString(file);
        int diff = text.indexOf("\n" + FIRST_LINE_OF_DIFF);
        if (diff < 0) {
            throw new BadPatchException(file.getFileName() + " has no diff");
        }
        return new PlantedBug(file, header(file, text.substring(0, diff)), patches(file, text.substring(diff + 1)));
    }

    /** The patch's name without its suffix. */
    public String name() {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The historic bug, or the promise. */
    public String origin() {
        return header("origin");
    }

    /** What it does. */
    public String does() {
        return header("does");
    }

    /** The invariants that it breaks. */
    public String breaks() {
        return header("breaks");
    }

    /** A part of what the simulation says of it. */
    public String shows() {
        return header("shows");
    }

    /** The seed that finds it. */
    public long seed() {
        return Long.parseLong(header("seed"));
    }

    /** Writes another seed down. */
    void record(long seed) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("(?m)^(Seed: *)\\d+$", "$1" + seed));
    }

    @Override
    public String toString() {
        return name();
    }

    private String header(String key) {
        return header.getOrDefault(key, "");
    }

    private static Map<String, String> header(Path file, String text) {
        var header = new LinkedHashMap<String, String>();
        String key = "";
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            int colon = line.indexOf(':');
            if (line.startsWith(" ")) {
                header.merge(key, line.strip(), (before, more) -> before + " " + more);
            } else if (colon > 0) {
                key = line.substring(0, colon).toLowerCase(Locale.ROOT);
                header.put(key, line.substring(colon + 1).strip());
            }
        }
        if (!header.keySet().equals(KEYS) || !header.getOrDefault("seed", "").matches("\\d{1,18}")) {
            throw new BadPatchException(
                    file.getFileName() + " needs a header with " + KEYS + ", and has " + header.keySet());
        }
        return Map.copyOf(header);
    }

    private static List<SourcePatch> patches(Path file, String diff) throws IOException {
        List<UnifiedDiffFile> files;
        try {
            files = UnifiedDiffReader.parseUnifiedDiff(new ByteArrayInputStream(diff.getBytes(StandardCharsets.UTF_8)))
                    .getFiles();
        } catch (RuntimeException | IOException e) {
            throw new BadPatchException(file.getFileName() + " is no unified diff: " + e.getMessage());
        }
        if (files.isEmpty()) {
            throw new BadPatchException(file.getFileName() + " changes no file");
        }
        return files.stream()
                .map(each -> new SourcePatch(
                        String.valueOf(file.getFileName()),
                        source(each.getFromFile()),
                        List.copyOf(each.getPatch().getDeltas())))
                .toList();
    }

    private static String source(String name) {
        return name.startsWith(STRIP) ? name.substring(STRIP.length()) : name;
    }
}
