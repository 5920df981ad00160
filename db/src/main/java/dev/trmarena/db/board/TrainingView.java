package dev.trmarena.db.board;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All weights of a checkpoint are adapted before an evaluation answers.
 *
 * @param step training steps that are done and kept
 * @param steps of all
 * @param lmLoss of the last one, the mean over its slots; null before the first
 * @param curve some of the losses, at most a hundred or so: the first, the last, and others evenly between them
 * @param checkpoint tensor digest of what came of it; null until it is there
 */
public record TrainingView(
        int step,
        int steps,
        @Nullable Double lmLoss,
        List<Point> curve,
        @Nullable String checkpoint) {
    /** As the database makes it, of the evaluation {@code e}. */
    static final String SQL = """
            (select json_build_object('step', a.done, 'steps', a.steps, 'lmLoss', a.lm_losses[a.done], 'checkpoint', t.tensor_digest,
               'curve', (select coalesce(json_agg(json_build_object('step', p.step, 'lmLoss', p.loss) order by p.step), '[]')
                         from unnest(a.lm_losses) with ordinality as p (loss, step)
                         where p.step in (1, a.done) or p.step % greatest(1, a.done / 100) = 0))
             from adaptation a left join checkpoint t on t.id = e.adapted_checkpoint_id
             where a.evaluation_id = e.id) as training""";

    /** What training took on each device, of the evaluation {@code e}: it is part of the evaluation's compute. */
    static final String COMPUTED = """
            select key as device, cast(value as bigint) as millis
            from adaptation t cross join lateral jsonb_each_text(t.device_millis) where t.evaluation_id = e.id""";

    public TrainingView {
        curve = List.copyOf(curve);
    }

    /** @param lmLoss of this step, the mean over its slots */
    public record Point(int step, double lmLoss) {}
}
