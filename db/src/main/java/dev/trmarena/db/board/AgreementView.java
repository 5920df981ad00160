package dev.trmarena.db.board;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Two repeats of the same evaluation, example by example.
 *
 * @param evaluation the later one
 * @param against the earlier one
 * @param differing examples whose answers differ
 * @param scoreDifference later minus earlier, of the metric that ranked the board; null where there are no scores
 * @param devices that the later one was computed on
 * @param againstDevices that the earlier one was computed on; the dtype of both is that of their protocol
 * @param kernels that the products of matrices of the later one ran on, in the words of its solvers; none where none told
 * @param againstKernels likewise of the earlier one
 * @param unitExamples most examples of a unit of the later one, which run together where memory allows: kernels round otherwise for
 *     other batches
 * @param againstUnitExamples likewise in the earlier one
 */
public record AgreementView(
        UUID evaluation,
        UUID against,
        int examples,
        int differing,
        @Nullable Double scoreDifference,
        List<String> devices,
        List<String> againstDevices,
        List<String> kernels,
        List<String> againstKernels,
        int unitExamples,
        int againstUnitExamples) {
    public AgreementView {
        devices = List.copyOf(devices);
        againstDevices = List.copyOf(againstDevices);
        kernels = List.copyOf(kernels);
        againstKernels = List.copyOf(againstKernels);
    }
}
