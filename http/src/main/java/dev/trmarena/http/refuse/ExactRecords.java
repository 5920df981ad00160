package dev.trmarena.http.refuse;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Makes the schema of a record as exact as the record: every component is there, and only one that is {@link Nullable} may
 * be null; of a request such a one may also be missing. By itself the document calls all of them optional, which no reader of it can work with.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ExactRecords implements OASFilter {
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final List<SchemaType> SCALARS = List.of(SchemaType.STRING, SchemaType.NUMBER, SchemaType.BOOLEAN);

    private final Map<String, List<ClassInfo>> records;

    /** @param index of the classes of the service and of the modules that it uses */
    public ExactRecords(IndexView index) {
        records = index.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .collect(Collectors.groupingBy(ClassInfo::simpleName));
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null || document.getComponents().getSchemas() == null) {
            return;
        }
        Set<String> asked = askedFor(document);
        document.getComponents()
                .getSchemas()
                .forEach((name, schema) -> describe(name, schema, asked.contains("#/components/schemas/" + name)));
    }

    /** References to what requests carry: there, unlike in an answer, what may be null may as well be missing. */
    private static Set<String> askedFor(OpenAPI document) {
        Set<String> asked = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(bodies(document));
        while (!next.isEmpty()) {
            String reference = next.remove();
            Schema schema =
                    document.getComponents().getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1));
            if (asked.add(reference) && schema != null && schema.getProperties() != null) {
                schema.getProperties().values().stream()
                        .map(Schema::getRef)
                        .filter(Objects::nonNull)
                        .forEach(next::add);
            }
        }
        return asked;
    }

    private static Set<String> bodies(OpenAPI document) {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> operation.getRequestBody().getContent().getMediaTypes().values().stream())
                .map(content -> content.getSchema().getRef())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void describe(String name, Schema schema, boolean request) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        ClassInfo described = record(name, properties.keySet());
        if (described == null) {
            return;
        }
        Map<String, Schema> exact = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponentInfo component : described.recordComponents()) {
            Schema property = Objects.requireNonNull(properties.get(component.name()));
            holdsScalars(property);
            boolean maybeNull = component.type().hasAnnotation(NULLABLE);
            if (maybeNull) {
                property = nullable(property);
            }
            exact.put(component.name(), property);
            if (!leftOut(described, component.name()) && !(request && maybeNull)) {
                required.add(component.name());
            }
        }
        schema.setProperties(exact);
        schema.setRequired(required);
    }

    /** Records of several packages may share a simple name: the one that has these components is meant. */
    private @Nullable ClassInfo record(String name, Set<String> components) {
        return records.getOrDefault(name, List.of()).stream()
                .filter(known -> known.recordComponents().stream()
                        .map(RecordComponentInfo::name)
                        .collect(Collectors.toSet())
                        .equals(components))
                .findFirst()
                .orElse(null);
    }

    /** Left out of the JSON rather than written as null or empty. */
    private static boolean leftOut(ClassInfo described, String component) {
        return described.field(component).hasAnnotation(INCLUDE);
    }

    /** Maps of our records whose values may be anything are settings: text, numbers, yes or no. */
    private static void holdsScalars(Schema property) {
        Schema values = property.getAdditionalPropertiesSchema();
        if (values != null && values.getType() == null && values.getRef() == null) {
            values.setType(SCALARS);
        }
    }

    private static Schema nullable(Schema property) {
        if (property.getRef() != null) {
            return OASFactory.createSchema()
                    .anyOf(List.of(property, OASFactory.createSchema().addType(SchemaType.NULL)));
        }
        property.addType(SchemaType.NULL);
        return property;
    }
}
