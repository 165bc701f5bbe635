// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultFolderTest {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties =
            new HashMap<>(Map.of("os.name", "Linux", "user.home", "/home/alice"));

    @Test
    void itIsWhereAtpHomeSays() {
        environment.put("ATP_HOME", "/srv/sessions");
        environment.put("XDG_STATE_HOME", "/state");
        assertThat(find()).isEqualTo(Path.of("/srv/sessions"));
    }

    @Test
    void anEmptyAtpHomeSaysNothing() {
        environment.put("ATP_HOME", " ");
        assertThat(find()).isEqualTo(Path.of("/home/alice/.local/state/atp4j"));
    }

    @Test
    void elsewhereItFollowsTheXdgSpecification() {
        assertThat(find()).isEqualTo(Path.of("/home/alice/.local/state/atp4j"));
        environment.put("XDG_STATE_HOME", "/state");
        assertThat(find()).isEqualTo(Path.of("/state/atp4j"));
        environment.put("XDG_STATE_HOME", "relative");
        assertThat(find()).isEqualTo(Path.of("/home/alice/.local/state/atp4j"));
    }

    @Test
    void onAMacItIsInTheLibrary() {
        properties.put("os.name", "Mac OS X");
        environment.put("XDG_STATE_HOME", "/state");
        assertThat(find()).isEqualTo(Path.of("/home/alice/Library/Application Support/atp4j"));
    }

    @Test
    void onWindowsItIsInTheLocalApplicationData() {
        properties.put("os.name", "Windows 11");
        assertThat(find()).isEqualTo(Path.of("/home/alice/AppData/Local/atp4j"));
        environment.put("LOCALAPPDATA", "/local");
        assertThat(find()).isEqualTo(Path.of("/local/atp4j"));
    }

    @Test
    void aUserWithoutAHomeIsToldWhatToDo() {
        properties.put("user.home", "?");
        assertThatThrownBy(this::find).isInstanceOf(StoreException.class).hasMessageContaining("ATP_HOME");
    }

    private Path find() {
        return DefaultFolder.find(environment::get, properties::get);
    }
}
