package dev.trmarena.http.refuse;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request breaks, in the words of a {@link Problem}: what came is the problem, and what the constraint says is the remedy.
 *
 * @param pointer RFC 6901, to the first value that is not as it must be
 */
record Violations(String problem, String remedy, String pointer) {
    /** The remedy of whatever a constraint says nothing about. */
    static final String AS_DESCRIBED = "send JSON as described under /q/openapi";

    private static final int MOST_SHOWN = 100;

    /** @param broken not empty */
    static Violations of(Collection<? extends ConstraintViolation<?>> broken) {
        List<? extends ConstraintViolation<?>> ordered = broken.stream()
                .sorted(Comparator.comparing(one -> one.getPropertyPath().toString()))
                .toList();
        return new Violations(
                ordered.stream().map(Violations::problem).distinct().collect(Collectors.joining("; ")),
                ordered.stream().map(Violations::remedy).distinct().collect(Collectors.joining("; ")),
                pointer(ordered.get(0).getPropertyPath()));
    }

    private static String problem(ConstraintViolation<?> broken) {
        return "'" + name(broken.getPropertyPath()) + "' is " + described(broken.getInvalidValue());
    }

    private static String remedy(ConstraintViolation<?> broken) {
        return broken.getMessage();
    }

    private static String described(@Nullable Object value) {
        if (value == null) {
            return "missing";
        }
        if (value instanceof Collection<?> all && all.isEmpty()) {
            return "empty";
        }
        return value instanceof String text ? "'" + beginning(text) + "'" : beginning(value.toString());
    }

    /** A request may be of a megabyte. */
    private static String beginning(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }

    /** As the sender calls it: {@code files[0].path}. */
    private static String name(Path path) {
        var name = new StringBuilder();
        for (Path.Node node : path) {
            Object within = node.getIndex() == null ? node.getKey() : node.getIndex();
            if (within != null) {
                name.append('[').append(within).append(']');
            }
            if (node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.PARAMETER) {
                name.append(name.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        return name.toString();
    }

    private static String pointer(Path path) {
        var pointer = new StringBuilder();
        for (Path.Node node : path) {
            Object within = node.getIndex() == null ? node.getKey() : node.getIndex();
            if (within != null) {
                pointer.append('/').append(escaped(within.toString()));
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(escaped(node.getName()));
            }
        }
        return pointer.toString();
    }

    private static String escaped(String segment) {
        return segment.replace("~", "~0").replace("/", "~1");
    }
}
