package dev.trmarena.db;

import dev.trmarena.messages.Keys;
import java.lang.reflect.Type;
import java.sql.Types;
import java.util.Optional;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;

/** In tables an enum is what it is in messages and in the API: its key. */
final class EnumKeys implements ColumnMapperFactory {
    @Override
    public Optional<ColumnMapper<?>> build(Type type, ConfigRegistry config) {
        return type instanceof Class<?> constants && constants.isEnum()
                ? Optional.of(mapper(constants.asSubclass(Enum.class)))
                : Optional.empty();
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static ColumnMapper<?> mapper(Class<? extends Enum> type) {
        return (row, column, context) -> {
            String key = row.getString(column);
            return key == null ? null : Keys.constant(type, key);
        };
    }

    /** The other way round. */
    @SuppressWarnings("rawtypes")
    static final class Arguments extends AbstractArgumentFactory<Enum> {
        Arguments() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(Enum constant, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, Keys.of(constant));
        }
    }
}
