package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The libraries that the build put beside the services and into the page, against what is known of their versions. */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NoKnownBadVersionIsShipped {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    private static final List<String> COMMAND_LINE = List.of("launcher/target/lib", "solver-worker/target/lib");

    private static final List<String> SERVICES =
            List.of("ingest/target/quarkus-app/lib", "leaderboard-api/target/quarkus-app/lib");

    private record Jar(String name, String version) {}

    @Test
    void beside_the_services() throws IOException {
        KnownBadVersions known = KnownBadVersions.read();
        var jars = new ArrayList<>(jars(COMMAND_LINE));
        jars.addAll(jars(SERVICES));
        assertThat(jars).hasSizeGreaterThan(100);
        assertThat(jars.stream().flatMap(jar -> known.against("maven", jar.name(), jar.version()).stream()))
                .isEmpty();
    }

    @Test
    void in_the_page_and_what_builds_it() throws IOException {
        KnownBadVersions known = KnownBadVersions.read();
        JsonNode lock = new ObjectMapper().readTree(Project.text("web/package-lock.json"));
        var bad = new ArrayList<String>();
        lock.path("packages").properties().forEach(entry -> {
            String name = entry.getKey().replaceFirst("^.*node_modules/", "");
            known.against("npm", name, entry.getValue().path("version").asText())
                    .ifPresent(bad::add);
        });
        assertThat(lock.path("packages").size()).isGreaterThan(50);
        assertThat(bad).isEmpty();
    }

    @Test
    void a_planted_one_is_found_by_either_name_of_its_file() {
        var known = new KnownBadVersions("""
                # why
                maven  org.some:thing-core  >=1.2,<1.5.35  GHSA-1
                maven  org.some:family-*  <4.1.136  GHSA-2
                npm  left  *  GHSA-3
                """);
        assertThat(known.against("maven", "thing-core", "1.5.34")).contains("thing-core 1.5.34: GHSA-1");
        assertThat(known.against("maven", "org.some.thing-core", "1.2")).isPresent();
        assertThat(known.against("maven", "org.some.family-member", "4.1.99.Final"))
                .isPresent();
        assertThat(known.against("npm", "left", "7.0.0")).isPresent();
        assertThat(known.against("maven", "thing-core", "1.1.9")).isEmpty();
        assertThat(known.against("maven", "thing-core", "1.5.35")).isEmpty();
        assertThat(known.against("maven", "thing-core", "1.10.0")).isEmpty();
        assertThat(known.against("maven", "family-member", "4.1.136.Final")).isEmpty();
        assertThat(known.against("maven", "other-thing-core", "1.3")).isEmpty();
        assertThat(known.against("maven", "left", "7.0.0")).isEmpty();
    }

    /** Which the build really used until lately. */
    @Test
    void what_was_shipped_once_is_found() throws IOException {
        KnownBadVersions known = KnownBadVersions.read();
        assertThat(Map.of(
                                "logback-core", "1.5.18",
                                "com.fasterxml.jackson.core.jackson-databind", "2.21.2",
                                "io.netty.netty-codec-http", "4.1.133.Final",
                                "org.postgresql.postgresql", "42.7.10",
                                "log4j-api", "2.25.3")
                        .entrySet())
                .allMatch(jar ->
                        known.against("maven", jar.getKey(), jar.getValue()).isPresent());
        assertThat(known.entries()).allMatch(entry -> entry.advisory().matches("(GHSA|CVE)-.*"));
    }

    @Test
    void a_library_has_one_version() throws IOException {
        for (List<String> folders : List.of(COMMAND_LINE, SERVICES)) {
            var versions = new TreeMap<String, TreeSet<String>>();
            jars(folders).forEach(jar -> versions.computeIfAbsent(jar.name(), name -> new TreeSet<>())
                    .add(jar.version()));
            assertThat(versions.entrySet())
                    .filteredOn(entry -> entry.getValue().size() > 1)
                    .isEmpty();
        }
        assertThat(jars(COMMAND_LINE).stream()
                        .filter(jar -> jar.name().startsWith("log4j-"))
                        .map(Jar::version)
                        .distinct())
                .containsExactly(Project.only("<log4j.version>([^<]+)<", Project.text("pom.xml")));
    }

    @Test
    void the_builds_own_maven_is_known_by_its_content() throws IOException {
        assertThat(Project.text(".mvn/wrapper/maven-wrapper.properties"))
                .containsPattern("(?m)^distributionSha256Sum=[0-9a-f]{64}$");
    }

    private static List<Jar> jars(List<String> folders) throws IOException {
        var jars = new ArrayList<Jar>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Project.root().resolve(folder))) {
                for (Path file : files.toList()) {
                    Matcher jar = JAR.matcher(file.getFileName().toString());
                    if (jar.matches()) {
                        jars.add(new Jar(jar.group(1), jar.group(2)));
                    }
                }
            }
        }
        return jars;
    }
}
