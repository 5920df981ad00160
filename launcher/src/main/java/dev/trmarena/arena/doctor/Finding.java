package dev.trmarena.arena.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param about in a word
 * @param says what was found
 * @param remedy what to do; null where all is well
 */
public record Finding(
        String about,
        Verdict verdict,
        String says,
        @Nullable String remedy) {
    /** How it is; the worst comes last. */
    public enum Verdict {
        OK,
        /** It works, but not as well as it might, or not everything does. */
        ATTENTION,
        /** Something will not work. */
        TROUBLE;

        /** As it is printed. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String about, String says) {
        return new Finding(about, Verdict.OK, says, null);
    }

    static Finding attention(String about, String says, String remedy) {
        return new Finding(about, Verdict.ATTENTION, says, remedy);
    }

    static Finding trouble(String about, String says, String remedy) {
        return new Finding(about, Verdict.TROUBLE, says, remedy);
    }

    /** In one line. */
    public String line() {
        String head = String.format(Locale.ROOT, "%-10s %-9s ", verdict.key(), about);
        return head + says + (remedy == null ? "" : "; " + remedy);
    }
}
