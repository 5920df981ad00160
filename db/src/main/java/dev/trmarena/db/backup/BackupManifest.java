package dev.trmarena.db.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a backup consists of; a folder without it holds none. Its own digest stands beside it in the file.
 *
 * @param format of the folder, {@link #FORMAT}
 * @param takenAt the moment that it shows, by the clock of the database, ISO 8601
 * @param schema version of the last migration, as Flyway names it
 * @param tables in the order in which they can be restored
 * @param artifacts of the store that the rows cannot do without, by digest
 */
public record BackupManifest(
        int format,
        String takenAt,
        String schema,
        List<SavedTable> tables,
        List<SavedSequence> sequences,
        List<SavedArtifact> artifacts) {
    public static final int FORMAT = 1;
    private static final String FILE = "backup.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public BackupManifest {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        artifacts = List.copyOf(artifacts);
    }

    /**
     * The rows of a table.
     *
     * @param columns in the order in which they stand in the file
     * @param file relative to the folder of the backup: what {@code COPY} writes as text, gzipped
     * @param bytes length of the file
     * @param sha256 of the file, lower-case hex
     */
    public record SavedTable(String name, List<String> columns, long rows, String file, long bytes, String sha256) {
        public SavedTable {
            columns = List.copyOf(columns);
        }
    }

    /** @param used whether {@code value} was given to somebody; the next is the one after it then */
    public record SavedSequence(String name, long value, boolean used) {}

    /** @param sha256 its name in the store */
    public record SavedArtifact(String sha256, long bytes) {}

    /** The file of a backup in this folder. */
    public static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    /** Its text: the manifest, and the digest of it. */
    public String text() {
        JsonNode content = JSON.valueToTree(this);
        ObjectNode whole = JSON.createObjectNode();
        whole.put("sha256", digest(content));
        whole.set("backup", content);
        try {
            return JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(whole) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws BackupProblem when there is none, it is damaged, or a newer build wrote it */
    public static BackupManifest read(Path folder) throws IOException {
        Path file = file(folder);
        if (!Files.isRegularFile(file)) {
            throw new BackupProblem(
                    "this folder holds no backup that was brought to its end",
                    folder.toString(),
                    "name the folder that ./arena backup was given; if it was interrupted, run it again");
        }
        try {
            JsonNode whole = JSON.readTree(file.toFile());
            JsonNode content = whole.path("backup");
            if (!whole.path("sha256").asText().equals(digest(content))) {
                throw damaged(file);
            }
            int format = content.path("format").asInt();
            if (format != FORMAT) {
                throw new BackupProblem(
                        "the backup has format " + format + ", this build reads format " + FORMAT,
                        file.toString(),
                        "restore it with the build that made it, or a newer one");
            }
            return JSON.treeToValue(content, BackupManifest.class);
        } catch (JsonProcessingException e) {
            var problem = damaged(file);
            problem.initCause(e);
            throw problem;
        }
    }

    private static BackupProblem damaged(Path file) {
        return new BackupProblem(
                "the list of what the backup consists of is damaged",
                file.toString(),
                "copy the backup here again, or use another one");
    }

    private static String digest(JsonNode content) {
        return DigestUtils.sha256Hex(content.toString());
    }
}
