package dev.trmarena.arena.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trmarena.arena.ArenaProblem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An error answer of the platform ({@code application/problem+json}) in the words of a user. */
public final class ServerProblem extends ArenaProblem {
    private static final long serialVersionUID = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;

    private ServerProblem(String request, int status, @Nullable JsonNode problem) {
        super(
                Objects.requireNonNullElse(
                        text(problem, "title"), "the platform answered " + request + " with status " + status),
                text(problem, "file"),
                text(problem, "place"),
                text(problem, "problem"),
                remedy(problem, request, status));
        this.status = status;
    }

    /** @param request like {@code GET /api/solvers} */
    static ServerProblem of(String request, int status, String body) {
        return new ServerProblem(request, status, parsed(body));
    }

    /** The platform refuses this, and will the next time. */
    boolean isRefusal() {
        return status / 100 == 4;
    }

    /** The platform is there, but a part of it is not: its database starts, or the service itself. */
    boolean mayPass() {
        return status >= 500;
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

    /** What the platform misses, as options of the command line; what no preset has the remedy names itself. */
    private static String options(@Nullable JsonNode problem) {
        if (problem == null || !problem.has("presets")) {
            return "";
        }
        var text = new StringBuilder("\nhere: --preset NAME, or");
        problem.path("missing")
                .forEach(setting ->
                        text.append(" --set ").append(setting.asText()).append("=…"));
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
