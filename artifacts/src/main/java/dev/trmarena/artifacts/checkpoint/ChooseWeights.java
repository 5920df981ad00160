package dev.trmarena.artifacts.checkpoint;

import dev.trmarena.artifacts.pickle.BadPickle;
import dev.trmarena.artifacts.pickle.StateDict.Candidate;
import dev.trmarena.artifacts.pickle.StateDict.Contents;
import dev.trmarena.artifacts.pickle.TorchTensor;
import dev.trmarena.limits.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of the networks in a file is meant. Trainers keep the raw weights and their moving average (EMA) side by side, and scores are made
 * of the one or the other: a choice that nobody made is refused, with the names of what there is.
 */
final class ChooseWeights {
    static final String AVERAGED = "ema";
    static final String RAW = "raw";

    /** What is averaged, within what averages it. */
    private static final String ONLINE = "online_model";

    private static final Pattern AVERAGES = Pattern.compile("(?:^|[^a-z])(?:ema|swa)(?:$|[^a-z])|shadow|averag");

    private final String file;
    private final List<Candidate> candidates;
    private final Map<String, Object> hyperParameters;
    private final UnaryOperator<SortedMap<String, TorchTensor>> ownNames;

    /** @param ownNames gives the tensors of a candidate the names that the network itself has for them */
    ChooseWeights(String file, Contents contents, UnaryOperator<SortedMap<String, TorchTensor>> ownNames) {
        this.file = file;
        this.ownNames = ownNames;
        this.candidates = apart(contents.candidates());
        this.hyperParameters = contents.hyperParameters();
    }

    /**
     * @param wanted {@code ema}, {@code raw}, or the keys that lead to a network; null for the only one
     * @throws BadCheckpoint naming what there is when that is not one network
     * @throws BadPickle when something else than tensors is in the chosen one
     */
    ReadTensors.Chosen choose(@Nullable String wanted) throws BadPickle {
        List<Candidate> meant = wanted == null
                ? candidates
                : candidates.stream()
                        .filter(each -> wanted.equals(each.path()) || wanted.equals(kind(each)))
                        .toList();
        if (meant.size() != 1) {
            throw undecided(wanted, meant);
        }
        Candidate chosen = meant.get(0);
        if (chosen.bad() != null) {
            throw chosen.bad();
        }
        SortedMap<String, TorchTensor> tensors = ownNames.apply(chosen.tensors());
        Optional<Candidate> below = isAverage(chosen) ? whole(tensors) : Optional.empty();
        if (below.isPresent()) {
            SortedMap<String, TorchTensor> laidOver =
                    new TreeMap<>(ownNames.apply(below.get().tensors()));
            laidOver.putAll(tensors);
            return new ReadTensors.Chosen(
                    laidOver,
                    describe(chosen) + ", over the rest of " + name(below.get()),
                    networks(),
                    hyperParameters);
        }
        return new ReadTensors.Chosen(
                tensors,
                candidates.size() == 1 ? null : describe(chosen),
                candidates.size() == 1 ? List.of() : networks(),
                hyperParameters);
    }

    /** An average often has the parameters alone: what is never trained lies beside the raw weights. */
    private Optional<Candidate> whole(SortedMap<String, TorchTensor> average) {
        return candidates.stream()
                .filter(each -> !isAverage(each) && each.bad() == null)
                .filter(each -> {
                    var names = ownNames.apply(each.tensors()).keySet();
                    return names.size() > average.size() && names.containsAll(average.keySet());
                })
                .findFirst();
    }

    /** What lies at two places is one. */
    private List<Candidate> apart(List<Candidate> all) {
        var apart = new ArrayList<Candidate>();
        for (Candidate each : all) {
            if (apart.stream().noneMatch(other -> isSame(each, other))) {
                apart.add(each);
            }
        }
        return apart;
    }

    private boolean isSame(Candidate one, Candidate other) {
        return one.bad() == null && !one.tensors().isEmpty() && places(one).equals(places(other));
    }

    /** By the network's own names, or by those of the file where two of these become one. */
    private Map<String, Long> places(Candidate candidate) {
        SortedMap<String, TorchTensor> tensors = candidate.tensors();
        try {
            tensors = ownNames.apply(tensors);
        } catch (BadCheckpoint e) {
            // Said when it is chosen.
        }
        var places = new TreeMap<String, Long>();
        tensors.forEach((name, tensor) -> places.put(name, tensor.firstByte()));
        return places;
    }

    private BadCheckpoint undecided(@Nullable String wanted, List<Candidate> meant) {
        String there = candidates.stream().map(ChooseWeights::describe).collect(Collectors.joining("; "));
        String problem = wanted == null
                ? "it holds " + candidates.size() + " networks: "
                : "'" + Quote.of(wanted) + "' is " + (meant.isEmpty() ? "none" : meant.size()) + " of its networks: ";
        return BadCheckpoint.undecided(
                file,
                problem + there,
                "Say whose score is wanted: --weights ema for the moving average, --weights raw, or --weights with one of these"
                        + " names; through the API, 'weights' among the hyperParameters.",
                networks());
    }

    private List<Network> networks() {
        return candidates.stream()
                .map(each ->
                        new Network(each.path(), isAverage(each), each.tensors().size()))
                .toList();
    }

    private static String describe(Candidate candidate) {
        return name(candidate) + " (" + (isAverage(candidate) ? "EMA" : RAW) + ", "
                + candidate.tensors().size() + " tensors)";
    }

    private static String name(Candidate candidate) {
        return candidate.path().isEmpty() ? "the file itself" : Quote.of(candidate.path());
    }

    private static String kind(Candidate candidate) {
        return isAverage(candidate) ? AVERAGED : RAW;
    }

    private static boolean isAverage(Candidate candidate) {
        String path = candidate.path().toLowerCase(Locale.ROOT);
        return !path.endsWith(ONLINE) && AVERAGES.matcher(path).find();
    }
}
