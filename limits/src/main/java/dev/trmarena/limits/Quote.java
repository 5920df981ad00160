package dev.trmarena.limits;

/** What came in, as far as a sentence about it needs it: the beginning. A key or a name may have megabytes. */
public final class Quote {
    private static final int CHARACTERS = 100;

    private Quote() {}

    /** The text, or its first hundred characters and an ellipsis. */
    public static String of(String text) {
        return of(text, CHARACTERS);
    }

    /** As {@link #of(String)} with another number of characters, for sentences that quote several things. */
    public static String of(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters) + "…";
    }
}
