package dev.trmarena.artifacts.pickle;

import dev.trmarena.artifacts.pickle.Node.Dict;
import dev.trmarena.artifacts.pickle.Node.Global;
import dev.trmarena.artifacts.pickle.Node.Opaque;
import dev.trmarena.artifacts.pickle.Node.Scalar;
import dev.trmarena.artifacts.pickle.Node.Storage;
import dev.trmarena.artifacts.pickle.Node.Tensor;
import dev.trmarena.artifacts.pickle.Node.Tuple;
import dev.trmarena.artifacts.safetensors.TensorType;
import dev.trmarena.limits.Quote;
import dev.trmarena.limits.ReadLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The allow-list: the few calls a state dict makes, each as a piece of data. No other is made anything of but {@link Opaque}. */
final class Rebuild {
    private static final Set<String> CALLS =
            Set.of("collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter");

    private Rebuild() {}

    static boolean knows(Global global) {
        return CALLS.contains(global.qualified()) || storageType(global).isPresent();
    }

    private static Optional<TensorType> storageType(Global global) {
        return Arrays.stream(TensorType.values())
                .filter(type -> global.module().equals("torch") && global.name().equals(type.storageClass()))
                .findFirst();
    }

    static Node call(Global global, List<Node> arguments, Unpickler at) throws BadPickle {
        if (!knows(global)) {
            return new Opaque(global, new ArrayList<>(arguments));
        }
        return switch (global.qualified()) {
            case "collections.OrderedDict" -> Dict.empty();
            case "torch._utils._rebuild_parameter" ->
                opaque(arguments).isPresent() ? opaque(arguments).get() : argument(arguments, 0, Tensor.class, at);
            case "torch._utils._rebuild_tensor_v2" -> tensor(arguments, at);
            default -> throw at.bad("'" + Quote.of(global.qualified()) + "' is a type, not a call");
        };
    }

    /** Of a storage that is none of ours nothing can be made. */
    private static Optional<Opaque> opaque(List<Node> arguments) {
        return !arguments.isEmpty() && arguments.get(0) instanceof Opaque opaque
                ? Optional.of(opaque)
                : Optional.empty();
    }

    private static Node tensor(List<Node> arguments, Unpickler at) throws BadPickle {
        if (opaque(arguments).isPresent()) {
            return opaque(arguments).get();
        }
        Storage storage = argument(arguments, 0, Storage.class, at);
        long offset = number(argument(arguments, 1, Node.class, at), at);
        long[] shape = numbers(argument(arguments, 2, Tuple.class, at), at);
        long[] strides = numbers(argument(arguments, 3, Tuple.class, at), at);
        if (shape.length != strides.length || shape.length > ReadLimits.TENSOR_SIZES) {
            throw at.bad("a tensor with " + shape.length + " sizes and " + strides.length + " strides; at most "
                    + ReadLimits.TENSOR_SIZES + " are read");
        }
        checkReach(storage, offset, shape, strides, at);
        return new Tensor(storage, offset, shape, strides);
    }

    /** The last element must lie in the storage, or a small file could claim any amount of memory. */
    private static void checkReach(Storage storage, long offset, long[] shape, long[] strides, Unpickler at)
            throws BadPickle {
        try {
            long last = offset;
            long elements = 1;
            for (int i = 0; i < shape.length; i++) {
                elements = Math.multiplyExact(elements, shape[i]);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[i] - 1), strides[i]));
            }
            if (elements > 0 && last >= storage.elements() || elements > storage.elements()) {
                throw at.bad("a tensor of shape " + Arrays.toString(shape) + " does not fit its storage '"
                        + storage.key() + "' of " + storage.elements() + " elements");
            }
        } catch (ArithmeticException e) {
            throw at.bad("a tensor of shape " + Arrays.toString(shape));
        }
    }

    /** Persistent id {@code ('storage', torch.FloatStorage, '3', 'cpu', 65536)}; the device does not matter here. */
    static Node storage(Node id, Unpickler at) throws BadPickle {
        if (!(id instanceof Tuple tuple) || tuple.items().size() < 5) {
            throw at.bad("a persistent id that is not a storage");
        }
        List<Node> items = tuple.items();
        Global global = argument(items, 1, Global.class, at);
        TensorType type = storageType(global).orElse(null);
        if (type == null) {
            return new Opaque(global, new ArrayList<>());
        }
        String key = text(items.get(2), at);
        if (!key.matches("[0-9A-Za-z_]{1,40}")) {
            throw at.bad("a storage named '" + Quote.of(key) + "'");
        }
        return new Storage(type, key, number(items.get(4), at));
    }

    static String text(Node node, Unpickler at) throws BadPickle {
        if (node instanceof Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        throw at.bad("text was expected");
    }

    private static long number(Node node, Unpickler at) throws BadPickle {
        if (node instanceof Scalar scalar && scalar.value() instanceof Long number && number >= 0) {
            return number;
        }
        throw at.bad("a number from 0 was expected");
    }

    private static long[] numbers(Tuple tuple, Unpickler at) throws BadPickle {
        long[] numbers = new long[tuple.items().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(tuple.items().get(i), at);
        }
        return numbers;
    }

    private static <T extends Node> T argument(List<Node> arguments, int index, Class<T> type, Unpickler at)
            throws BadPickle {
        if (index >= arguments.size() || !type.isInstance(arguments.get(index))) {
            throw at.bad(
                    "argument " + index + " is not a " + type.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        return type.cast(arguments.get(index));
    }
}
