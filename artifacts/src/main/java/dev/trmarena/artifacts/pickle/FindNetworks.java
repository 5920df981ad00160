package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.pickle.Node.Dict;
import dev.trmarena.artifacts.pickle.Node.Items;
import dev.trmarena.artifacts.pickle.Node.Opaque;
import dev.trmarena.artifacts.pickle.Node.Tensor;
import dev.trmarena.artifacts.pickle.Node.Tuple;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the state dicts of networks in what was pickled, however deep: by the names that their tensors have. */
final class FindNetworks {
    /** Deeper than any trainer nests; a file could otherwise end the thread. */
    private static final int DEPTH = 16;

    /** How the average is called, and the raw weights that it is made of, where both stand in one dict: ema_pytorch's names. */
    private static final Pattern KEEPERS = Pattern.compile("((?:[^.]+\\.)*(?:ema_model|online_model))\\.");

    private static final String NOBODY = "";

    private final Predicate<String> names;
    private final Map<String, Dict> found = new LinkedHashMap<>();
    /** What holds itself is looked through once, and what lies at two places is found at the first. */
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private FindNetworks(Predicate<String> names) {
        this.names = names;
    }

    /**
     * @return by the keys that lead to each
     * @throws BadPickle when there are more than anybody could choose among
     */
    static Map<String, Dict> in(Node value, Predicate<String> names) throws BadPickle {
        var find = new FindNetworks(names);
        find.look("", value, 0);
        return find.found;
    }

    private void look(String path, Node node, int depth) throws BadPickle {
        if (depth > DEPTH || !seen.add(node)) {
            return;
        }
        if (node instanceof Dict dict) {
            if (holdsWeights(dict)) {
                add(path, dict);
            }
            for (var item : dict.entries().entrySet()) {
                lookBelow(path, String.valueOf(item.getKey()), item.getValue(), depth);
            }
        } else if (node instanceof Items list) {
            looks(path, list.items(), depth);
        } else if (node instanceof Tuple tuple) {
            looks(path, tuple.items(), depth);
        } else if (node instanceof Opaque object) {
            // What an object has is called by the name of the object: people do not see its parts.
            for (Node part : object.parts()) {
                look(path, part, depth + 1);
            }
        }
    }

    private void looks(String path, List<Node> items, int depth) throws BadPickle {
        for (int i = 0; i < items.size(); i++) {
            lookBelow(path, String.valueOf(i), items.get(i), depth);
        }
    }

    /** Most of what is beside the weights is numbers and text: they get no path. */
    private void lookBelow(String path, String key, Node node, int depth) throws BadPickle {
        if (node instanceof Dict || node instanceof Items || node instanceof Tuple || node instanceof Opaque) {
            look(below(path, key), node, depth + 1);
        }
    }

    /** One key may be as long as the file, and lead to everything in it. */
    private static String below(String path, String key) {
        String shown = Quote.of(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private boolean holdsWeights(Dict dict) {
        return dict.entries().entrySet().stream()
                .anyMatch(item -> (item.getValue() instanceof Tensor || item.getValue() instanceof Opaque)
                        && item.getKey() instanceof String name
                        && name.length() <= ReadLimits.PICKLE_NAME
                        && names.test(name));
    }

    /**
     * The average may stand beside the raw weights, under names that begin otherwise; and numbers of whoever averages beside both, which
     * are no tensors of a network.
     */
    private void add(String path, Dict dict) throws BadPickle {
        Map<String, Dict> apart = new LinkedHashMap<>();
        dict.entries().forEach((key, value) -> {
            if (value instanceof Tensor || value instanceof Opaque) {
                apart.computeIfAbsent(keeper(key), keeper -> Dict.empty())
                        .entries()
                        .put(key, value);
            }
        });
        Map<String, Dict> networks = new LinkedHashMap<>(apart);
        networks.values().removeIf(each -> !holdsWeights(each));
        if (networks.containsKey(NOBODY) && networks.size() == 1) {
            put(path, dict);
            return;
        }
        for (var network : networks.entrySet()) {
            String name = network.getKey().equals(NOBODY) ? "others" : network.getKey();
            put(networks.size() == 1 ? path : below(path, name), network.getValue());
        }
    }

    /** Who holds a tensor of an average and its raw weights, {@code ema_model} or {@code ema_model.online_model}, by its name. */
    private static String keeper(Object key) {
        if (key instanceof String name && name.length() <= ReadLimits.PICKLE_NAME) {
            Matcher keeper = KEEPERS.matcher(name);
            return keeper.lookingAt() ? keeper.group(1) : NOBODY;
        }
        return NOBODY;
    }

    private void put(String path, Dict dict) throws BadPickle {
        if (found.size() == ReadLimits.NETWORKS) {
            throw new BadPickle(
                    "the pickle",
                    "it holds more than " + ReadLimits.NETWORKS + " networks",
                    "Save the one whose score is wanted: torch.save(model.state_dict(), file).");
        }
        String name = path;
        for (int again = 2; found.containsKey(name); again++) {
            name = path + "#" + again;
        }
        found.put(name, dict);
    }
}
