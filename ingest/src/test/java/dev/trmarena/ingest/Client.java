package dev.trmarena.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.golden.Golden;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Talks to the running ingest as a user would, and looks at what lies in its tables and its store. */
@ApplicationScoped
class Client {
    private final Jdbi jdbi;
    private final Path artifacts;

    Client(Jdbi jdbi, @ConfigProperty(name = "arena.artifacts") Path artifacts) {
        this.jdbi = jdbi;
        this.artifacts = artifacts;
    }

    /** What the tasks of a set are, in their order. */
    List<String> taskHashes(String set) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select content from task_hash join puzzle_set s on s.id = puzzle_set_id
                        where s.name = :set order by task""").bind("set", set).mapTo(String.class).list());
    }

    /** Digest of the canonical safetensors that were made of what an evaluation runs. */
    String weights(String evaluation) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.manifest ->> 'weights' from checkpoint c join evaluation e on e.checkpoint_id = c.id
                        where e.id = :id::uuid""")
                .bind("id", evaluation)
                .mapTo(String.class)
                .one());
    }

    /** As every set was in the version before. */
    void forgetTaskHashes(String set) {
        jdbi.useHandle(handle -> {
            handle.execute("delete from task_hash using puzzle_set s where s.id = puzzle_set_id and s.name = ?", set);
            handle.execute("update puzzle_set set hashed = false where name = ?", set);
        });
    }

    /** As it stands there when a process was killed, or ran out of memory, at this work; it may have done it several times at once. */
    void anotherProcessEndedAt(String kind, String subject, int times) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into risky_work (kind, subject, process)
                        select :kind, :subject, process from gen_random_uuid() process, generate_series(1, :times)""")
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("times", times)
                .execute());
    }

    ValidatableResponse post(String path, Object json) {
        return given().contentType("application/json").body(json).post(path).then();
    }

    /** In one request. */
    ValidatableResponse upload(String name, byte[] content) {
        return piece(content)
                .header("Upload-Length", content.length)
                .header("Upload-Metadata", "filename " + base64(name))
                .post("/api/uploads")
                .then();
    }

    /** Announces a file and sends nothing of it. */
    ValidatableResponse begin(String name, long bytes) {
        return given().header("Tus-Resumable", "1.0.0")
                .header("Upload-Length", bytes)
                .header("Upload-Metadata", "filename " + base64(name) + ",filetype")
                .post("/api/uploads")
                .then();
    }

    ValidatableResponse append(String upload, long offset, byte[] content) {
        return piece(content)
                .header("Upload-Offset", offset)
                .patch("/api/uploads/" + upload)
                .then();
    }

    /** Bytes of it that are there. */
    long offset(String upload) {
        return Long.parseLong(given().head("/api/uploads/" + upload)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .header("Upload-Offset"));
    }

    private static RequestSpecification piece(byte[] content) {
        RequestSpecification request = given().contentType("application/offset+octet-stream")
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("application/offset+octet-stream", ContentType.BINARY)));
        return content.length == 0 ? request : request.body(content);
    }

    static String base64(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /** @return the upload's id */
    String uploaded(String name, byte[] content) {
        return upload(name, content).statusCode(201).extract().path("upload");
    }

    String uploaded(Path file) {
        try {
            return uploaded(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ValidatableResponse importSet(String name, Map<String, byte[]> files) {
        List<Map<String, String>> named = new ArrayList<>();
        files.forEach((path, content) -> named.add(Map.of("path", path, "upload", uploaded(path, content))));
        return post("/api/puzzle-sets", Map.of("name", name, "files", named));
    }

    ValidatableResponse importFolder(String name, Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return importSet(name, files);
    }

    /**
     * Has the demo's network planned on the demo's puzzles. The same network, set and steps are one evaluation: a test that wants one of
     * its own takes steps that no other has.
     *
     * @param set name that the puzzles get unless they are there
     * @return the id of the evaluation
     */
    String planDemo(String set, int steps, @Nullable String model) throws IOException {
        importFolder(set, Golden.folder("demo/sudoku-4x4").resolve("dataset"));
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("checkpoint", uploaded("step_484", Golden.read("demo/sudoku-4x4/step_484")));
        request.put("config", uploaded("all_config.yaml", Golden.read("demo/sudoku-4x4/all_config.yaml")));
        request.put("puzzleSet", set);
        request.put("model", model);
        request.put("protocol", Map.of("steps", steps));
        return post("/api/evaluations", request).statusCode(201).extract().path("id");
    }

    ValidatableResponse evaluate(String checkpoint, @Nullable String config, String set, @Nullable String model) {
        return evaluate(checkpoint, config, null, Map.of(), set, model);
    }

    ValidatableResponse evaluate(
            String checkpoint,
            @Nullable String config,
            @Nullable String preset,
            Map<String, ?> settings,
            String set,
            @Nullable String model) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("checkpoint", checkpoint);
        request.put("config", config);
        request.put("preset", preset);
        request.put("hyperParameters", settings);
        request.put("puzzleSet", set);
        request.put("model", model);
        return post("/api/evaluations", request);
    }

    /**
     * Everything that a request could leave behind: rows of every table, and files of the store and its work folders; but for
     * the uploads and their content, which stay when something is refused.
     */
    Map<String, Object> kept() {
        Map<String, Object> kept = new LinkedHashMap<>();
        jdbi.useHandle(handle -> {
            for (String table :
                    List.of("puzzle_set", "task_hash", "checkpoint", "artifact_use", "evaluation", "risky_work")) {
                kept.put(table, count(handle, table));
            }
        });
        TreeSet<String> files = files();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select digest from upload where digest is not null except select digest from artifact_use
                        """)
                .mapTo(String.class)
                .forEach(digest -> files.removeIf(file -> file.endsWith(digest))));
        kept.put("files", files);
        return kept;
    }

    /** The same with the uploads. */
    Map<String, Object> keptWithUploads() {
        Map<String, Object> kept = kept();
        kept.put("upload", uploads());
        kept.put("files", files());
        return kept;
    }

    /** How many there are, unfinished ones included. */
    int uploads() {
        return jdbi.withHandle(handle -> count(handle, "upload"));
    }

    private static int count(Handle handle, String table) {
        return handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one();
    }

    /** As a restart of Postgres does to a pool. */
    void dropConnections() {
        jdbi.useHandle(handle -> handle.execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                """));
    }

    /** Files that no row names. */
    TreeSet<String> unused() {
        TreeSet<String> unused = files();
        jdbi.useHandle(handle -> handle.createQuery("""
                        select digest from artifact_use
                        union select digest from upload where digest is not null
                        union select id::text from upload where digest is null
                        """)
                .mapTo(String.class)
                .forEach(name -> unused.removeIf(file -> file.endsWith(name))));
        return unused;
    }

    /** Files of the store but the one that says whose it is. */
    TreeSet<String> files() {
        if (!Files.isDirectory(artifacts)) {
            return new TreeSet<>();
        }
        try (Stream<Path> all = Files.walk(artifacts)) {
            TreeSet<String> files = new TreeSet<>();
            all.filter(file -> Files.isRegularFile(file) && !file.endsWith("owner"))
                    .forEach(file -> files.add(artifacts.relativize(file).toString()));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks the form that every refusal has, but for the lists that one of settings has besides. */
    static Map<String, Object> assertRefused(ValidatableResponse answer, int status, String... named) {
        Map<String, Object> problem = answer.statusCode(status)
                .contentType("application/problem+json")
                .extract()
                .jsonPath()
                .getMap("$");
        assertThat(problem).containsKeys("status", "title", "file", "place", "problem", "remedy");
        assertThat(Set.of("status", "title", "file", "place", "problem", "remedy", "missing", "presets"))
                .containsAll(problem.keySet());
        assertThat(problem).containsEntry("status", status);
        assertThat(problem.get("remedy")).asString().isNotBlank();
        for (String part : named) {
            assertThat(problem.values().toString()).contains(part);
        }
        return problem;
    }
}
