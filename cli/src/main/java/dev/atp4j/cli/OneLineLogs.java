// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Shows the library's warnings as one line each on standard error, and nothing below a warning. Found by {@link
 * java.util.ServiceLoader}; spares the command the start of {@code java.util.logging}. Thread-safe.
 */
public final class OneLineLogs extends System.LoggerFinder {

    /** Creates the finder. */
    public OneLineLogs() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new OneLine(name);
    }

    private record OneLine(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            // Only this library's words are meant for the user of the command.
            return level.compareTo(Level.WARNING) >= 0 && level != Level.OFF && name.startsWith("dev.atp4j.");
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                System.err.println("atp: " + message + (thrown == null ? "" : " (" + thrown + ")"));
            }
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... parameters) {
            if (isLoggable(level)) {
                boolean plain = format == null || parameters == null || parameters.length == 0;
                System.err.println("atp: " + (plain ? format : MessageFormat.format(format, parameters)));
            }
        }
    }
}
