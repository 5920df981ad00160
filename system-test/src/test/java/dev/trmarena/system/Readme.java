package dev.trmarena.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the README says in a form that a test can hold it to. */
final class Readme {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([\\w-]+)` \\| [^|]+ \\| ([^|]+) \\|$", Pattern.MULTILINE);

    private Readme() {}

    static String text() {
        try {
            return Project.text("README.md");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table of the folders, in its order: each with those that it may use. Remarks stand behind a semicolon. */
    static Map<String, Set<String>> arrows() {
        var arrows = new LinkedHashMap<String, Set<String>>();
        List<MatchResult> rows = ROW.matcher(text()).results().toList();
        List<String> folders = rows.stream().map(row -> row.group(1)).toList();
        for (MatchResult row : rows) {
            var uses = new LinkedHashSet<String>();
            switch (row.group(2).split(";")[0].strip()) {
                case "nothing" -> {
                    // As it says.
                }
                case "everything" -> uses.addAll(folders);
                default -> uses.addAll(List.of(row.group(2).split(", ")));
            }
            arrows.put(row.group(1), uses);
        }
        return arrows;
    }
}
