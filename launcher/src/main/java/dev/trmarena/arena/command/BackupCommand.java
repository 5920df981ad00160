package dev.trmarena.arena.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trmarena.arena.backup.TakeBackup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arena backup}. */
@Command(
        name = "backup",
        description = "Writes a whole platform into a folder: everything in the database, and every artifact it needs.",
        footer = {
            "",
            "The platform may run meanwhile: the backup shows one moment. Into the same",
            "folder again, only new artifacts are copied, and the backup of before stays",
            "until the new one is whole. Kafka is not copied: what is not solved by then is",
            "given out again after a restore. Keep a backup as the platform itself.",
            "Elsewhere: set ARENA_DB_URL, ARENA_DB_USER, ARENA_DB_PASSWORD and",
            "ARENA_ARTIFACTS as its services have them."
        })
public final class BackupCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A new folder, or that of an earlier backup.")
    Path backup;

    @Mixin
    PlatformData platform;

    @Mixin
    ResultOptions result;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = backup.toAbsolutePath().normalize();
        var bar = new BuildBar(System.err, !result.json);
        TakeBackup.Written written;
        try {
            written = platform.existing((database, artifacts) -> new TakeBackup(database, artifacts, bar).into(folder));
        } finally {
            bar.done();
        }
        if (result.json) {
            ObjectNode answer = new ObjectMapper().createObjectNode().put("backup", folder.toString());
            answer.setAll(new ObjectMapper().<ObjectNode>valueToTree(written));
            System.out.println(answer);
        } else {
            System.out.println(String.format(
                    Locale.ROOT,
                    "backup of %s in %s%n  %d rows of %d tables, %d artifacts (%d new), %.1f MB (%.1f MB new)%n"
                            + "  bring it to another machine: ./arena restore %s",
                    written.takenAt(),
                    folder,
                    written.rows(),
                    written.tables(),
                    written.artifacts(),
                    written.newArtifacts(),
                    written.bytes() / 1e6,
                    written.newBytes() / 1e6,
                    folder.getFileName()));
        }
        return 0;
    }
}
