package dev.trmarena.db;

import java.nio.charset.StandardCharsets;

/** Texts that quote what came from outside, which may hold anything: Postgres takes neither NUL nor half a character. */
public final class StorableText {
    private static final int LONGEST = 2000;

    private StorableText() {}

    public static String text(String any) {
        String bounded = any.length() <= LONGEST ? any : any.substring(0, LONGEST) + "…";
        String whole = new String(bounded.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }
}
