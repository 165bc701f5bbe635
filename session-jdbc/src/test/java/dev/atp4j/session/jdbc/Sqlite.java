// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.jdbc;

import java.nio.file.Path;
import org.sqlite.SQLiteDataSource;

/** SQLite files, as a user's own data source opens them. */
final class Sqlite {

    private Sqlite() {}

    /** Returns a data source that connects anew each time. */
    static SQLiteDataSource in(Path file) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /** The same, with an empty file that nobody else can open. */
    static SQLiteDataSource empty(Path file) {
        PrivateFile.create(file);
        return in(file);
    }
}
