package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.backup.RestoreBackup;
import dev.trmarena.db.backup.BackupProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arena restore}. */
@Command(
        name = "restore",
        description = "Brings a backup into a new data folder, or into an empty database elsewhere.",
        footer = {
            "",
            "Every file is read and compared before anything is written, and nothing that",
            "is there is overwritten. A backup of an older build is brought to the schema of",
            "this one. What solvers had when it was made is given out again.",
            "Elsewhere: set ARENA_DB_URL, ARENA_DB_USER, ARENA_DB_PASSWORD and",
            "ARENA_ARTIFACTS; stop the services, and give them an empty Kafka."
        })
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder that ./arena backup wrote.")
    Path backup;

    @Mixin
    PlatformData platform;

    @Option(names = "--check", description = "Only read the backup and say whether it is whole; nothing is restored.")
    boolean check;

    @Mixin
    ResultOptions result;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var bar = new BuildBar(System.err, !result.json);
        RestoreBackup restore;
        try {
            restore = new RestoreBackup(backup, bar);
            if (check) {
                restore.requireUndamaged();
            } else {
                platform.created((database, artifacts) -> {
                    restore.into(database, artifacts);
                    return 0;
                });
            }
        } catch (BackupProblem e) {
            throw PlatformData.problem(e);
        } finally {
            bar.done();
        }
        print(restore.content());
        return 0;
    }

    private void print(RestoreBackup.Content content) {
        if (result.json) {
            ObjectNode answer = new ObjectMapper().createObjectNode();
            answer.put(check ? "checked" : "restored", check ? backup.toString() : platform.name());
            answer.setAll(new ObjectMapper().<ObjectNode>valueToTree(content));
            System.out.println(answer);
            return;
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%s of %s: %d rows of %d tables, %d artifacts, %.1f MB",
                check ? "the backup is whole, it is" : "restored the backup",
                content.takenAt(),
                content.rows(),
                content.tables(),
                content.artifacts(),
                content.bytes() / 1e6));
        if (!check) {
            System.out.println(
                    platform.isElsewhere()
                            ? "  start the services, with an empty Kafka"
                            : "  start it: ./arena up --data " + platform.name());
        }
    }
}
