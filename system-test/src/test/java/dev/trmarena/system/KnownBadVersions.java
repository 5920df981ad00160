package dev.trmarena.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code docs/known-bad-versions.txt}. */
final class KnownBadVersions {
    private final List<Entry> entries = new ArrayList<>();

    /** @param name of a Maven artifact {@code group:artifact}; it may end in an asterisk */
    record Entry(String ecosystem, String name, String versions, String advisory) {
        boolean hits(String otherEcosystem, String other, String version) {
            return ecosystem.equals(otherEcosystem)
                    && named(other)
                    && (versions.equals("*")
                            || Arrays.stream(versions.split(",")).allMatch(bound -> within(bound, version)));
        }

        /** A jar's file says {@code artifact} or {@code group.artifact}. */
        private boolean named(String other) {
            String full = name.replace(':', '.');
            String artifact = name.substring(name.indexOf(':') + 1);
            return matches(full, other) || matches(artifact, other);
        }

        private static boolean matches(String pattern, String name) {
            return pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern);
        }

        private static boolean within(String bound, String version) {
            if (bound.startsWith(">=")) {
                return compare(version, bound.substring(2)) >= 0;
            }
            if (bound.startsWith("<")) {
                return compare(version, bound.substring(1)) < 0;
            }
            throw new IllegalArgumentException("neither < nor >=: " + bound);
        }
    }

    /** @param text the lines of the file */
    KnownBadVersions(String text) {
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    String[] parts = line.split("\\s+", 4);
                    if (parts.length < 4) {
                        throw new IllegalArgumentException("ecosystem, name, versions and advisory expected: " + line);
                    }
                    entries.add(new Entry(parts[0], parts[1], parts[2], parts[3]));
                });
    }

    static KnownBadVersions read() throws IOException {
        return new KnownBadVersions(Project.text("docs/known-bad-versions.txt"));
    }

    List<Entry> entries() {
        return entries;
    }

    /** What is known against this version. */
    Optional<String> against(String ecosystem, String name, String version) {
        return entries.stream()
                .filter(entry -> entry.hits(ecosystem, name, version))
                .map(entry -> name + " " + version + ": " + entry.advisory())
                .findFirst();
    }

    /** By their numbers; {@code 4.1.133.Final} is 4.1.133. */
    private static int compare(String a, String b) {
        int[] left = numbers(a);
        int[] right = numbers(b);
        return IntStream.range(0, Math.max(left.length, right.length))
                .map(i -> Integer.compare(i < left.length ? left[i] : 0, i < right.length ? right[i] : 0))
                .filter(order -> order != 0)
                .findFirst()
                .orElse(0);
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]"))
                .takeWhile(part -> part.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
