package dev.trmarena.leaderboard.operate;

import dev.trmarena.db.board.QuarantinedMessageView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some messages that were quarantined, the newest first.
 *
 * @param next what {@code after} has to be for the following page; null when this is the last
 */
public record QuarantinePage(
        List<QuarantinedMessageView> messages, @Nullable Long next) {
    public QuarantinePage {
        messages = List.copyOf(messages);
    }
}
