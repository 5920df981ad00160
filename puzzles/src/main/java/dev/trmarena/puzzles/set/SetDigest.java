package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.set.PuzzleSetImport.Imported;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The digest that a puzzle set has once it is stored: two sets with the same digest are the same set. */
public final class SetDigest {
    private SetDigest() {}

    /** @return SHA-256 of the manifest that names every file by its SHA-256, in hexadecimal */
    public static String of(Imported imported) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (var file : imported.files().entrySet()) {
            digests.put(file.getKey(), sha256(file.getValue()));
        }
        return HexFormat.of()
                .formatHex(sha256().digest(
                                imported.manifest().withArtifacts(digests).toJson()));
    }

    private static String sha256(Path file) throws IOException {
        try (var stream = new DigestInputStream(Files.newInputStream(file), sha256())) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
