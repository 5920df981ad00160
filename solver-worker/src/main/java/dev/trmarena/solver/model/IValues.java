package dev.trmarena.solver.model;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.ArrayList;
import java.util.List;

/** Native values that are freed together; nothing else frees them. */
final class IValues implements AutoCloseable {
    private final List<IValue> values = new ArrayList<>();

    IValue add(IValue value) {
        values.add(value);
        return value;
    }

    IValue replace(IValue old, IValue value) {
        add(value);
        if (values.remove(old)) {
            old.close();
        }
        return value;
    }

    IValue run(PtSymbolBlock block, String method, IValue... arguments) {
        return add(IValueUtils.runMethod(block, method, arguments));
    }

    @Override
    public void close() {
        values.forEach(IValue::close);
        values.clear();
    }
}
