package dev.trmarena.artifacts.archive;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.util.Locale;
import java.util.Set;

/** What the names of an archive's entries say: which are harmless, which may be a configuration, and which are called like a checkpoint. */
final class PackedNames {
    static final String CONFIG = "all_config.yaml";

    private static final Set<String> CHECKPOINTS = Set.of("safetensors", "pt", "pth", "ckpt", "bin");
    private static final Set<String> YAML = Set.of("yaml", "yml");

    private int entries;

    /**
     * @return whether the entry is worth a look
     * @throws BadArchive for more entries than anybody packs, and for a name that leads out of the archive
     */
    boolean take(String name) throws BadArchive {
        if (++entries > ReadLimits.ARCHIVE_ENTRIES) {
            throw new BadArchive(
                    null,
                    "it has more than " + ReadLimits.ARCHIVE_ENTRIES + " entries",
                    "Pack one checkpoint with its " + CONFIG + ".");
        }
        requireHarmless(name);
        String last = last(name);
        // What macOS adds beside every file, and other hidden files; what hydra writes lies in a hidden folder.
        return !last.isEmpty() && !last.startsWith(".") && !name.startsWith("__MACOSX/");
    }

    static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    static boolean isYaml(String name) {
        return YAML.contains(extension(last(name)));
    }

    static boolean isTrainersConfig(String name) {
        return last(name).equals(CONFIG);
    }

    /** As the trainers call them, {@code step_<n>}, and others. */
    static boolean isCalledCheckpoint(String name) {
        String last = last(name);
        return last.startsWith("step_") && last.indexOf('.') < 0
                || last.equals("checkpoint")
                || CHECKPOINTS.contains(extension(last));
    }

    private static String extension(String last) {
        int dot = last.lastIndexOf('.');
        return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Entries are never written under their own names; one that climbs is still a sign of an attack. */
    private static void requireHarmless(String name) throws BadArchive {
        boolean climbs = name.startsWith("/") || name.contains("\\") || name.indexOf('\0') >= 0;
        for (String part : name.split("/")) {
            climbs |= part.equals("..");
        }
        if (climbs || name.length() > ReadLimits.ENTRY_NAME) {
            throw new BadArchive(
                    "entry " + Quote.of(name),
                    "its name leaves the archive, or has more than " + ReadLimits.ENTRY_NAME + " characters",
                    "Pack the files with plain relative names.");
        }
    }
}
