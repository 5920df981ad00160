package dev.trmarena.db.remove;

import dev.trmarena.db.plan.ArtifactUses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a removal takes away.
 *
 * @param evaluations their ids
 * @param running how many of these are not over
 * @param models names that nothing is left of
 * @param checkpoints ids of those that no other evaluation has
 * @param puzzleSet id of the set that goes; null when none does
 * @param artifacts digests of what nobody else needs
 */
public record Removal(
        List<UUID> evaluations,
        int running,
        List<String> models,
        List<UUID> checkpoints,
        @Nullable UUID puzzleSet,
        List<String> artifacts) {

    /** Changes nothing. @return empty when there is nothing of that name */
    public static Optional<Removal> of(Handle handle, Removable removable, String key) {
        List<UUID> evaluations = removable.evaluations(handle, key);
        Optional<UUID> set = removable.puzzleSet(handle, key);
        if (evaluations.isEmpty() && set.isEmpty()) {
            return Optional.empty();
        }
        List<UUID> checkpoints = handle.createQuery("""
                        with uses as (
                          select id, checkpoint_id from evaluation where checkpoint_id is not null
                          union all select id, adapted_checkpoint_id from evaluation where adapted_checkpoint_id is not null)
                        select distinct checkpoint_id from uses where id = any(:ids)
                        except select checkpoint_id from uses where id <> all(:ids)""")
                .bindArray("ids", UUID.class, evaluations.toArray())
                .mapTo(UUID.class)
                .list();
        List<UUID> holders = new ArrayList<>(checkpoints);
        set.ifPresent(holders::add);
        return Optional.of(new Removal(
                evaluations,
                running(handle, evaluations),
                models(handle, evaluations),
                checkpoints,
                set.orElse(null),
                ArtifactUses.onlyOf(handle, holders)));
    }

    private static int running(Handle handle, List<UUID> evaluations) {
        return handle.createQuery("select count(*) from evaluation where id = any(:ids) and not is_over")
                .bindArray("ids", UUID.class, evaluations.toArray())
                .mapTo(Integer.class)
                .one();
    }

    private static List<String> models(Handle handle, List<UUID> evaluations) {
        return handle.createQuery("""
                        select distinct model from evaluation where id = any(:ids)
                        except select model from evaluation where id <> all(:ids) order by 1""")
                .bindArray("ids", UUID.class, evaluations.toArray())
                .mapTo(String.class)
                .list();
    }
}
