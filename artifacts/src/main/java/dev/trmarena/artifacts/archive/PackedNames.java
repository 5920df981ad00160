package dev.trmarena.artifacts.archive;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out by their names which entries of an archive are the checkpoint and its configuration. */
final class PackedNames {
    static final String CONFIG = "all_config.yaml";

    private static final Set<String> CHECKPOINTS = Set.of("safetensors", "pt", "pth", "ckpt", "bin");

    private final List<String> checkpoints = new ArrayList<>();
    private final List<String> configs = new ArrayList<>();
    private int entries;

    /** @return whether the entry is worth keeping */
    boolean take(String name) throws BadArchive {
        if (++entries > ReadLimits.ARCHIVE_ENTRIES) {
            throw new BadArchive(
                    null,
                    "it has more than " + ReadLimits.ARCHIVE_ENTRIES + " entries",
                    "Pack one checkpoint with its " + CONFIG + ".");
        }
        requireHarmless(name);
        String last = name.substring(name.lastIndexOf('/') + 1);
        // What macOS adds beside every file, and other hidden files.
        if (last.isEmpty() || last.startsWith(".") || name.startsWith("__MACOSX/")) {
            return false;
        }
        if (last.equals(CONFIG)) {
            requireOne(configs, name, CONFIG);
            return true;
        }
        int dot = last.lastIndexOf('.');
        boolean checkpoint = last.startsWith("step_") && dot < 0
                || last.equals("checkpoint")
                || dot >= 0 && CHECKPOINTS.contains(last.substring(dot + 1).toLowerCase(Locale.ROOT));
        if (checkpoint) {
            requireOne(checkpoints, name, "checkpoint");
        }
        return checkpoint;
    }

    private static void requireOne(List<String> found, String name, String what) throws BadArchive {
        found.add(name);
        if (found.size() > 1) {
            throw new BadArchive(
                    "entry " + Quote.of(name),
                    "it is the second " + what + " beside " + found.get(0),
                    "Pack one checkpoint with its " + CONFIG + ".");
        }
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

    String checkpoint() throws BadArchive {
        if (checkpoints.isEmpty()) {
            throw new BadArchive(
                    null,
                    "it is an archive without a checkpoint: neither step_<n>, checkpoint, nor .safetensors, .pt, .pth, .ckpt, .bin",
                    "Pack the file that torch.save(model.state_dict()) wrote, with its " + CONFIG + ".");
        }
        return checkpoints.get(0);
    }

    @Nullable
    String config() {
        return configs.isEmpty() ? null : configs.get(0);
    }

    static boolean isConfig(String name) {
        return name.equals(CONFIG) || name.endsWith("/" + CONFIG);
    }
}
