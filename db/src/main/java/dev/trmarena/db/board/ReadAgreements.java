package dev.trmarena.db.board;

import dev.trmarena.messages.Verification;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the repeats of an evaluation say of each other. */
public final class ReadAgreements {
    /** In a query in which e is an evaluation: what its other repeats say of it, see {@link EvaluationView}. */
    static final String VERIFICATION = """
            (select case when max(differing) > 0 then '%s' when count(*) > 0 then '%s' end
             from agreement where evaluation_id = e.id or against_id = e.id) as verification""".formatted(Verification.DIFFERS.key(), Verification.REPRODUCED.key());

    /**
     * In a query in which e is a finished evaluation, among all of those that are looked at: which of its repeats it is in the order in
     * which they finished, from 1. The first counts, the others confirm it or do not.
     */
    public static final String RUN =
            "row_number() over (partition by coalesce(e.original_id, e.id) order by e.finished_at, e.repeat, e.id)";

    private ReadAgreements() {}

    /** Between the repeats that this evaluation is one of. */
    public static List<AgreementView> of(Handle handle, UUID evaluation) {
        return handle.createQuery("""
                        select a.evaluation_id as evaluation, a.against_id as against, a.examples, a.differing, a.score_difference,
                          array(select distinct device from work_unit
                                where evaluation_id = a.evaluation_id and device is not null order by 1) as devices,
                          array(select distinct device from work_unit
                                where evaluation_id = a.against_id and device is not null order by 1) as against_devices,
                          array(select distinct kernels from work_unit
                                where evaluation_id = a.evaluation_id and kernels is not null order by 1) as kernels,
                          array(select distinct kernels from work_unit
                                where evaluation_id = a.against_id and kernels is not null order by 1) as against_kernels,
                          (select max(example_count) from work_unit where evaluation_id = a.evaluation_id) as unit_examples,
                          (select max(example_count) from work_unit where evaluation_id = a.against_id) as against_unit_examples
                        from agreement a
                        join evaluation e on e.id = a.evaluation_id
                        join evaluation against on against.id = a.against_id
                        where coalesce(e.original_id, e.id) = (
                          select coalesce(original_id, id) from evaluation where id = :id)
                        order by a.at, e.repeat, against.repeat, a.evaluation_id, a.against_id""")
                .bind("id", evaluation)
                .mapTo(AgreementView.class)
                .list();
    }
}
