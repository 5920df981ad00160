package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ${arch.hidden_size}} and {@code ${.hidden_size}} stand for within one file. Resolvers ({@code ${oc.env:HOME}}) are
 * never run.
 *
 * <p>Source: the section on variable interpolation in the manual of OmegaConf: a name is looked for from the root of the file; each
 * leading dot is one level up, the first one the mapping that holds the value.
 */
final class Interpolations {
    private static final Pattern ONE = Pattern.compile("\\$\\{([^{}$]*)}");

    private final String file;
    private final Map<?, ?> root;
    private final String rootName;
    private int left = ReadLimits.CONFIGURATION_REFERENCES;

    /**
     * @param file its name, for messages
     * @param rootName the key that the root has in a whole configuration, when the file is a part of one; else empty
     */
    Interpolations(String file, Map<?, ?> root, String rootName) {
        this.file = file;
        this.root = root;
        this.rootName = rootName;
    }

    /**
     * @param place where the value stands, by the keys that lead to it
     * @return the value itself where nothing in it stands for another
     * @throws BadCheckpoint naming what is not in the file, or what stands for itself
     */
    @Nullable
    Object resolve(List<String> place, @Nullable Object value) {
        return resolve(place, value, List.of());
    }

    private @Nullable Object resolve(List<String> place, @Nullable Object value, List<String> open) {
        if (!(value instanceof String text) || !text.contains("${")) {
            return value;
        }
        if (--left < 0) {
            throw bad(
                    place, "more than " + ReadLimits.CONFIGURATION_REFERENCES + " values of the file stand for others");
        }
        String key = String.join(".", place);
        if (open.contains(key)) {
            throw bad(place, "it stands for itself: " + Quote.of(String.join(", ", open) + ", " + key));
        }
        var below = new ArrayList<>(open);
        below.add(key);
        if (below.size() > ReadLimits.CONFIGURATION_DEPTH) {
            throw bad(place, "more than " + ReadLimits.CONFIGURATION_DEPTH + " values stand for each other");
        }
        Matcher whole = ONE.matcher(text);
        if (whole.matches()) {
            return referred(place, whole.group(1).strip(), below);
        }
        String replaced = ONE.matcher(text)
                .replaceAll((MatchResult one) -> Matcher.quoteReplacement(
                        String.valueOf(referred(place, one.group(1).strip(), below))));
        if (replaced.contains("${") || replaced.length() > ReadLimits.CONFIGURATION_TEXT) {
            throw bad(place, "'" + Quote.of(text) + "' is not resolved");
        }
        return replaced;
    }

    private @Nullable Object referred(List<String> place, String name, List<String> open) {
        if (name.contains(":")) {
            throw bad(place, "'" + Quote.of(name) + "' asks for more than the file; nothing is run for it");
        }
        int dots = 0;
        while (dots < name.length() && name.charAt(dots) == '.') {
            dots++;
        }
        if (dots > place.size()) {
            throw bad(place, "'" + Quote.of(name) + "' leads out of the file");
        }
        var keys = new ArrayList<>(dots == 0 ? List.of() : place.subList(0, place.size() - dots));
        keys.addAll(
                List.of(name.substring(dots).replace('[', '.').replace("]", "").split("\\.")));
        if (dots == 0 && !rootName.isEmpty() && keys.get(0).equals(rootName) && !root.containsKey(rootName)) {
            keys.remove(0);
        }
        return resolve(keys, at(place, name, keys), open);
    }

    private @Nullable Object at(List<String> place, String name, List<String> keys) {
        Object value = root;
        for (String key : keys) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
                throw bad(place, "it stands for '" + Quote.of(name) + "', which is not in the file");
            }
            value = map.get(key);
        }
        return value;
    }

    private BadCheckpoint bad(List<String> place, String problem) {
        return new BadCheckpoint(
                file,
                Quote.of(String.join(".", place)),
                problem,
                "Write the value itself there, or give it by its name (--set).");
    }
}
