package dev.trmarena.ingest.names;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Names that look like what they are: composed (NFC), on one line, without characters that are not seen or turn the direction of
 * others, and none that looks like another one.
 */
public final class PlainName {
    /** {@code .} and {@code ..} are folders wherever a name becomes part of an address. */
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}");

    private PlainName() {}

    /** Made when the first name is looked at: its tables take a while to read. */
    private static final class Looks {
        static final SpoofChecker CHECKER =
                new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
    }

    /** The same with each letter and its accents as one character, where there is such a one. */
    public static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** Whether a composed name may be used. @param most characters */
    public static boolean fits(String name, int most) {
        return !name.isEmpty()
                && name.length() <= most
                && !isSpace(name.codePointAt(0))
                && !isSpace(name.codePointBefore(name.length()))
                && !DOTS.matcher(name).matches()
                && name.codePoints().allMatch(PlainName::isSeen);
    }

    /** Equal for names that can be mistaken for each other, by Unicode's table of confusable characters (UTS 39). */
    public static String skeleton(String name) {
        // Full-width and mathematical letters are letters first.
        return Looks.CHECKER.getSkeleton(Normalizer.normalize(name, Normalizer.Form.NFKC));
    }

    private static boolean isSpace(int character) {
        return Character.isSpaceChar(character) || Character.isWhitespace(character);
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
        };
    }
}
