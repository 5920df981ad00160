package dev.trmarena.leaderboard.describe;

import dev.trmarena.artifacts.checkpoint.Architecture;
import dev.trmarena.artifacts.checkpoint.HyperParameters;
import dev.trmarena.db.board.TaskSort;
import dev.trmarena.db.plan.ControlEvaluation.Command;
import dev.trmarena.leaderboard.live.EvaluationEvents;
import dev.trmarena.messages.EvaluationState;
import dev.trmarena.puzzles.score.Dtype;
import dev.trmarena.puzzles.set.PuzzleKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Text of which there are only a few: readers of the document may tell them apart without a default case. Each vocabulary is a
 * schema of its own, with the rules that belong to its words.
 */
final class ClosedVocabularies {
    private static final String KIND = "PuzzleKind";
    private static final String METRIC = "Metric";
    private static final String DTYPE = "Dtype";
    private static final String ARCHITECTURE = "Architecture";
    private static final String POSITIONS = "PositionEncoding";
    private static final String FLAG = "Flag";
    private static final String VERDICT = "TaskVerdict";
    private static final String SORT = "TaskSort";

    /** Which vocabulary a text of this name is of, whatever record it stands in. */
    private static final Map<String, String> OF_PROPERTY = Map.of(
            "puzzleSetKind",
            KIND,
            "kind",
            KIND,
            "metric",
            METRIC,
            "mainMetric",
            METRIC,
            "dtype",
            DTYPE,
            "architecture",
            ARCHITECTURE);

    /** Which one a setting of a checkpoint is of. */
    private static final Map<String, String> OF_SETTING = Map.of(
            "architecture",
            ARCHITECTURE,
            "forward_dtype",
            DTYPE,
            "pos_encodings",
            POSITIONS,
            "mlp_t",
            FLAG,
            "tied_head",
            FLAG);

    /** What others published counts by words of its own. */
    private static final String PUBLISHED = "Published";

    private ClosedVocabularies() {}

    static void describe(OpenAPI document) {
        Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null && !name.equals(PUBLISHED)) {
                schema.setProperties(named(schema.getProperties()));
            }
        });
        schemas.put(KIND, kinds());
        schemas.put(METRIC, vocabulary("a score from 0 to 1, by one definition", metrics()));
        schemas.put(
                DTYPE,
                vocabulary(
                        "what a network computes in",
                        Arrays.stream(Dtype.values()).map(Dtype::key).toList()));
        schemas.put(
                ARCHITECTURE,
                vocabulary(
                        "a family of networks",
                        Arrays.stream(Architecture.values())
                                .map(Architecture::key)
                                .toList()));
        schemas.put(
                POSITIONS,
                vocabulary("how a network is told where a token stands", HyperParameters.POSITION_ENCODINGS));
        schemas.put(FLAG, vocabulary("a setting that is so or not, as text", List.of("true", "false")));
        schemas.put(SORT, vocabulary("an order of tasks; a minus sign puts the greatest first", TaskSort.requests()));
        Objects.requireNonNull(schemas.get("EvaluationState"))
                .description(
                        "where an evaluation stands; x-over: nothing happens to it any more, unless somebody retries it")
                .addExtension(
                        "x-over",
                        Arrays.stream(EvaluationState.values())
                                .filter(EvaluationState::isOver)
                                .map(EvaluationState::key)
                                .toList());
        document.getComponents().setSchemas(schemas);
        commands(document);
        events(document, "/api/events");
        events(document, "/api/evaluations/{id}/events");
        parameter(document, "/api/evaluations/{id}/tasks", "sort", SORT);
        parameter(document, "/api/evaluations/{id}/tasks", "only", VERDICT);
    }

    /** In the place of a text, which may be null where it was: a reference to its vocabulary. */
    private static Map<String, Schema> named(Map<String, Schema> properties) {
        Map<String, Schema> named = new LinkedHashMap<>();
        properties.forEach((name, property) -> {
            String vocabulary = OF_PROPERTY.get(name);
            List<SchemaType> types = property.getType();
            if (vocabulary != null && types != null && types.contains(SchemaType.STRING)) {
                named.put(name, types.contains(SchemaType.NULL) ? orNull(vocabulary) : reference(vocabulary));
            } else {
                named.put(name, name.equals("hyperParameters") ? settings(property) : property);
            }
        });
        return named;
    }

    /** Settings as people give them are text; some of them are closed vocabularies. */
    private static Schema settings(Schema property) {
        Schema values = property.getAdditionalPropertiesSchema();
        if (values != null && List.of(SchemaType.STRING).equals(values.getType())) {
            Map<String, Schema> settings = new TreeMap<>();
            OF_SETTING.forEach((setting, vocabulary) -> settings.put(setting, reference(vocabulary)));
            property.setProperties(settings);
        }
        return property;
    }

    private static Schema kinds() {
        Map<String, Object> attempts = new LinkedHashMap<>();
        Arrays.stream(PuzzleKind.values()).forEach(kind -> attempts.put(key(kind), kind.attempts()));
        return vocabulary(
                        "what the puzzles of a set are; x-attempts: answers that a test output of the kind may be tried with",
                        List.copyOf(attempts.keySet()))
                .addExtension("x-attempts", attempts);
    }

    private static List<String> metrics() {
        return Arrays.stream(PuzzleKind.values())
                .flatMap(kind -> kind.metrics().stream())
                .distinct()
                .toList();
    }

    /** Which states an evaluation may be in for each of them. */
    private static void commands(OpenAPI document) {
        for (Command command : Command.values()) {
            PathItem path = document.getPaths().getPathItem("/api/evaluations/{id}/" + command.key());
            path.getPOST()
                    .addExtension(
                            "x-possible-in",
                            command.from().stream().map(EvaluationState::key).toList());
        }
    }

    private static void events(OpenAPI document, String path) {
        document.getPaths().getPathItem(path).getGET().addExtension("x-event", EvaluationEvents.NAME);
    }

    private static void parameter(OpenAPI document, String path, String name, String vocabulary) {
        Parameter parameter = document.getPaths().getPathItem(path).getGET().getParameters().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        parameter.setSchema(reference(vocabulary));
    }

    private static Schema vocabulary(String description, List<String> words) {
        return OASFactory.createSchema()
                .addType(SchemaType.STRING)
                .description(description)
                .enumeration(List.copyOf(words));
    }

    private static Schema orNull(String vocabulary) {
        return OASFactory.createSchema()
                .anyOf(List.of(reference(vocabulary), OASFactory.createSchema().addType(SchemaType.NULL)));
    }

    private static Schema reference(String vocabulary) {
        return OASFactory.createSchema().ref("#/components/schemas/" + vocabulary);
    }

    private static String key(PuzzleKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
