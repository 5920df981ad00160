package dev.trmarena.puzzles.set;

import dev.trmarena.puzzles.set.PuzzleSetImport.ImportedSet;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/** The digest that a puzzle set has once it is stored: two sets with the same digest are the same set. */
public final class SetDigest {
    private SetDigest() {}

    /** @return SHA-256 of the manifest that names every file by its SHA-256, in hexadecimal */
    public static String of(ImportedSet imported) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        for (var file : imported.files().entrySet()) {
            digests.put(file.getKey(), new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file.getValue()));
        }
        return DigestUtils.sha256Hex(imported.manifest().withArtifacts(digests).toJson());
    }
}
