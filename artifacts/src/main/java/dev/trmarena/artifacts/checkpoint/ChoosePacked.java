package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.Quote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which of the files of an archive are meant: a checkpoint, and the configuration that lies with it. */
final class ChoosePacked {
    /** Names that a sentence lists. */
    private static final int LISTED = 20;

    private static final String TRAINERS = "all_config.yaml";

    private ChoosePacked() {}

    /**
     * @param archive its name, for messages
     * @param names of the checkpoints in it, at least one
     * @param wanted one of them, or the last part of one; null for the only one
     * @throws BadCheckpoint with all names when that is not one
     */
    static String checkpoint(String archive, List<String> names, @Nullable String wanted) {
        List<String> meant = wanted == null
                ? names
                : names.stream()
                        .filter(name -> name.equals(wanted) || name.endsWith("/" + wanted))
                        .toList();
        if (wanted != null && meant.contains(wanted)) {
            return wanted;
        }
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String problem = wanted == null
                ? "it holds " + names.size() + " checkpoints: "
                : "'" + Quote.of(wanted) + "' is " + (meant.isEmpty() ? "none" : meant.size())
                        + " of its checkpoints: ";
        throw BadCheckpoint.several(
                archive,
                problem + listed(names),
                "Say which is meant: --file with one of these names; through the API, 'file' among the hyperParameters.",
                names);
    }

    /**
     * The one YAML with a section {@code arch}, of several the one that lies nearest to the checkpoint; without any, the one file of an architecture alone.
     *
     * @param configs YAML files by their names in the archive
     * @return its name; null when there is none
     * @throws BadCheckpoint when two that differ are equally near
     */
    static @Nullable String config(String archive, Map<String, Path> configs, String checkpoint) throws IOException {
        var whole = new ArrayList<String>();
        var bare = new ArrayList<String>();
        for (var config :
                configs.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            switch (kind(config.getKey(), config.getValue())) {
                case WHOLE -> whole.add(config.getKey());
                case BARE -> bare.add(config.getKey());
                case NONE -> {}
            }
        }
        if (whole.isEmpty()) {
            return bare.size() == 1 ? bare.get(0) : null;
        }
        int nearest =
                whole.stream().mapToInt(name -> shared(name, checkpoint)).max().orElse(0);
        List<String> near = whole.stream()
                .filter(name -> shared(name, checkpoint) == nearest)
                .sorted(Comparator.comparingInt(ChoosePacked::depth))
                .toList();
        List<String> best =
                near.stream().filter(name -> depth(name) == depth(near.get(0))).toList();
        List<String> trainers =
                best.stream().filter(name -> last(name).equals(TRAINERS)).toList();
        if (trainers.size() == 1) {
            return trainers.get(0);
        }
        if (best.size() == 1) {
            return best.get(0);
        }
        throw new BadCheckpoint(
                archive,
                null,
                "it holds " + best.size() + " configurations for " + Quote.of(checkpoint) + ": " + listed(best),
                "Pack the one that belongs to it, or name one with --config.");
    }

    private static ConfigFile.Kind kind(String name, Path yaml) throws IOException {
        try {
            return ConfigFile.kind(yaml, name);
        } catch (BadCheckpoint e) {
            // That of the trainer is what somebody meant; others are none of ours.
            if (last(name).equals(TRAINERS)) {
                throw e;
            }
            return ConfigFile.Kind.NONE;
        }
    }

    /** Folders that two files have in common, from the top. */
    private static int shared(String one, String other) {
        List<String> a = folders(one);
        List<String> b = folders(other);
        int shared = 0;
        while (shared < Math.min(a.size(), b.size()) && a.get(shared).equals(b.get(shared))) {
            shared++;
        }
        return shared;
    }

    /** Folders that it lies in; that of hydra stands for the one around it, but after what lies there itself. */
    private static int depth(String name) {
        return folders(name).size();
    }

    private static List<String> folders(String name) {
        List<String> parts = List.of(name.split("/"));
        return parts.subList(0, parts.size() - 1);
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String listed(List<String> names) {
        String more = names.size() > LISTED ? ", and " + (names.size() - LISTED) + " more" : "";
        return names.stream().limit(LISTED).map(Quote::of).collect(Collectors.joining(", ")) + more;
    }
}
