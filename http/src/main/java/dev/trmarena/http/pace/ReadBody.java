package dev.trmarena.http.pace;

import dev.trmarena.http.refuse.EarlyAnswer;
import dev.trmarena.http.refuse.JsonBody;
import dev.trmarena.http.refuse.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Reads a body of JSON, on the thread that it comes by: at most so many bytes, within so much time, and of all together so many. */
final class ReadBody {
    private static final Logger LOG = Logger.getLogger(ReadBody.class);

    /** What commands have; connections are counted, so these are bounded already. */
    private static final int SMALL = 8 << 10;

    /** Of all that is larger, together. */
    private static final long MOST_AT_ONCE = 16L << 20;

    private static final int TOO_SLOW = 408;
    private static final int BUSY = 503;

    private final Vertx vertx;
    private final Duration deadline;
    private final AtomicLong large = new AtomicLong();

    ReadBody(Vertx vertx, Duration deadline) {
        this.vertx = vertx;
        this.deadline = deadline;
    }

    /** @param then what is done when all of it has come; else there is an answer */
    void whole(RoutingContext context, Runnable then) {
        HttpServerRequest request = context.request();
        var reading = new Reading(request);
        context.addEndHandler(ended -> reading.forget());
        request.exceptionHandler(broken -> reading.forget());
        request.handler(reading::take);
        request.endHandler(end -> {
            if (!request.response().ended()) {
                reading.stopTimer();
                ((RoutingContextInternal) context).setBody(reading.body);
                then.run();
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private final class Reading {
        private final HttpServerRequest request;
        private final Buffer body = Buffer.buffer();
        private final long timer;
        private long counted;

        private Reading(HttpServerRequest request) {
            this.request = request;
            this.timer = vertx.setTimer(
                    Math.max(1, deadline.toMillis()),
                    late -> refuse(Problem.of(
                            TOO_SLOW,
                            null,
                            null,
                            "the body did not come within " + deadline.toSeconds() + " s",
                            "send it at once")));
        }

        private void take(Buffer piece) {
            if (request.response().ended()) {
                return;
            }
            if (body.length() + piece.length() > JsonBody.MOST_BYTES) {
                refuse(JsonBody.tooLong(JsonBody.MOST_BYTES));
                return;
            }
            body.appendBuffer(piece);
            if (body.length() > SMALL) {
                long more = body.length() - counted;
                counted += more;
                if (large.addAndGet(more) > MOST_AT_ONCE) {
                    refuse(Problem.of(BUSY, null, null, "too much is being sent at once", "try again in a moment"));
                }
            }
        }

        private void refuse(Problem problem) {
            if (!request.response().ended()) {
                LOG.infof("%s %s: %d, %s", request.method(), request.path(), problem.status(), problem.title());
                forget();
                EarlyAnswer.send(request, problem);
            }
        }

        private void stopTimer() {
            vertx.cancelTimer(timer);
        }

        private void forget() {
            stopTimer();
            large.addAndGet(-counted);
            counted = 0;
        }
    }
}
