package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.Quote;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said of how a checkpoint may be larger than the puzzle set it runs on, as one is that was trained on several sets joined.
 * Without a word its tables have to be of the set's sizes: another set's checkpoint would run and score near zero.
 *
 * @param identifierOffset the row of the puzzle embedding at which the identifiers of the set begin; null when nobody said
 * @param largerVocabulary whether it may know more tokens than the set has
 */
public record Leeway(@Nullable Integer identifierOffset, boolean largerVocabulary) {
    /** Given like a setting, under this name. */
    public static final String IDENTIFIER_OFFSET = "identifier_offset";

    /** Given like a setting, under this name; true or false. */
    public static final String LARGER_VOCABULARY = "allow_larger_vocabulary";

    /** Names among the settings that are not the network's. */
    static final Set<String> NAMES = Set.of(IDENTIFIER_OFFSET, LARGER_VOCABULARY);

    private static final String GIVEN = "given";

    /**
     * @param given settings as text
     * @throws BadCheckpoint for a value that is none
     */
    public static Leeway of(Map<String, String> given) {
        return new Leeway(offset(given.get(IDENTIFIER_OFFSET)), larger(given.get(LARGER_VOCABULARY)));
    }

    private static @Nullable Integer offset(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new BadCheckpoint(
                    GIVEN,
                    IDENTIFIER_OFFSET,
                    "it is '" + Quote.of(text) + "', a whole number from 0 was expected",
                    "Give the row of puzzle_emb.weights at which the identifiers of the puzzle set begin.");
        }
        return Integer.valueOf(text);
    }

    private static boolean larger(@Nullable String text) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new BadCheckpoint(
                    GIVEN,
                    LARGER_VOCABULARY,
                    "it is '" + Quote.of(text) + "', true or false was expected",
                    "Give true for a checkpoint that knows more tokens than the puzzle set has.");
        }
        return "true".equals(text);
    }

    /** @throws BadCheckpoint when the network has no such row */
    void requireRow(String checkpoint, HyperParameters hyper) {
        if (identifierOffset == null || identifierOffset < Math.max(1, hyper.identifierCount())) {
            return;
        }
        throw new BadCheckpoint(
                GIVEN,
                IDENTIFIER_OFFSET,
                "it is " + identifierOffset + ", "
                        + (hyper.identifierCount() == 0
                                ? checkpoint + " has no puzzle embedding"
                                : "puzzle_emb.weights of " + checkpoint + " has rows 0 to "
                                        + (hyper.identifierCount() - 1)),
                hyper.identifierCount() == 0
                        ? "Leave it out: such a network does not know which puzzle it sees."
                        : "Give the row at which the identifiers of the puzzle set begin.");
    }
}
