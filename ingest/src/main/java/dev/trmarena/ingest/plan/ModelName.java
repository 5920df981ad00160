package dev.trmarena.ingest.plan;

import dev.trmarena.http.refuse.Refusal;
import org.jspecify.annotations.Nullable;

/** The name of a line of checkpoints, as its people call it. */
final class ModelName {
    static final int MAX_LENGTH = 100;

    private ModelName() {}

    /** @throws Refusal 400 for a name that cannot be shown on one line; null is no name and passes */
    static void check(@Nullable String name) {
        if (name != null && !fits(name)) {
            throw new Refusal(
                    400,
                    "'" + name + "' is not a name for a model",
                    "use 1 to " + MAX_LENGTH + " printable characters, without spaces at the ends");
        }
    }

    /**
     * The config's project name, else the file's own.
     *
     * @param projectName {@code project_name} of the training run's configuration; null when it has none
     */
    static String derive(@Nullable String projectName, String fileName) {
        for (String name : new String[] {projectName == null ? "" : projectName.strip(), fileName.strip()}) {
            if (fits(name)) {
                return name;
            }
        }
        return "unnamed";
    }

    private static boolean fits(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.equals(name.strip())
                && name.chars().noneMatch(Character::isISOControl);
    }
}
