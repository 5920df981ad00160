package dev.trmarena.arena.client;

import feign.DefaultContract;
import feign.MethodMetadata;
import feign.Param;
import java.lang.reflect.Method;
import java.util.HashMap;

/** What a user names reaches the platform letter for letter; by itself Feign leaves slashes and what looks encoded alone. */
final class NamesAsTheyAre extends DefaultContract {
    @Override
    protected MethodMetadata parseAndValidateMetadata(Class<?> type, Method method) {
        MethodMetadata operation = super.parseAndValidateMetadata(type, method);
        var encoded = new HashMap<Integer, Param.Expander>();
        operation
                .indexToName()
                .keySet()
                .forEach(index -> encoded.put(index, name -> ArenaClient.segment(name.toString())));
        operation.indexToExpander(encoded);
        operation.template().decodeSlash(false);
        return operation;
    }
}
