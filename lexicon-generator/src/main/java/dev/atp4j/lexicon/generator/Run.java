// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.atp4j.data.LexJson;
import dev.atp4j.lexicon.Def;
import dev.atp4j.lexicon.LexiconDoc;
import dev.atp4j.lexicon.LexiconException;
import dev.atp4j.lexicon.LexiconIndex;
import dev.atp4j.lexicon.LexiconProblem;
import dev.atp4j.lexicon.LexiconReader;
import dev.atp4j.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One run of a generator. */
final class Run {

    /** What a file of the index is called in it; the same for all versions that write the same form. */
    private static final String NAME = "atp4j";

    private static final String PACKAGE = "package ";
    private static final String NOTICE = "notice ";

    private final Generator generator;
    private final Map<Path, byte[]> inputs = new TreeMap<>();
    private final List<Report.Notice> notices = new ArrayList<>();

    Run(Generator generator) {
        this.generator = generator;
    }

    Report run() {
        generator.folders.forEach(this::collect);
        Externals externals = new Externals(generator.classPath);
        NamesFile names = new NamesFile(generator.names);
        Output output = new Output(generator.sources, generator.resources);
        String fingerprint = fingerprint(externals, names);
        if (output.isUpToDate(fingerprint)) {
            return remembered(output);
        }
        externals.open();
        Corpus corpus = new Corpus(lexicons(), externals, generator.include, generator.exclude);
        Plan plan = new Plan(corpus, externals, names, generator.basePackage);
        Shapes shapes = new Shapes(corpus, plan);
        Context context =
                new Context(corpus, plan, shapes, Needed.of(corpus), generator.builders == Generator.Builders.ALL);
        Map<String, byte[]> files = new TreeMap<>();
        Map<ClassName, TypeSpec> written = new HashMap<>();
        Set<String> packages = new TreeSet<>();
        for (LexiconDoc doc : corpus.documents()) {
            new DocWriter(context, doc).write().forEach((name, type) -> {
                written.put(name, type);
                java(files, name, type, doc.id().value());
                packages.add(name.packageName());
            });
        }
        packages.forEach(name -> files.put(path(name, "package-info"), packageInfo(name)));
        facades(corpus, plan, written, names, files, packages);
        resources(corpus, plan, files);
        notices.addAll(shapes.notices());
        return write(output, externals, names, files, packages);
    }

    private Report write(
            Output output, Externals externals, NamesFile names, Map<String, byte[]> files, Set<String> packages) {
        List<Path> written = new ArrayList<>();
        List<Path> unchanged = new ArrayList<>();
        List<Path> deleted = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        packages.forEach(name -> remarks.add(PACKAGE + name));
        notices.forEach(notice -> remarks.add(NOTICE + notice.place() + " " + notice.message()));
        names.save();
        output.write(fingerprint(externals, names), files, remarks, written, unchanged, deleted);
        return new Report(false, written, unchanged, deleted, List.copyOf(packages), names.added(), notices);
    }

    private static Report remembered(Output output) {
        List<String> packages = new ArrayList<>();
        List<Report.Notice> notices = new ArrayList<>();
        for (String line : output.rest()) {
            if (line.startsWith(PACKAGE)) {
                packages.add(line.substring(PACKAGE.length()));
            } else if (line.startsWith(NOTICE)) {
                String[] parts = line.substring(NOTICE.length()).split(" ", 2);
                notices.add(new Report.Notice(parts[0], parts[1]));
            }
        }
        return new Report(true, List.of(), output.files(), List.of(), packages, List.of(), notices);
    }

    // ---- what goes in

    private void collect(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new GeneratorException(List.of(folder + " is no folder to take lexicons from"));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            Path manifest = folder.resolve("lexicons.json");
            for (Path file : (Iterable<Path>)
                    files.filter(path -> path.toString().endsWith(".json") && !path.equals(manifest))::iterator) {
                inputs.put(file, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String fingerprint(Externals externals, NamesFile names) {
        Output.Fingerprint fingerprint = new Output.Fingerprint();
        fingerprint.add("generator", self());
        fingerprint.add("base", generator.basePackage);
        fingerprint.add("facades", generator.facades);
        fingerprint.add("include", generator.include);
        fingerprint.add("exclude", generator.exclude);
        fingerprint.add("builders", generator.builders);
        fingerprint.add("invalid", generator.ignoreInvalid);
        fingerprint.add("resources", generator.resources != null);
        fingerprint.add("names", generator.names != null);
        if (generator.names != null) {
            names.all().forEach(fingerprint::add);
        }
        externals.indexes().forEach(fingerprint::add);
        generator.lexicons.forEach((nsid, doc) -> fingerprint.add(nsid, LexJson.write(doc.raw())));
        inputs.forEach((file, content) -> fingerprint.add(file.toString(), content));
        return fingerprint.toString();
    }

    /** Returns what tells this build of the generator from others: an old file may be what a new one would not write. */
    private static String self() {
        try {
            Path home = Path.of(Run.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Output.Fingerprint fingerprint = new Output.Fingerprint();
            if (Files.isRegularFile(home)) {
                return fingerprint.add("jar", Files.readAllBytes(home)).toString();
            }
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file :
                        (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                    fingerprint.add(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
            return fingerprint.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, LexiconDoc> lexicons() {
        Map<String, LexiconDoc> all = new TreeMap<>(generator.lexicons);
        Map<String, Path> from = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        inputs.forEach((file, json) -> {
            List<LexiconProblem> found;
            try {
                LexiconReader.Reading reading = LexiconReader.parseLenient(json, file.toString());
                found = reading.problems();
                String nsid = reading.doc().id().value();
                Path other = from.put(nsid, file);
                if (other != null) {
                    problems.add(file + " and " + other + " are both " + nsid + "; remove one of them");
                }
                all.put(nsid, reading.doc());
            } catch (LexiconException e) {
                found = e.problems();
            }
            for (LexiconProblem problem : found) {
                if (generator.ignoreInvalid) {
                    notices.add(new Report.Notice(problem.source(), problem.path() + ": " + problem.message()));
                } else {
                    problems.add(problem.toString());
                }
            }
        });
        if (!problems.isEmpty()) {
            throw new GeneratorException(problems);
        }
        return all;
    }

    // ---- what comes out

    private static void java(Map<String, byte[]> files, ClassName name, TypeSpec type, String from) {
        String text = JavaFile.builder(name.packageName(), type)
                .addFileComment("Generated from $L by " + NAME + ". Changes are lost.", from)
                .indent("    ")
                .skipJavaLangImports(true)
                .build()
                .toString();
        files.put(path(name.packageName(), name.simpleName()), Layout.of(text).getBytes(StandardCharsets.UTF_8));
    }

    private static String path(String packageName, String name) {
        return "s:" + packageName.replace('.', '/') + "/" + name + ".java";
    }

    private byte[] packageInfo(String name) {
        String namespace = name.substring(Math.min(name.length(), generator.basePackage.length() + 1));
        String text = "// Generated by " + NAME + ". Changes are lost.\n\n"
                + "/** The lexicons of " + Prose.code(namespace + ".*") + ". */\n"
                + "@NullMarked\n"
                + "package " + name + ";\n\n"
                + "import org.jspecify.annotations.NullMarked;\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void facades(
            Corpus corpus,
            Plan plan,
            Map<ClassName, TypeSpec> written,
            NamesFile names,
            Map<String, byte[]> files,
            Set<String> packages) {
        generator.facades.forEach((root, packageName) -> {
            FacadeWriter facade = new FacadeWriter(packageName, root, names);
            for (LexiconDoc doc : corpus.documents()) {
                Def main = doc.defs().get("main");
                String nsid = doc.id().value();
                ClassName type = plan.type(nsid + "#main");
                TypeSpec spec = type == null ? null : written.get(type);
                String constant = main == null || spec == null ? null : DocWriter.constant(main, spec);
                if (main != null && constant != null && type != null) {
                    boolean deprecated = Prose.isDeprecated(Prose.description(main));
                    facade.add(nsid, new FacadeWriter.Entry(type, constant, deprecated));
                }
            }
            if (facade.isEmpty()) {
                notices.add(new Report.Notice(root, "no lexicon begins so; there is no facade"));
            } else {
                java(files, facade.self(), facade.write(), root + ".*");
                packages.add(packageName);
            }
        });
    }

    private void resources(Corpus corpus, Plan plan, Map<String, byte[]> files) {
        if (generator.resources == null) {
            return;
        }
        Map<Nsid, LexiconIndex.Entry> entries = new LinkedHashMap<>();
        for (LexiconDoc doc : corpus.documents()) {
            String nsid = doc.id().value();
            Map<String, String> classes = new LinkedHashMap<>();
            doc.defs().keySet().forEach(name -> {
                ClassName type = plan.type(nsid + "#" + name);
                if (type != null) {
                    classes.put(name, String.join(".", type.simpleNames()));
                }
            });
            String file = nsid + ".json";
            entries.put(doc.id(), new LexiconIndex.Entry(file, plan.packageOf(nsid), classes));
            files.put("r:" + LexiconIndex.FOLDER + file, LexJson.write(doc.raw()));
        }
        files.put("r:" + LexiconIndex.RESOURCE, new LexiconIndex(NAME, entries).toJson());
    }
}
