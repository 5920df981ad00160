package dev.trmarena.arena;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What went wrong, in the words of a user: the command line prints it without a stack trace and ends with status 1. */
public class ArenaProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String file;
    private final @Nullable String place;
    private final @Nullable String detail;
    private final @Nullable String remedy;

    /**
     * @param title one sentence
     * @param file the file it is about, if one
     * @param place where in that file: an entry, a line, a byte
     * @param detail more about what was found, if the title does not say it all
     * @param remedy what the user can do
     */
    public ArenaProblem(
            String title,
            @Nullable String file,
            @Nullable String place,
            @Nullable String detail,
            @Nullable String remedy) {
        super(Objects.requireNonNull(title, "title"));
        this.file = file;
        this.place = place;
        this.detail = detail;
        this.remedy = remedy;
    }

    public ArenaProblem(String title, String remedy) {
        this(title, null, null, null, remedy);
    }

    /**
     * A line for the title, or several where it is a list; then one each for file, place, problem and remedy, as far as they are known
     * and the title does not say them.
     */
    public String describe() {
        String title = String.valueOf(getMessage());
        var text = new StringBuilder("error: ").append(title.replace("\n", "\n  "));
        line(text, "file", isIn(title, file) ? null : file);
        line(text, "place", isIn(title, place) ? null : place);
        line(text, "problem", isIn(title, detail) ? null : detail);
        line(text, "remedy", remedy);
        return text.toString();
    }

    private static boolean isIn(String title, @Nullable String said) {
        return said != null && title.contains(said);
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            String indented = value.strip().replace("\n", "\n           ");
            text.append(String.format("%n  %-8s %s", name, indented));
        }
    }

    public @Nullable String file() {
        return file;
    }

    public @Nullable String place() {
        return place;
    }

    public @Nullable String detail() {
        return detail;
    }

    public @Nullable String remedy() {
        return remedy;
    }
}
