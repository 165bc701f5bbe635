// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Data sources that answer as others do, but for one method of theirs, their connections or the metadata. */
final class Wrapped {

    private Wrapped() {}

    static DataSource source(DataSource source, String method, Object answer) {
        return wrap(DataSource.class, source, method, answer);
    }

    /** Returns a data source with one connection, which stays open. */
    static DataSource only(Connection connection) {
        Connection open = wrap(Connection.class, connection, "close", null);
        return wrap(DataSource.class, open, "getConnection", open);
    }

    private static <T> T wrap(Class<T> type, Object wrapped, String method, @Nullable Object answer) {
        return type.cast(Proxy.newProxyInstance(
                Wrapped.class.getClassLoader(), new Class<?>[] {type}, (p, called, args) -> {
                    if (called.getName().equals(method)) {
                        return answer;
                    }
                    try {
                        Object result = called.invoke(wrapped, args);
                        return result instanceof Connection
                                ? wrap(Connection.class, result, method, answer)
                                : result instanceof DatabaseMetaData
                                        ? wrap(DatabaseMetaData.class, result, method, answer)
                                        : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
