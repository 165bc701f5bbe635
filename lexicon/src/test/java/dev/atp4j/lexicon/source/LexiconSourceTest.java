// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.atp4j.http.HttpTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexiconSourceTest {

    private static final String POST = """
            {"lexicon": 1, "id": "com.example.post", "defs": {"main": {"type": "token"}}}""";
    private static final String LIKE = POST.replace("post", "like");

    @TempDir
    private Path folder;

    private final HttpTransport transport = HttpTransport.create();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        transport.close();
    }

    @Test
    void aFolderIsLookedThrough() throws IOException {
        write("com/example/post.json", POST);
        write("like.json", LIKE);
        write("lexicons.json", "{}");
        write("readme.txt", "no lexicon");

        assertThat(names(LexiconSource.folder(folder)))
                .containsExactly(folder + "/com/example/post.json", folder + "/like.json");
    }

    @Test
    void aCheckoutHasItsLexiconsInOneFolder() throws IOException {
        write("package.json", "{}");
        write("lexicons/com/example/post.json", POST);

        assertThat(names(LexiconSource.folder(folder))).containsExactly(folder + "/lexicons/com/example/post.json");
    }

    @Test
    @Tag("security")
    void linksAreNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "{}");
        Files.createDirectory(folder.resolve("lexicons"));
        Files.createSymbolicLink(folder.resolve("lexicons/post.json"), secret);

        assertThat(names(LexiconSource.folder(folder))).isEmpty();
    }

    @Test
    void aFileIsASourceOfOne() throws IOException {
        Path file = write("post.json", POST);

        assertThat(LexiconSource.folder(file).files().get(0).read().doc().id()).hasToString("com.example.post");
        assertThatThrownBy(() -> LexiconSource.folder(folder.resolve("gone")).files())
                .isInstanceOf(SourceException.class)
                .hasMessage("there is no file or folder " + folder.resolve("gone"));
    }

    @Test
    @Tag("security")
    void aDocumentIsNoLargerThanARecord() throws IOException {
        Path file = write("post.json", " ".repeat(LexiconSource.MAX_DOCUMENT + 1));

        assertThatThrownBy(() -> LexiconSource.folder(file).files())
                .isInstanceOf(SourceException.class)
                .hasMessage(file + " has more than 2097152 bytes");
    }

    @Test
    void aJarHasThemInItsFolder() throws IOException {
        Path jar = folder.resolve("api.jar");
        Files.write(
                jar,
                zip(
                        "META-INF/lexicons/index.json", "{}",
                        "META-INF/lexicons/com.example.post.json", POST,
                        "other/x.json", "{}"));

        assertThat(names(LexiconSource.archive(jar)))
                .containsExactly(jar + "!/META-INF/lexicons/com.example.post.json");
        Path noZip = write("no.zip", "text");
        assertThatThrownBy(() -> LexiconSource.archive(noZip).files())
                .isInstanceOf(SourceException.class)
                .hasMessage("there is no zip archive in " + noZip);
    }

    @Test
    void anArchiveWithANameThatIsNoTextIsRefusedOnEveryJdk() throws IOException {
        Path odd = folder.resolve("odd.zip");
        byte[] zip = zip("lexicons/\u00e4.json", POST);
        for (int i = 0; i + 1 < zip.length; i++) {
            if (zip[i] == (byte) 0xc3 && zip[i + 1] == (byte) 0xa4) {
                zip[i] = (byte) 0xff;
            }
        }
        Files.write(odd, zip);

        assertThatThrownBy(() -> LexiconSource.archive(odd).files())
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("the archive " + odd + " cannot be read: ");
    }

    @Test
    @Tag("security")
    void anArchiveThatUnpacksToTooMuchIsRefused() throws IOException {
        Path jar = folder.resolve("bomb.zip");
        Files.write(jar, zip("lexicons/a.json", " ".repeat(LexiconSource.MAX_DOCUMENT + 1)));

        assertThatThrownBy(() -> LexiconSource.archive(jar).files())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is too large: a document may have 2097152 bytes");
    }

    /** A stream has to unpack what it passes over: a megabyte of nothing could keep it busy for minutes. */
    @Test
    @Tag("security")
    void anArchiveIsNotUnpackedWithoutEndForWhatIsNoDocument() throws IOException {
        Path jar = folder.resolve("bomb.zip");
        byte[] megabyte = new byte[1024 * 1024];
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.setLevel(1);
            for (int entry = 0; entry < 2; entry++) {
                zip.putNextEntry(new ZipEntry("other/" + entry));
                for (int i = 0; i < 130; i++) {
                    zip.write(megabyte);
                }
            }
        }

        assertThatThrownBy(() -> LexiconSource.archive(jar).files())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("bomb.zip is too large: what is no lexicon in it unpacks to more than 268435456");
    }

    @Test
    @Tag("security")
    void anEntryThatWouldClimbOutIsANameAndNothingElse() throws IOException {
        Path jar = folder.resolve("slip.zip");
        Files.write(jar, zip("lexicons/../../../evil.json", POST));

        assertThat(LexiconSource.archive(jar).files().get(0).read().doc().id()).hasToString("com.example.post");
        assertThat(folder.resolve("../../evil.json")).doesNotExist();
    }

    @Test
    void anAddressHasOneDocumentOrManyOrAnArchive() throws IOException {
        serve("/one", POST.getBytes(StandardCharsets.UTF_8));
        serve("/many", ("\n[" + POST + "," + LIKE + "]").getBytes(StandardCharsets.UTF_8));
        serve("/zip", zip("x/lexicons/com/example/like.json", LIKE));

        assertThat(names(url("/one?key=planted"))).containsExactly(origin() + "/one");
        assertThat(names(url("/many"))).containsExactly(origin() + "/many#0", origin() + "/many#1");
        assertThat(names(url("/zip"))).containsExactly(origin() + "/zip!/x/lexicons/com/example/like.json");
    }

    @Test
    @Tag("security")
    void redirectsAreFollowedWithinTheSiteAndNeverToPlainHttpElsewhere() {
        serve("/one", POST.getBytes(StandardCharsets.UTF_8));
        redirect("/moved", "/one");
        redirect("/loop", "/loop");
        redirect("/away", "http://example.com/one");

        assertThat(url("/moved").files()).hasSize(1);
        assertThatThrownBy(() -> url("/loop").files())
                .isInstanceOf(SourceException.class)
                .hasMessage(origin() + "/loop redirects more than 3 times");
        assertThatThrownBy(() -> url("/away").files())
                .isInstanceOf(SourceException.class)
                .hasMessage(origin() + "/away redirects away from https");
        assertThatThrownBy(() -> url("/gone").files())
                .isInstanceOf(SourceException.class)
                .hasMessage(origin() + "/gone answered with status 404");
    }

    @Test
    void aRepositoryIsCloned() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repo"));
        write("repo/lexicons/com/example/post.json", POST);
        git(repository, "init", "--quiet", "--initial-branch=main");
        git(repository, "add", ".");
        git(repository, "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "Add");
        git(repository, "checkout", "--quiet", "-b", "other");
        write("repo/lexicons/com/example/like.json", LIKE);
        git(repository, "add", ".");
        git(repository, "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "Add");
        git(repository, "checkout", "--quiet", "main");

        assertThat(names(LexiconSource.git(repository.toString(), null)))
                .containsExactly(repository + "/lexicons/com/example/post.json");
        assertThat(names(LexiconSource.git(repository.toString(), "other"))).hasSize(2);
        assertThatThrownBy(() -> LexiconSource.git(folder + "/gone.git", null).files())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("git cannot clone " + folder + "/gone.git");
    }

    @Test
    @Tag("security")
    void whatCouldHarmIsNoRepositoryAndNoAddress() {
        assertThatThrownBy(() -> LexiconSource.git("--upload-pack=evil", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LexiconSource.git("https://example.com/a.git", "--evil"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LexiconSource.git("https://me:planted@example.com/a.git", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("planted");
        assertThatThrownBy(() -> LexiconSource.url(URI.create("https://me:planted@example.com/a"), transport))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("planted");
        assertThatThrownBy(() -> LexiconSource.url(URI.create("file:///etc/passwd"), transport))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "src, FolderSource",
        "pom.xml, FolderSource",
        "https://example.com/x.json, UrlSource",
        "https://example.com/x.git#v1, GitSource",
        "git+https://example.com/x, GitSource",
        "ssh://git@example.com/x, GitSource",
        "git@example.com:me/x, GitSource",
        "../x.git, GitSource"
    })
    void theFormOfATextTellsWhatItMeans(String text, String kind) {
        assertThat(LexiconSource.of(text, transport).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void aPathOfNothingMeansNothing() throws IOException {
        String jar = write("a.JAR", "").toString();

        assertThat(LexiconSource.of(jar, transport)).isInstanceOf(ArchiveSource.class);
        assertThatThrownBy(() -> LexiconSource.of(jar + "x", transport))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no file or folder " + jar + "x");
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private LexiconSource url(String path) {
        return LexiconSource.of(origin() + path, transport);
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(String path, byte[] body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private void redirect(String path, String target) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", target);
                exchange.sendResponseHeaders(302, -1);
            }
        });
    }

    private static List<String> names(LexiconSource source) {
        return source.files().stream().map(LexiconFile::name).toList();
    }

    private static byte[] zip(String... namesAndTexts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void git(Path folder, String... args) throws Exception {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(args));
        Process git = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
    }
}
