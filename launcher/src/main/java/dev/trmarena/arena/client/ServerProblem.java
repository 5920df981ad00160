package dev.trmarena.arena.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.ArenaProblem;
import org.jspecify.annotations.Nullable;

/** Turns an error answer ({@code application/problem+json}) into the words of a user. */
final class ServerProblem {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ServerProblem() {}

    static ArenaProblem of(String request, int status, String body) {
        JsonNode problem = parsed(body);
        String title = text(problem, "title");
        if (title == null) {
            title = "the platform answered " + request + " with status " + status;
        }
        return new ArenaProblem(
                title,
                text(problem, "file"),
                text(problem, "place"),
                text(problem, "problem"),
                remedy(problem, request, status));
    }

    private static @Nullable String remedy(@Nullable JsonNode problem, String request, int status) {
        String remedy = text(problem, "remedy");
        if (remedy != null) {
            return remedy + options(problem);
        }
        return switch (status) {
            case 401, 403 -> "put a token into ARENA_TOKEN or ~/.config/arena/token";
            case 404 ->
                request.contains("/api/puzzle-sets/")
                        ? "import it with ./arena puzzles import NAME PATH, or check the name"
                        : "check the name or id";
            case 502, 503, 504 -> "a part of the platform is not there at the moment; try again in a few seconds";
            default -> status >= 500 ? "the logs of the platform say more (folder logs of its data folder)" : null;
        };
    }

    /** What the platform misses, as options of the command line. */
    private static String options(@Nullable JsonNode problem) {
        JsonNode missing = problem == null ? null : problem.get("missing");
        if (missing == null || missing.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("\nhere: --preset NAME, or");
        missing.forEach(
                setting -> text.append(" --set ").append(setting.asText()).append("=…"));
        return text.toString();
    }

    private static @Nullable JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable JsonNode problem, String field) {
        JsonNode value = problem == null ? null : problem.get(field);
        return value == null || !value.isTextual() || value.asText().isBlank() ? null : value.asText();
    }
}
