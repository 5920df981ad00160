package dev.trmarena.db;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Any record is what a row of a query is mapped to: each component takes the column of its name, {@code startedAt} that of {@code
 * started_at}. A query names its columns so.
 */
final class RecordRows implements RowMapperFactory {
    /** What Jdbi has looked up itself it forgets after the statement. */
    private static final ClassValue<RowMapper<?>> MAPPERS = new ClassValue<>() {
        @Override
        protected RowMapper<?> computeValue(Class<?> type) {
            return mapper(type);
        }
    };

    @Override
    public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
        return type instanceof Class<?> record && record.isRecord()
                ? Optional.of(MAPPERS.get(record))
                : Optional.empty();
    }

    private static RowMapper<?> mapper(Class<?> record) {
        Class<?>[] components = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = record.getDeclaredConstructor(components);
            // Of a record that only one class knows, too.
            canonical.setAccessible(true);
            return ConstructorMapper.of(canonical);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(record + " has no constructor of its components", e);
        }
    }
}
