package dev.trmarena.arena.postgres;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.supervise.OwnEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Postgres data folder with durable settings: created on first use, served on 127.0.0.1 with a password that only the
 * owner of the folder can read. A folder whose server was orphaned is freed before it is served again.
 */
public final class PostgresCluster {
    public static final String USER = "arena";
    public static final String DATABASE = "arena";
    private static final String MAJOR_VERSION = "18";

    private final Path folder;
    private final Path passwordFile;
    private final PostgresBinaries binaries;

    /** @param folder Postgres' data folder; the password lies beside it */
    public PostgresCluster(Path folder, PostgresBinaries binaries) {
        this.folder = folder.toAbsolutePath();
        this.passwordFile = this.folder.resolveSibling(folder.getFileName() + ".password");
        this.binaries = binaries;
    }

    public String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String password() throws IOException {
        return Files.readString(passwordFile).strip();
    }

    /**
     * Where the server listens that some other process has started: Postgres writes it into the fourth line of its lock.
     *
     * @throws ArenaProblem when none runs
     */
    public int servedPort() throws IOException {
        Path lock = folder.resolve("postmaster.pid");
        List<String> lines = Files.exists(lock) ? Files.readAllLines(lock) : List.of();
        if (lines.size() < 4) {
            throw new ArenaProblem(
                    "the database does not run",
                    lock.toString(),
                    null,
                    "whoever holds the data folder is starting or stopping it",
                    "try again in some seconds");
        }
        return Integer.parseInt(lines.get(3).strip());
    }

    /** Creates the data folder when there is none; an interrupted creation leaves nothing under its name. */
    public void initialise() throws IOException, InterruptedException {
        Path version = folder.resolve("PG_VERSION");
        if (Files.exists(version)) {
            String found = Files.readString(version).strip();
            if (!found.equals(MAJOR_VERSION)) {
                throw new ArenaProblem(
                        "the database was written by another version of Postgres",
                        version.toString(),
                        null,
                        "it says " + found + ", this build brings Postgres " + MAJOR_VERSION,
                        "use another --data folder, or --fresh to begin anew without the old data");
            }
            return;
        }
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        delete(unfinished);
        writePassword();
        run(List.of(
                binaries.program("initdb"),
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C"));
        Files.move(unfinished, folder);
    }

    private void writePassword() throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password + "\n");
    }

    /** The command that serves the folder until its standard input ends or it gets SIGTERM, then shuts down cleanly. */
    public List<String> command(int port) {
        // A shell, not a JVM, stands between launcher and server: it costs 1 MB and survives a killed launcher just as
        // well.
        // A session of its own keeps the Ctrl-C of a terminal away from the server, which must end after its clients.
        String watch = """
                trap '' INT HUP
                exec 3<&0
                "$@" </dev/null 3<&- &
                server=$!
                trap 'kill -INT $server 2>/dev/null' TERM
                (while read -r line <&3; do :; done; kill -INT $server 2>/dev/null) </dev/null &
                watcher=$!
                status=1
                while :; do
                  wait $server
                  status=$?
                  kill -0 $server 2>/dev/null || break
                done
                kill $watcher 2>/dev/null
                exit $status
                """;
        var command = new ArrayList<>(List.of("/bin/sh", "-c", watch, "postgres"));
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(asOrdinaryUser());
        command.addAll(List.of(binaries.program("postgres"), "-D", folder.toString(), "-p", String.valueOf(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "shared_buffers=64MB",
                "max_connections=60",
                "log_destination=stderr",
                "logging_collector=off",
                "timezone=UTC")) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    /** Ends a server that still holds the folder although whoever started it is gone, and removes a lock without a holder. */
    public static void freeFolder(Path folder) throws IOException, InterruptedException {
        Path lock = folder.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        var holder = holder(folder, Files.readAllLines(lock));
        if (holder != null) {
            // Both signals roll unfinished transactions back and keep finished ones.
            if (!endsAfter("INT", holder, folder, 10) && !endsAfter("QUIT", holder, folder, 5)) {
                throw new ArenaProblem(
                        "a Postgres of an earlier run does not end",
                        lock.toString(),
                        null,
                        "process " + holder.pid() + " still serves " + folder,
                        "end it with: kill -9 " + holder.pid());
            }
        }
        // Postgres trusts the process id in it, which another program may have got after a restart of the machine.
        Files.deleteIfExists(lock);
    }

    private static @Nullable ProcessHandle holder(Path folder, List<String> lock) {
        if (lock.isEmpty() || !lock.get(0).strip().matches("[0-9]{1,18}")) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(lock.get(0).strip()))
                .filter(process -> serves(process, folder))
                .orElse(null);
    }

    /** A process that has ended but was not yet collected by its parent has no command line any more. */
    private static boolean serves(ProcessHandle process, Path folder) {
        return process.info()
                .commandLine()
                .orElse("")
                .contains(folder.toAbsolutePath().toString());
    }

    private static boolean endsAfter(String signal, ProcessHandle process, Path folder, int seconds)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (serves(process, folder) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        return !serves(process, folder);
    }

    /** Postgres refuses to run as root; a user namespace makes it an ordinary user that still owns its files. */
    private static List<String> asOrdinaryUser() {
        return System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var whole = new ArrayList<>(asOrdinaryUser());
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true);
        OwnEnvironment.leave(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new ArenaProblem(
                    "cannot create the database",
                    null,
                    null,
                    "`" + whole.get(0) + " … " + command.get(0) + "` ended with status " + status + ":\n" + output,
                    asOrdinaryUser().isEmpty()
                            ? "check free disk space and permissions"
                            : "as root, Postgres needs user namespaces (`unshare -U true` must work);"
                                    + " without them run ./arena as an ordinary user");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
