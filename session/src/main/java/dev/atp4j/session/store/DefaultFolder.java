// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where sessions are kept if nobody says where: in {@code ATP_HOME}, or where the platform keeps such things. */
final class DefaultFolder {

    private DefaultFolder() {}

    static Path find() {
        return find(System::getenv, System::getProperty);
    }

    static Path find(Function<String, @Nullable String> environment, Function<String, @Nullable String> properties) {
        Optional<Path> chosen = path(environment.apply("ATP_HOME"));
        if (chosen.isPresent()) {
            return chosen.get();
        }
        String system =
                Optional.ofNullable(properties.apply("os.name")).orElse("").toLowerCase(Locale.ROOT);
        Optional<Path> home = absolute(properties.apply("user.home"));
        Optional<Path> state;
        if (system.startsWith("windows")) {
            state = absolute(environment.apply("LOCALAPPDATA")).or(() -> home.map(h -> h.resolve("AppData/Local")));
        } else if (system.startsWith("mac")) {
            state = home.map(h -> h.resolve("Library/Application Support"));
        } else {
            state = absolute(environment.apply("XDG_STATE_HOME")).or(() -> home.map(h -> h.resolve(".local/state")));
        }
        return state.map(folder -> folder.resolve("atp4j"))
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.UNSAFE,
                        "this user has no home folder to keep sessions in; name one in the environment variable ATP_HOME",
                        null));
    }

    /** The XDG specification wants relative paths to be ignored, and Java says {@code ?} for a home that is unknown. */
    private static Optional<Path> absolute(@Nullable String text) {
        return path(text).filter(Path::isAbsolute);
    }

    private static Optional<Path> path(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
