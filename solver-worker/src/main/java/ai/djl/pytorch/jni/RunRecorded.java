package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;
import java.util.Arrays;

/**
 * Methods of a script as {@link IValueUtils#runMethod} runs them, but not in libtorch's inference mode, in which nothing can be
 * differentiated and whose tensors cannot be, either, later on. DJL has this for scripts whose arguments are plain lists of arrays only, and keeps the call
 * that takes others to its package: hence the place of this class, which the compiler checks.
 */
public final class RunRecorded {
    private RunRecorded() {}

    /** @return what the method gave; to be closed */
    public static IValue runMethod(PtSymbolBlock block, String method, IValue... arguments) {
        long[] handles = Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray();
        return new IValue(PyTorchLibrary.LIB.moduleRunMethod(block.getHandle(), method, handles, true, false));
    }
}
