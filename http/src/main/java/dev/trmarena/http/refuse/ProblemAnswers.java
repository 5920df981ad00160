package dev.trmarena.http.refuse;

import dev.trmarena.artifacts.store.ArtifactDamaged;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request into {@link Problem} JSON; unexpected errors are logged, their details stay here. */
final class ProblemAnswers {
    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_AFTER_SECONDS = 5;

    @ConfigProperty(name = "quarkus.application.name")
    String service;

    @ServerExceptionMapper
    public Response refused(Refusal refused) {
        Problem problem = refused.problem();
        // A title quotes what came in: it must not write lines of its own.
        LOG.infof("refused, %d: %s", problem.status(), problem.title());
        return answer(problem);
    }

    /** Of a parameter; bodies are held to theirs where they are read. */
    @ServerExceptionMapper
    public Response broken(ConstraintViolationException e) {
        Violations violations = Violations.of(e.getConstraintViolations());
        return refused(new Refusal(400, violations.problem(), violations.remedy()));
    }

    @ServerExceptionMapper
    public Response ofTheProtocol(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        String reason = e.getResponse().getStatusInfo().getReasonPhrase();
        return answer(Problem.of(status, null, null, reason, "see the API description under /q/openapi"));
    }

    @ServerExceptionMapper
    public Response unexpected(RuntimeException e) {
        Problem passing = PassingTrouble.of(e);
        if (passing != null) {
            // A stack trace for every request of a database's absence would hide what else the log says.
            LOG.warnf("a request failed, %d: %s", passing.status(), Trouble.innermost(e));
            return answer(passing);
        }
        if (e instanceof ArtifactDamaged) {
            LOG.error(e.getMessage());
            return answer(Problem.of(
                    500,
                    null,
                    null,
                    String.valueOf(e.getMessage()),
                    "what needs this file waits until it is restored"));
        }
        LOG.error("a request failed", e);
        return answer(Problem.of(
                500,
                null,
                null,
                "the server failed to do this",
                "try again; when it happens again, the log of " + service + " says why"));
    }

    private static Response answer(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer.build();
    }
}
