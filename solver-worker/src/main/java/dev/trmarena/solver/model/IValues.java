package dev.trmarena.solver.model;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.RunRecorded;
import java.util.ArrayList;
import java.util.List;

/** Native values that are freed together; nothing else frees them. */
final class IValues implements AutoCloseable {
    private final List<IValue> values = new ArrayList<>();
    private final Call call;

    private interface Call {
        IValue of(PtSymbolBlock block, String method, IValue... arguments);
    }

    IValues() {
        this(IValueUtils::runMethod);
    }

    private IValues(Call call) {
        this.call = call;
    }

    /** Whose methods run so that what they give can be differentiated. */
    static IValues recording() {
        return new IValues(RunRecorded::runMethod);
    }

    IValue add(IValue value) {
        values.add(value);
        return value;
    }

    IValue replace(IValue old, IValue value) {
        if (!values.contains(value)) {
            add(value);
        }
        if (values.remove(old)) {
            old.close();
        }
        return value;
    }

    IValue run(PtSymbolBlock block, String method, IValue... arguments) {
        return add(call.of(block, method, arguments));
    }

    @Override
    public void close() {
        values.forEach(IValue::close);
        values.clear();
    }
}
