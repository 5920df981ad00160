package dev.trmarena.leaderboard.aside;

import dev.trmarena.db.board.SetAsideView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some messages that were set aside, the newest first.
 *
 * @param next what {@code before} has to be for the following page; null when this is the last
 */
public record SetAsidePage(
        List<SetAsideView> messages, @Nullable Long next) {
    public SetAsidePage {
        messages = List.copyOf(messages);
    }
}
