package dev.trmarena.arena.command;

import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.arena.client.ArenaApi.Progress;
import dev.trmarena.arena.client.ArenaApi.Solver;
import dev.trmarena.arena.client.ArenaClient;
import dev.trmarena.arena.client.TrainingOfApi;
import dev.trmarena.arena.client.WatchEvaluation;
import dev.trmarena.limits.Printable;
import dev.trmarena.messages.EvaluationState;
import java.util.List;
import java.util.Locale;

/** What a command that started an evaluation says, and shows while it waits for it. */
final class FollowEvaluation {
    private final ArenaClient client;
    private final Connection connection;

    FollowEvaluation(ArenaClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    /** @return exit status: with waiting 0 only when the evaluation finished */
    int started(Answer<Evaluation> evaluation, boolean wait) throws InterruptedException {
        String id = evaluation.value().id();
        evaluation.value().notes().forEach(note -> System.err.println("note: " + Printable.line(note)));
        if (!wait) {
            connection.print(evaluation, (started, out) -> {
                out.println(id);
                System.err.println(
                        "follow it with: ./arena show " + id + "  or at " + client.url() + "/evaluations/" + id);
            });
            return 0;
        }
        if (!connection.result.json) {
            System.out.println("evaluation " + id + "  " + client.url() + "/evaluations/" + id);
        }
        Answer<Evaluation> last = watch(id);
        connection.print(last, EvaluationText::write);
        return last.value().state() == EvaluationState.FINISHED ? 0 : 1;
    }

    /** How it stands, in one line. */
    static String line(Evaluation evaluation) {
        if (evaluation.answers() != null) {
            return evaluation.state().toString();
        }
        TrainingOfApi training = evaluation.training();
        boolean adapting = training != null && training.checkpoint() == null;
        String done = training != null && adapting
                ? training(training)
                : evaluation.examplesDone() + " of " + evaluation.exampleCount() + " examples";
        var line = new StringBuilder(done + ", " + evaluation.state());
        Progress progress = evaluation.progress();
        if (progress == null) {
            return line.toString();
        }
        if (progress.queuePosition() != null && !adapting) {
            line.append(", number ").append(progress.queuePosition()).append(" in the queue");
        }
        if (progress.examplesPerSecond() != null) {
            line.append(String.format(Locale.ROOT, ", %.1f a second", progress.examplesPerSecond()));
        }
        if (progress.secondsLeft() != null) {
            line.append(", ")
                    .append(duration(progress.secondsLeft().longValue()))
                    .append(" left");
        }
        if (progress.takingTurns() > 0) {
            line.append(", in turn with ").append(progress.takingTurns()).append(" others");
        }
        List<String> solvers = progress.solvers().stream().map(Solver::name).toList();
        if (!solvers.isEmpty()) {
            line.append(", on ").append(String.join(", ", solvers));
        }
        return line.toString();
    }

    private static String training(TrainingOfApi training) {
        String step = String.format(Locale.ROOT, "adapting, step %,d of %,d", training.step(), training.steps());
        return training.lmLoss() == null ? step : String.format(Locale.ROOT, "%s, loss %.2f", step, training.lmLoss());
    }

    private static String duration(long seconds) {
        if (seconds < 90) {
            return seconds + " s";
        }
        return seconds < 5400 ? (seconds + 30) / 60 + " min" : (seconds + 1800) / 3600 + " h";
    }

    /** Of the stage that it is in. */
    private static double share(Evaluation evaluation) {
        TrainingOfApi training = evaluation.training();
        if (training != null && training.checkpoint() == null) {
            return (double) training.step() / training.steps();
        }
        int all = evaluation.exampleCount();
        return all == 0 ? 0 : (double) evaluation.examplesDone() / all;
    }

    private Answer<Evaluation> watch(String id) throws InterruptedException {
        var bar = new Terminal(System.err, "evaluating");
        try {
            return new WatchEvaluation(client).until(id, state -> {
                if (!connection.result.json) {
                    bar.show(share(state), line(state));
                }
            });
        } finally {
            bar.done();
        }
    }
}
