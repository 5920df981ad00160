package dev.trmarena.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A real nginx before a platform, with the very lines of {@code docs/proxy.md}. Without one the test is skipped, and says what to install. */
final class Proxy implements AutoCloseable {
    /** What the platform behind it is told, as the document says. */
    static final Map<String, String> BELIEVED =
            Map.of("ARENA_HTTP_HOSTS", "arena.example", "ARENA_HTTP_PROXIES", "127.0.0.1");

    private static final String LOOPBACK = "127.0.0.1";
    private static final String PASSWORD = "changeit";

    private final Process nginx;
    private final int port;
    private final Path store;
    private final Path log;

    private Proxy(Process nginx, int port, Path store, Path log) {
        this.nginx = nginx;
        this.port = port;
        this.store = store;
        this.log = log;
    }

    /** @param folder of its own */
    static Proxy before(Platform platform, Path folder) throws Exception {
        Optional<Path> program = Stream.of(
                        Path.of("/usr/sbin/nginx"), Project.root().resolve("target/proxy/usr/sbin/nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "no nginx on this machine; `apt-get install nginx` and run again");
        Path store = certificate(folder);
        int port = freePort();
        Path log = folder.resolve("nginx.log");
        Path settings = folder.resolve("nginx.conf");
        Files.writeString(
                settings, settings(folder, port, URI.create(platform.url()).getPort()));
        Process nginx = new ProcessBuilder(
                        program.orElseThrow().toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        settings.toString(),
                        "-e",
                        "stderr")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var proxy = new Proxy(nginx, port, store, log);
        await("nginx listens").atMost(Duration.ofSeconds(30)).until(proxy::listens);
        return proxy;
    }

    /** The lines of the document, of which nothing is changed but where things are on this machine, and around them what lets nginx run here. */
    private static String settings(Path folder, int port, int platform) throws IOException {
        String lines = Project.only("(?s)```nginx\n(.+?)```", Project.text("docs/proxy.md"));
        for (var place : List.of(
                List.of("listen 443 ssl;", "listen " + LOOPBACK + ":" + port + " ssl;"),
                List.of("/etc/nginx/arena.crt", folder.resolve("arena.crt").toString()),
                List.of("/etc/nginx/arena.key", folder.resolve("arena.key").toString()),
                List.of("http://127.0.0.1:8080", "http://" + LOOPBACK + ":" + platform))) {
            assertThat(lines).containsOnlyOnce(place.get(0));
            lines = lines.replace(place.get(0), place.get(1));
        }
        return """
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                events {}
                http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxied;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                """ + lines + "}\n";
    }

    /** A certificate that nobody else has signed. @return the key store that has it */
    private static Path certificate(Path folder) throws Exception {
        Path store = folder.resolve("arena.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "arena",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=arena.example",
                        "-ext",
                        "SAN=dns:arena.example,dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = keys(store);
        pem(
                folder.resolve("arena.crt"),
                "CERTIFICATE",
                keys.getCertificate("arena").getEncoded());
        pem(
                folder.resolve("arena.key"),
                "PRIVATE KEY",
                keys.getKey("arena", PASSWORD.toCharArray()).getEncoded());
        return store;
    }

    private static KeyStore keys(Path store) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void pem(Path file, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() throws IOException {
        if (!nginx.isAlive()) {
            throw new IOException("nginx ended:\n" + Files.readString(log));
        }
        try (var socket = new Socket(LOOPBACK, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A connection to it. */
    Socket connect() throws Exception {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys(store));
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        return context.getSocketFactory().createSocket(LOOPBACK, port);
    }

    /** A browser for which {@code https://arena.example/arena/} is there. */
    Browser browser() {
        return new Browser(
                "--host-resolver-rules=MAP arena.example:443 " + LOOPBACK + ":" + port,
                "--ignore-certificate-errors",
                "--no-proxy-server");
    }

    /** Runs a command of the command line through it. */
    Arena.Result run(String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of(arguments), Stream.of("--url", "https://localhost:" + port + "/arena"))
                .toList();
        String trust = "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
        return Arena.run(command, Map.of("JDK_JAVA_OPTIONS", trust));
    }

    @Override
    public void close() throws InterruptedException {
        nginx.destroy();
        if (!nginx.waitFor(30, TimeUnit.SECONDS)) {
            nginx.descendants().forEach(ProcessHandle::destroyForcibly);
            nginx.destroyForcibly();
        }
    }
}
