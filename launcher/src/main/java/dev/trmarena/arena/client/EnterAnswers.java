package dev.trmarena.arena.client;

import dev.trmarena.arena.ArenaProblem;
import dev.trmarena.arena.client.ArenaApi.Answer;
import dev.trmarena.arena.client.ArenaApi.Evaluation;
import dev.trmarena.puzzles.answers.PackPredictions;
import dev.trmarena.puzzles.answers.PackResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Uploads answers of another system and has them scored. */
public final class EnterAnswers {
    private final ArenaClient client;
    private final UploadProgress progress;

    public EnterAnswers(ArenaClient client, UploadProgress progress) {
        this.client = client;
        this.progress = progress;
    }

    /** What is said of an upload. */
    public interface Said {
        AnswersOfApi.Request of(String upload);
    }

    /**
     * @param answers a file, or a folder of results or of predicted arrays, which goes as one file
     * @param scratch where that is written
     */
    public Answer<Evaluation> of(Path answers, String puzzleSet, Path scratch, Said said)
            throws IOException, InterruptedException {
        if (!Files.exists(answers)) {
            throw new ArenaProblem("there is no such file", answers.toString(), null, null, "name the answers");
        }
        // Asked before anything is on its way.
        client.api().getPuzzleSet(puzzleSet);
        Path file = answers;
        String name = String.valueOf(answers.toAbsolutePath().normalize().getFileName());
        if (Files.isDirectory(answers) && PackPredictions.isOf(answers)) {
            file = scratch.resolve("predictions");
            name += PackPredictions.ENDING;
            PackPredictions.pack(answers, file);
        } else if (Files.isDirectory(answers)) {
            file = scratch.resolve("results");
            name += ".json";
            PackResults.pack(answers, file);
        }
        String upload = progress.upload(client, file, name);
        try {
            return client.api().startEvaluation(new AnswersOfApi.Entry(said.of(upload)));
        } catch (ServerProblem e) {
            client.forget(List.of(upload), e);
            throw e;
        }
    }
}
