package dev.trmarena.puzzles.score;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import dev.trmarena.puzzles.Findings;
import dev.trmarena.puzzles.InputProblem;
import dev.trmarena.puzzles.arc.ReadJson;
import dev.trmarena.puzzles.score.PublishedResults.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public data of ARC Prize's leaderboard, three JSON lists: {@code evaluations.json} ({@code datasetId}, {@code modelId}, {@code score} of
 * 0 to 1, {@code costPerTask} in dollars, {@code display}), {@code models.json} and {@code datasets.json} ({@code id}, {@code displayName}).
 */
public final class ReadArcPrizeResults {
    /** What they are called beside a board, if nobody says otherwise. */
    public static final String SOURCE = "ARC Prize";

    private static final String REMEDY =
            "Fetch evaluations.json, models.json and datasets.json of the leaderboard anew, all three together.";

    /** {@code v1_Semi_Private}, {@code v2_Public_Eval}. */
    private static final Pattern DATASET = Pattern.compile("v([12])_(.+)");

    private static final Map<String, String> SPLITS =
            Map.of("Semi_Private", "ARC Prize verified, semi-private", "Public_Eval", "public evaluation");

    private final Findings findings = new Findings();
    private final String source;

    /**
     * What was read.
     *
     * @param hidden rows that are not to be displayed
     * @param elsewhere rows of other benchmarks than ARC-AGI-1 and 2
     */
    public record Read(List<Result> results, int hidden, int elsewhere) {
        public Read {
            results = List.copyOf(results);
        }
    }

    /** @param source by which they will be known */
    public ReadArcPrizeResults(String source) {
        this.source = source;
    }

    /** @throws InputProblem naming the file and the row */
    public Read read(Path evaluations, Path models, Path datasets) throws IOException {
        Map<String, String> modelNames = names(models);
        Map<String, String> datasetNames = names(datasets);
        String file = String.valueOf(evaluations.getFileName());
        List<Result> results = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        int hidden = 0;
        int elsewhere = 0;
        int row = 0;
        for (JsonNode each : list(evaluations)) {
            String place = "row " + row++;
            String dataset = text(file, place, each, "datasetId");
            String model = text(file, place, each, "modelId");
            if (dataset == null || model == null) {
                continue;
            }
            Matcher known = DATASET.matcher(dataset);
            if (!each.path("display").asBoolean(true)) {
                hidden++;
            } else if (!known.matches()) {
                elsewhere++;
            } else {
                String split = SPLITS.getOrDefault(known.group(2), datasetNames.getOrDefault(dataset, dataset));
                String method = modelNames.getOrDefault(model, model);
                String benchmark = "arc-agi-" + known.group(1);
                // Two models may be displayed by one name.
                method = seen.add(List.of(method, benchmark, split)) ? method : method + " (" + model + ")";
                result(file, place, each, method, benchmark, split, results);
            }
        }
        findings.throwIfAny();
        if (results.isEmpty()) {
            throw new InputProblem(file, null, "it has no row of ARC-AGI-1 or 2 that is displayed", REMEDY);
        }
        return new Read(results, hidden, elsewhere);
    }

    private void result(
            String file, String place, JsonNode row, String method, String benchmark, String split, List<Result> to) {
        JsonNode score = row.path("score");
        if (!score.isNumber() || !(score.doubleValue() >= 0 && score.doubleValue() <= 1)) {
            findings.add(file, place, "score is " + Quote.of(score.toString()) + ", 0 to 1 was expected", REMEDY);
            return;
        }
        JsonNode cost = row.has("costPerTask") ? row.path("costPerTask") : row.path("cost");
        if (!cost.isNumber() && !cost.isNull() && !cost.isMissingNode()) {
            findings.add(
                    file, place, "costPerTask is " + Quote.of(cost.toString()) + ", dollars were expected", REMEDY);
            return;
        }
        // What costs nothing is not known: no model answers for nothing.
        Double dollars = cost.isNumber() && cost.doubleValue() > 0 ? Double.valueOf(cost.doubleValue()) : null;
        // As the score is written, not as its product with a hundred happens to be rounded.
        double percent = score.decimalValue().movePointRight(2).doubleValue();
        to.add(new Result(method, null, benchmark, split, "2 attempts", percent, dollars, source));
    }

    private Map<String, String> names(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Map<String, String> names = new HashMap<>();
        int row = 0;
        for (JsonNode each : list(file)) {
            String place = "row " + row++;
            String id = text(name, place, each, "id");
            String shown = each.path("displayName").asText("");
            if (id != null && !shown.isBlank()) {
                names.put(id, shown.strip());
            }
        }
        return names;
    }

    private static JsonNode list(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        JsonNode list = ReadJson.tree(file, name, ReadLimits.ANSWERS_BYTES);
        if (!list.isArray()) {
            throw new InputProblem(name, null, "it is not a list", REMEDY);
        }
        return list;
    }

    private @Nullable String text(String file, String place, JsonNode row, String field) {
        JsonNode value = row.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            findings.add(file, place, field + " is missing", REMEDY);
            return null;
        }
        return value.asText().strip();
    }
}
