package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The user's token, from {@code ARENA_TOKEN} or {@code ~/.config/arena/token}. Never printed, not even in part. */
public final class Token {
    private final String value;

    private Token(String value) {
        this.value = value;
    }

    /** @return null when the user has none */
    public static @Nullable Token find() {
        String fromEnvironment = System.getenv("ARENA_TOKEN");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return new Token(checked(fromEnvironment.strip(), "the environment variable ARENA_TOKEN"));
        }
        Path file = Path.of(System.getProperty("user.home"), ".config", "arena", "token");
        if (!Files.isReadable(file)) {
            return null;
        }
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? null : new Token(checked(text, file.toString()));
        } catch (IOException e) {
            var problem = new ArenaProblem(
                    "cannot read the token", file.toString(), null, e.getMessage(), "mend the file or delete it");
            problem.initCause(e);
            throw problem;
        }
    }

    private static String checked(String token, String where) {
        if (!token.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new ArenaProblem(
                    "the token is not one line of visible ASCII characters",
                    where,
                    null,
                    null,
                    "write the token alone");
        }
        return token;
    }

    String header() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
