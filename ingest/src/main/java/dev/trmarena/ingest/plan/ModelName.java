package dev.trmarena.ingest.plan;

import dev.trmarena.db.plan.ModelNames;
import dev.trmarena.http.admit.AddressText;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.names.LookAlike;
import dev.trmarena.ingest.names.PlainName;
import dev.trmarena.limits.Quote;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The name of a line of checkpoints, as its people call it. */
final class ModelName {
    static final int MAX_LENGTH = 100;

    private ModelName() {}

    /**
     * The name as it is kept.
     *
     * @throws Refusal 400 for a name that cannot be shown on one line as what it is
     */
    static String checked(String given) {
        String name = PlainName.composed(given);
        if (!fits(name)) {
            throw new Refusal(
                    400,
                    "'" + Quote.of(given) + "' is not a name for a model",
                    "use 1 to " + MAX_LENGTH
                            + " characters that are seen, at most " + AddressText.MOST_BYTES
                            + " bytes, without spaces at the ends and without marks that turn the"
                            + " direction of text; '.' and '..' are none");
        }
        return name;
    }

    /**
     * The config's project name, else the file's own.
     *
     * @param projectName {@code project_name} of the training run's configuration; null when it has none
     */
    static String derive(@Nullable String projectName, String fileName) {
        for (String given : new String[] {projectName == null ? "" : projectName, fileName}) {
            String name = PlainName.composed(given.strip());
            if (fits(name)) {
                return name;
            }
        }
        return "unnamed";
    }

    /** A model has an address of its own, and its name is a part of it. */
    private static boolean fits(String name) {
        return PlainName.fits(name, MAX_LENGTH)
                && name.getBytes(StandardCharsets.UTF_8).length <= AddressText.MOST_BYTES;
    }

    /** Must run in the transaction that plans. @throws Refusal 409 for a name that looks like another model's */
    static void requireOwnLook(Handle handle, String name) {
        if (!ModelNames.isThere(handle, name)) {
            LookAlike.refuse(handle, "model", name, () -> ModelNames.all(handle));
        }
    }
}
