package dev.trmarena.db.backup;

import dev.trmarena.db.Outbox;
import dev.trmarena.db.RiskyWork;
import dev.trmarena.db.dispatch.ReplayRequests;
import dev.trmarena.db.plan.Uploads;
import dev.trmarena.db.record.GiveUnitsBack;
import dev.trmarena.messages.Topics;
import org.jdbi.v3.core.Handle;

/**
 * What a restored database says of the broker, the solvers and the processes that it had. They are elsewhere, or gone, and none of
 * them will be heard of here: what they had waits as if it had never been given out, and every deadline begins anew.
 */
final class ForgetElsewhere {
    private ForgetElsewhere() {}

    /** Must run in a transaction. */
    static void all(Handle handle) {
        GiveUnitsBack.all(handle);
        ReplayRequests.giveBack(handle);
        // Of units that wait again now.
        Outbox.delete(handle, Topics.WORK);
        // Those under way when the backup was made died nowhere, and nothing tells them from those that did.
        RiskyWork.forgetAll(handle);
        Uploads.beginAnew(handle);
        // Or one that was paused, or stood still, for as long as the backup lay in a drawer would be ended at once.
        handle.execute("update evaluation set since = now() where not is_over");
    }
}
