package dev.trmarena.arena.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.messages.Verification;
import feign.Param;
import feign.RequestLine;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link ArenaApi}, by reflection, against the committed OpenAPI document. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheClientKeepsToTheApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = read();

    private static final Pattern LINE = Pattern.compile("([A-Z]+) ([^?]+)(?:\\?(.+))?");
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
    private static final Pattern IN_QUERY = Pattern.compile("(\\w+)=\\{(\\w+)}");

    private static final Map<Class<?>, String> TYPES = Map.of(
            boolean.class, "boolean",
            Boolean.class, "boolean",
            int.class, "integer int32",
            Integer.class, "integer int32",
            long.class, "integer int64",
            Long.class, "integer int64",
            double.class, "number double",
            Double.class, "number double");

    private static JsonNode read() {
        try {
            return JSON.readTree(Path.of(System.getProperty("arena.root", ".."))
                    .resolve("web/src/api/openapi.json")
                    .toFile());
        } catch (IOException e) {
            throw new AssertionError("the API document", e);
        }
    }

    static Stream<Method> operations() {
        return Arrays.stream(ArenaApi.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_method_is_an_operation_with_its_name_and_its_parameters(Method method) {
        Matcher line = lineOf(method);
        JsonNode operation = operationOf(line);
        assertThat(operation.path("operationId").asText()).as(line.group()).isEqualTo(method.getName());

        Set<String> named = new TreeSet<>();
        IN_PATH.matcher(line.group(2)).results().forEach(found -> named.add("path " + found.group(1)));
        if (line.group(3) != null) {
            IN_QUERY.matcher(line.group(3)).results().forEach(found -> {
                assertThat(found.group(1)).isEqualTo(found.group(2));
                named.add("query " + found.group(1));
            });
        }
        Set<String> known = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name =
                    parameter.path("in").asText() + " " + parameter.path("name").asText();
            known.add(name);
            if (parameter.path("required").asBoolean() && !name.startsWith("header ")) {
                required.add(name);
            }
        }
        assertThat(known).as(line.group()).containsAll(named);
        assertThat(named).as(line.group()).containsAll(required);
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(Param.class)) {
                boolean optional = required.stream().noneMatch(name -> name.endsWith(" " + parameter.getName()));
                assertThat(named).as(line.group()).anyMatch(name -> name.endsWith(" " + parameter.getName()));
                assertThat(parameter.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .as(line.group() + ": " + parameter.getName() + " may be left out")
                        .isEqualTo(optional);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_is_sent_is_what_the_operation_takes(Method method) {
        Matcher line = lineOf(method);
        List<Type> bodies = Arrays.stream(method.getParameters())
                .filter(parameter -> !parameter.isAnnotationPresent(Param.class))
                .map(Parameter::getParameterizedType)
                .toList();
        JsonNode schema = operationOf(line).at("/requestBody/content/application~1json/schema");
        assertThat(bodies).as(line.group()).hasSize(schema.isMissingNode() ? 0 : 1);
        var differences = new ArrayList<String>();
        bodies.forEach(body -> compare(body, schema, true, line.group(), differences));
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void what_is_read_is_what_the_operation_answers(Method method) {
        Matcher line = lineOf(method);
        var differences = new ArrayList<String>();
        operationOf(line).path("responses").properties().forEach(response -> {
            if (!response.getKey().startsWith("2")) {
                return;
            }
            JsonNode schema = response.getValue().at("/content/application~1json/schema");
            if (method.getReturnType() == void.class) {
                assertThat(schema.isMissingNode()).as(line.group()).isTrue();
            } else {
                assertThat(method.getReturnType()).isEqualTo(Answer.class);
                Type value = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
                compare(value, schema, false, line.group() + " " + response.getKey(), differences);
            }
        });
        assertThat(differences).isEmpty();
    }

    private record Wrong(
            int name, String taskCount, @Nullable String kind, Verification digest, String colour) {}

    private record Incomplete(@Nullable String name) {}

    /** That this test can fail. */
    @Test
    void a_wrong_name_a_wrong_type_and_a_missing_field_are_found() throws IOException {
        JsonNode schema = JSON.readTree("{\"$ref\": \"#/components/schemas/PuzzleSetView\"}");
        var differences = new ArrayList<String>();
        compare(Wrong.class, schema, false, "answer", differences);
        assertThat(differences)
                .containsExactly(
                        "answer.name is string, not int",
                        "answer.taskCount is integer int32, not String",
                        "answer.kind is never null",
                        "answer.digest is not one of [differs, reproduced] but of []",
                        "answer.colour is not in the document");
        differences.clear();
        compare(
                Incomplete.class,
                JSON.readTree("{\"$ref\": \"#/components/schemas/PuzzleSetRequest\"}"),
                true,
                "body",
                differences);
        assertThat(differences).containsExactly("body.files is missing", "body.name is never null");
    }

    private static Matcher lineOf(Method method) {
        Matcher line = LINE.matcher(method.getAnnotation(RequestLine.class).value());
        assertThat(line.matches()).as(method.toString()).isTrue();
        return line;
    }

    private static JsonNode operationOf(Matcher line) {
        JsonNode operation =
                DOCUMENT.path("paths").path(line.group(2)).path(line.group(1).toLowerCase(Locale.ROOT));
        assertThat(operation.isMissingNode())
                .as(line.group() + " is not in the document")
                .isFalse();
        return operation;
    }

    /** @param sent whether it goes to the platform: then all that it requires has to be there */
    private static void compare(Type type, JsonNode found, boolean sent, String place, List<String> differences) {
        JsonNode schema = resolved(found);
        if (type instanceof ParameterizedType generic) {
            boolean list = generic.getRawType() == List.class;
            JsonNode inner = schema.path(list ? "items" : "additionalProperties");
            if (is(schema, list ? "array" : "object") && !inner.isMissingNode()) {
                Type[] types = generic.getActualTypeArguments();
                compare(types[types.length - 1], inner, sent, place + "[]", differences);
            } else {
                differences.add(place + " is " + words(schema) + ", not " + generic);
            }
            return;
        }
        var of = (Class<?>) type;
        if (of.isRecord() && is(schema, "object")) {
            compareRecord(of, schema, sent, place, differences);
        } else if (of.isEnum()) {
            Set<String> here = texts(JSON.valueToTree(of.getEnumConstants()));
            Set<String> there = texts(schema.path("enum"));
            differ(here.equals(there), place + " is not one of " + here + " but of " + there, differences);
        } else {
            boolean same = words(schema).equals(TYPES.get(of)) || (of == String.class && is(schema, "string"));
            differ(same, place + " is " + words(schema) + ", not " + of.getSimpleName(), differences);
        }
    }

    private static void compareRecord(
            Class<?> type, JsonNode schema, boolean sent, String place, List<String> differences) {
        Set<String> required = texts(schema.path("required"));
        if (sent) {
            var missing = new TreeSet<>(required);
            Stream.of(type.getRecordComponents()).map(RecordComponent::getName).forEach(missing::remove);
            missing.forEach(name -> differences.add(place + "." + name + " is missing"));
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = place + "." + component.getName();
            JsonNode property = schema.path("properties").path(component.getName());
            if (property.isMissingNode()) {
                differences.add(name + " is not in the document");
                continue;
            }
            boolean mayBeNull = isNullable(property) || !required.contains(component.getName());
            boolean nullHere = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            differ(mayBeNull || !nullHere, name + " is never null", differences);
            // What is sent may always be said; what is read must be ready for all that may come.
            differ(sent || !mayBeNull || nullHere, name + " may be null", differences);
            compare(component.getGenericType(), property, sent, name, differences);
        }
    }

    private static void differ(boolean same, String difference, List<String> differences) {
        if (!same) {
            differences.add(difference);
        }
    }

    /** Without references, and without the null beside something else. */
    private static JsonNode resolved(JsonNode schema) {
        if (schema.has("$ref")) {
            return resolved(DOCUMENT.at(schema.path("$ref").asText().substring(1)));
        }
        for (JsonNode one : schema.path("anyOf")) {
            if (!is(one, "null")) {
                return resolved(one);
            }
        }
        return schema;
    }

    private static boolean isNullable(JsonNode schema) {
        return is(schema, "null") || schema.path("anyOf").valueStream().anyMatch(one -> is(one, "null"));
    }

    private static Set<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Type and format, like {@code integer int32}. */
    private static String words(JsonNode schema) {
        String type = schema.path("type").isArray()
                ? String.join(" ", texts(schema.path("type"))).replaceFirst(" ?null ?", "")
                : schema.path("type").asText();
        return (type + " " + schema.path("format").asText()).strip();
    }

    private static boolean is(JsonNode schema, String type) {
        JsonNode types = schema.path("type");
        return types.asText().equals(type)
                || types.valueStream().anyMatch(one -> one.asText().equals(type));
    }
}
