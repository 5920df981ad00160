package dev.trmarena.ingest;

import static dev.trmarena.ingest.Client.assertRefused;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not fetched, and why: it is told before a byte comes, and nothing stays of what came. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WhatAHubMayNotSendIsRefused {
    private static final byte[] CONTENT = new byte[300_000];

    @SuppressWarnings("NullAway.Init") // RealParts puts it here
    FakeHub hub;

    @Inject
    Client client;

    @Inject
    HubClient files;

    @Inject
    Jdbi jdbi;

    @BeforeEach
    void nothing_is_there() {
        files.begin(hub);
    }

    @AfterEach
    void nothing_is_left() {
        files.forgetAll();
    }

    /** The hub follows pointers; one that was committed as a file of its own is nobody's checkpoint. */
    @Test
    void a_pointer_of_git_lfs_is_named_and_not_kept() {
        Map<String, Object> kept = client.kept();
        String pointer =
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "ab".repeat(32) + "\nsize 565355\n";
        hub.small("sam/tiny/step_11", pointer.getBytes(UTF_8));
        String upload = files.fetch("hf://sam/tiny/step_11").getString("file.upload");
        assertThat(files.failed(upload)).contains("a pointer of Git LFS", "never sent to the hub", "git-lfs");
        assertRefused(given().get("/api/uploads/" + upload).then(), 404);
        assertRefused(client.post("/api/evaluations", Map.of("checkpoint", upload, "puzzleSet", "any")), 404);
        assertThat(client.kept()).isEqualTo(kept);
    }

    /** Of what is refused, of what fails on the way, and of what succeeds. */
    @Test
    void and_no_column_of_the_database_has_the_token() {
        hub.large("sam/private/step_1", CONTENT);
        files.whole(files.fetch("hf://sam/private/step_1").getString("file.upload"));
        hub.large("sam/private/step_2", CONTENT, "ab".repeat(32));
        files.failed(files.fetch("hf://sam/private/step_2").getString("file.upload"));
        hub.large("sam/private/step_3", CONTENT);
        hub.faults("sam/private/step_3", FakeHub.status(403, null));
        files.failed(files.fetch("hf://sam/private/step_3").getString("file.upload"));
        assertThat(hub.asked())
                .anySatisfy(asked -> assertThat(asked.authorization()).contains(FakeHub.TOKEN));
        List<String> tables = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select quote_ident(table_name) from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE'""").mapTo(String.class).list());
        assertThat(tables).contains("hub_fetch", "upload", "checkpoint", "risky_work");
        assertThat(rowsWith("hub_fetch", "sam/private"))
                .as("what is looked for would be found")
                .isEqualTo(3);
        assertThat(tables)
                .allSatisfy(table -> assertThat(rowsWith(table, FakeHub.TOKEN)).isZero());
    }

    private int rowsWith(String table, String text) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from " + table + " t where position(:text in t::text) > 0")
                .bind("text", text)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void unless_it_is_too_large_which_is_known_before_its_first_byte() {
        hub.larger("sam/tiny/step_7", 17L << 20);
        assertThat(files.refusal("hf://sam/tiny/step_7", 413)).contains(String.valueOf(17L << 20));
        assertThat(hub.asked()).allSatisfy(asked -> assertThat(asked.method()).isEqualTo("HEAD"));
        assertThat(client.uploads()).isEqualTo(files.before());
    }

    @Test
    void unless_the_hub_sends_on_to_somebody_else_or_into_the_network() {
        int port = hub.storagePort();
        hub.elsewhere("sam/bad/step_1", CONTENT, "https://example.com/step_1");
        assertThat(files.refusal("hf://sam/bad/step_1", 422)).contains("example.com", "arena.hub.hosts");
        hub.elsewhere("sam/bad/step_2", CONTENT, "https://localhost:" + port + "/sam/bad/step_2");
        assertThat(files.refusal("hf://sam/bad/step_2", 422))
                .contains("address of this machine", "arena.hub.private-hosts");
        hub.elsewhere("sam/bad/step_3", CONTENT, "http://localhost:" + port + "/sam/bad/step_3");
        assertThat(files.refusal("hf://sam/bad/step_3", 422)).contains("without TLS");
        hub.elsewhere("sam/bad/step_4", CONTENT, "file:///etc/passwd");
        assertThat(files.refusal("hf://sam/bad/step_4", 422)).contains("arena.hub.hosts");
        assertThat(hub.asked()).extracting(FakeHub.Asked::host).doesNotContain("storage");
    }

    @Test
    void unless_the_hub_does_not_show_it() {
        hub.refuse("sam/gated", 403, "GatedRepo", null);
        assertThat(files.refusal("hf://sam/gated/step_1", 422))
                .contains("let in", "ARENA_HUB_TOKEN")
                .doesNotContain(FakeHub.TOKEN);
        hub.refuse("sam/unknown", 401, "RepoNotFound", null);
        assertThat(files.refusal("hf://sam/unknown/step_1", 422)).contains("there is no sam/unknown", "private");
        hub.large("sam/tiny/step_1", CONTENT);
        assertThat(files.refusal("hf://sam/tiny/step_1@v2", 404)).contains("no revision 'v2'");
        assertThat(files.refusal("hf://sam/tiny/step_9", 404)).contains("step_9");
    }

    @Test
    void unless_it_is_a_folder_whose_checkpoints_are_named() {
        hub.large("sam/tiny/run/step_1", CONTENT);
        hub.large("sam/tiny/run/step_2", CONTENT);
        hub.small("sam/tiny/run/README.md", "no".getBytes(UTF_8));
        for (String folder : List.of("hf://sam/tiny/run", "hf://sam/tiny/run/", "hf://sam/tiny")) {
            assertThat(files.refusal(folder, 404))
                    .contains("is a folder", "run/step_1, run/step_2")
                    .doesNotContain("README");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "step_1",
                "https://example.com/a/b/c",
                "hf://a",
                "hf://a/b/../c",
                "hf://a/b/./c",
                "hf://a/b//c",
                "hf://../b/c",
                "hf://a/b/c@../main",
                "hf://a/b/c@",
                "hf://user:secret@host/a/b",
                "hf://a/b/c\nHost: x"
            })
    void unless_it_names_nothing_on_a_hub(String name) {
        assertThat(files.refusal(name, 400)).contains("hf://OWNER/REPO");
        assertThat(hub.asked()).isEmpty();
    }
}
