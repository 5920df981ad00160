package dev.trmarena.ingest.hub;

import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.plan.Fetch;
import dev.trmarena.db.plan.Fetches;
import dev.trmarena.db.plan.Origin;
import dev.trmarena.http.refuse.EarlyAnswer;
import dev.trmarena.http.refuse.Problem;
import dev.trmarena.http.refuse.Refusal;
import dev.trmarena.ingest.upload.ReceiveUpload;
import dev.trmarena.ingest.upload.UploadStatus;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * One file, fetched: what comes is appended to its upload as if somebody sent it, from where it stopped. A process that ends meanwhile is
 * counted; after the second nobody tries again.
 */
final class FetchFile {
    /** A connection each for a few bytes would go on for ever. */
    private static final int MOST_CONNECTIONS = 500;

    /** What an upload says when its sender went away, was too slow, or believed in another offset. */
    private static final Set<Integer> BROKEN_OFF = Set.of(400, 408, 409);

    private final Fetch fetch;
    private final AskHub hub;
    private final HubConfig config;
    private final ReceiveUpload receive;
    private final Jdbi jdbi;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private volatile boolean comes;

    FetchFile(Fetch fetch, AskHub hub, HubConfig config, ReceiveUpload receive, Jdbi jdbi) {
        this.fetch = fetch;
        this.hub = hub;
        this.config = config;
        this.receive = receive;
        this.jdbi = jdbi;
    }

    UUID upload() {
        return fetch.upload();
    }

    String sender() {
        return fetch.sender();
    }

    /** Whether bytes come just now. */
    boolean comes() {
        return comes;
    }

    /** It ends with the next byte, or when none comes for a while. */
    void cancel() {
        cancelled.countDown();
    }

    private boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** To its end, whole or not; or as far as it comes until it is cancelled. */
    void run() {
        String subject = upload().toString();
        int deaths = jdbi.withHandle(handle -> RiskyWork.deaths(handle, RiskyWork.Kind.FETCH, subject));
        if (deaths >= RiskyWork.MOST_DEATHS) {
            fail(
                    "this service ended " + RiskyWork.MOST_DEATHS + " times while it fetched this, and does not go on",
                    "fetch it again; whoever runs the platform finds the reason in the log of ingest");
        } else {
            try (var counted = RiskyWork.begin(jdbi, RiskyWork.Kind.FETCH, subject)) {
                fetch();
            } catch (Refusal e) {
                fail(e.problem());
            }
        }
        receive.forgetFile(upload());
    }

    private void fetch() {
        int fruitless = 0;
        for (int connections = 0; !isCancelled(); connections++) {
            UploadStatus before = standing();
            if (before == null || before.digest() != null) {
                return;
            }
            Passing trouble = goOn(before);
            if (trouble == null) {
                continue;
            }
            UploadStatus now = standing();
            fruitless = now != null && now.offset() > before.offset() ? 0 : fruitless + 1;
            if (fruitless >= config.tries() || connections >= MOST_CONNECTIONS) {
                fail(
                        "after " + (now == null ? 0 : now.offset()) + " of " + fetch.bytes()
                                + " bytes nothing comes any more: " + trouble.getMessage(),
                        "fetch it again later");
                return;
            }
            if (!pause(trouble, fruitless)) {
                return;
            }
        }
    }

    /** @return null when it is over, for whatever reason */
    private @Nullable UploadStatus standing() {
        try {
            return receive.look(upload());
        } catch (Refusal e) {
            // It was removed, or given up, or was not what the hub says.
            return null;
        }
    }

    /** @return what stopped it; null when all that was to come has come */
    private @Nullable Passing goOn(UploadStatus before) {
        Origin origin = fetch.origin();
        try (AskHub.Content opened = hub.content(HubName.of(origin), before.offset(), fetch.bytes())) {
            comes = true;
            UploadStatus after = receive.append(upload(), before.offset(), new UntilCancelled(opened.body()));
            return after.offset() < fetch.bytes() ? new Passing("the connection was cut", null) : null;
        } catch (Passing e) {
            return e;
        } catch (IOException | UncheckedIOException e) {
            return new Passing(
                    "the connection or the disk fails: " + e.getClass().getSimpleName(), null);
        } catch (Refusal e) {
            int status = e.problem().status();
            if (status == AskHub.NOT_FOUND && standing() == null) {
                return null;
            }
            if (BROKEN_OFF.contains(status)) {
                return new Passing("the connection was cut", null);
            }
            throw e;
        } finally {
            comes = false;
        }
    }

    /** Breaks once nobody wants it any more. */
    private final class UntilCancelled extends FilterInputStream {
        UntilCancelled(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (isCancelled()) {
                throw new InterruptedIOException("nobody wants it any more");
            }
            return super.read(into, from, length);
        }
    }

    /** @return false when nobody wants it any more, or the hub asks for too much patience */
    private boolean pause(Passing trouble, int fruitless) {
        Duration asked = trouble.asked();
        if (asked != null && asked.compareTo(config.patience()) > 0) {
            fail(
                    "the hub asks to be left alone for " + asked.toSeconds() + " seconds",
                    "fetch it again after that; a token (arena.hub.token, ARENA_HUB_TOKEN) is let in more often");
            return false;
        }
        Duration wait = asked == null ? config.pause().multipliedBy(1L << Math.min(fruitless, 6)) : asked;
        try {
            return !cancelled.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void fail(String problem, String remedy) {
        fail(Problem.of(AskHub.UNPROCESSABLE, fetch.fileName(), null, problem, remedy));
    }

    /** The reason first: whoever asks in between is told it. */
    private void fail(Problem problem) {
        if (isCancelled()) {
            return;
        }
        jdbi.useTransaction(handle ->
                Fetches.fail(handle, upload(), EarlyAnswer.json(problem).toString()));
    }
}
