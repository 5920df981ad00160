package dev.trmarena.ingest.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** What somebody else says of the content of a file: its SHA-256, or the SHA-1 that git gives it as a blob. */
final class SaidDigest {
    private static final int OF_GIT = 40;
    private static final int BUFFER = 1 << 16;

    private SaidDigest() {}

    /** @param sha256 of the file, known already */
    static boolean isOf(String said, Path file, String sha256) throws IOException {
        return said.length() == OF_GIT ? said.equals(ofBlob(file)) : said.equals(sha256);
    }

    private static String ofBlob(Path file) throws IOException {
        MessageDigest sha1 = DigestUtils.getSha1Digest();
        sha1.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha1.update(buffer, 0, n);
            }
        }
        return Hex.encodeHexString(sha1.digest());
    }
}
