package dev.trmarena.http.refuse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every refusal, RFC 9457 with the fields that this platform promises: which file, where, what, and the remedy.
 *
 * @param status HTTP status
 * @param title one sentence that can be shown alone
 * @param file as its sender called it; null when the refusal is not about a file
 * @param place where in the file
 * @param missing settings of a checkpoint that have to be given; left out of the JSON when there are none
 * @param presets that would give them; likewise
 */
public record Problem(
        int status,
        String title,
        @Nullable String file,
        @Nullable String place,
        String problem,
        String remedy,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> presets) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status of a problem is " + status + ", it must be 400 to 599");
        }
        missing = List.copyOf(missing);
        presets = List.copyOf(presets);
    }

    /** With a title made of file, place and problem. */
    public static Problem of(int status, @Nullable String file, @Nullable String place, String problem, String remedy) {
        String where = file == null ? "" : file + (place == null ? "" : ", " + place) + ": ";
        return new Problem(status, where + problem, file, place, problem, remedy, List.of(), List.of());
    }

    /** The same with what a form can offer to fill in. */
    public Problem with(List<String> missing, List<String> presets) {
        return new Problem(status, title, file, place, problem, remedy, missing, presets);
    }
}
