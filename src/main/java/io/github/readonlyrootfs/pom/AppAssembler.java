// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The directory that appassembler-maven-plugin makes: the libraries, and a start script for each program. Its scripts do
 * more than ours, but start the same.
 *
 * @see <a href="https://www.mojohaus.org/appassembler/appassembler-maven-plugin/assemble-mojo.html">its settings</a>; read
 *     with version 2.1.0
 */
final class AppAssembler {

    private static final int SCRIPT_MODE = 0755;

    private final Element configuration;
    private final PomBuild build;
    private final AssembledFiles files = new AssembledFiles();

    private AppAssembler(Element configuration, PomBuild build) {
        this.configuration = configuration;
        this.build = build;
    }

    /** Empty where a script that is not the plugin's own starts the programs. */
    static Optional<Assembly> of(
            Element configuration, PomBuild build, Supplier<List<Dependency>> libraries, String maker) {
        if (configuration.find("unixScriptTemplate").isPresent()) {
            return Optional.empty();
        }
        AppAssembler assembler = new AppAssembler(configuration, build);
        Path path = build.directory()
                .resolve(assembler.setting(
                        "assembleDirectory",
                        build.output().resolve("appassembler").toString()));
        assembler.make(libraries);
        return Optional.of(new Assembly(path, true, assembler.files.packed(), maker));
    }

    private String setting(String name, String otherwise) {
        return configuration.value(name).known().orElse(otherwise);
    }

    private boolean is(String name, boolean otherwise) {
        return setting(name, String.valueOf(otherwise)).equalsIgnoreCase("true");
    }

    private void make(Supplier<List<Dependency>> libraries) {
        String repository = AssembledFiles.path(setting("repositoryName", "repo"));
        boolean flat = setting("repositoryLayout", "default").equals("flat");
        List<Artifact> artifacts = new ArrayList<>();
        libraries.get().stream()
                .filter(Dependency::isAtRunTime)
                .map(Artifact::of)
                .forEach(artifacts::add);
        artifacts.add(Artifact.of(build));
        List<String> jars = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            String jar = flat ? artifact.file() : artifact.directory() + "/" + artifact.file();
            jars.add(jar);
            files.addFile(AssembledFiles.path(repository, jar), AssembledFiles.FILE_MODE, Optional.empty());
        }
        for (String directory : List.of("logsDirectory", "tempDirectory")) {
            configuration.value(directory).known().map(AssembledFiles::path).ifPresent(files::addDirectory);
        }
        String settings = AssembledFiles.path(setting("configurationDirectory", "etc"));
        if (is("copyConfigurationDirectory", false)) {
            copy(build.directory().resolve(setting("configurationSourceDirectory", "src/main/config")), settings);
        }
        StringBuilder classPath = new StringBuilder();
        if (is("includeConfigurationDirectoryInClasspath", true)) {
            classPath.append("\"$BASEDIR\"/").append(settings).append(':');
        }
        if (is("useWildcardClassPath", false)) {
            classPath.append("\"$BASEDIR\"/").append(repository).append("/*");
        } else {
            jars.forEach(jar -> classPath
                    .append("\"$BASEDIR\"/")
                    .append(repository)
                    .append('/')
                    .append(jar)
                    .append(':'));
        }
        String programs = AssembledFiles.path(setting("binFolder", "bin"));
        for (Element program :
                configuration.find("programs").map(Element::children).orElse(List.of())) {
            Optional<String> name =
                    program.value("id").known().or(() -> program.value("name").known());
            Optional<String> main = program.value("mainClass").known();
            if (name.isPresent() && main.isPresent()) {
                String file = name.get()
                        + Element.value(Optional.of(configuration), "binFileExtensions", "unix")
                                .known()
                                .orElse("");
                files.addFile(
                        AssembledFiles.path(programs, file),
                        SCRIPT_MODE,
                        Optional.of(script(program, name.get(), main.get(), classPath.toString())));
            }
        }
    }

    private void copy(Path from, String into) {
        if (Files.isDirectory(from)) {
            try (Stream<Path> walk = Files.walk(from)) {
                walk.filter(Files::isRegularFile)
                        .sorted()
                        .forEach(file -> files.addCopy(
                                AssembledFiles.path(into, SourceFile.nameOf(from.relativize(file))),
                                file,
                                Optional.of(AssembledFiles.FILE_MODE),
                                UnaryOperator.identity()));
            } catch (IOException | UncheckedIOException e) {
                // The plugin reports it.
                files.addUnknown(into);
            }
        }
    }

    private String script(Element program, String name, String main, String classPath) {
        String setup = configuration
                .value("environmentSetupFileName")
                .known()
                .map(file -> "[ -f \"$BASEDIR\"/bin/" + file + " ] && . \"$BASEDIR\"/bin/" + file + "\n")
                .orElse("");
        List<String> options = new ArrayList<>();
        configuration.value("extraJvmArguments").known().ifPresent(options::add);
        program.find("jvmSettings").ifPresent(settings -> {
            lines(settings, "extraArguments").forEach(options::add);
            lines(settings, "systemProperties").forEach(property -> options.add("-D" + property));
        });
        return """
                #!/usr/bin/env sh
                BASEDIR="$(dirname "$(readlink -f "$0")")/.."
                BASEDIR="$(cd "$BASEDIR" && pwd)"
                %sCLASSPATH=%s
                if [ -n "$CLASSPATH_PREFIX" ]; then CLASSPATH=$CLASSPATH_PREFIX:$CLASSPATH; fi
                exec "${JAVACMD:-java}" $JAVA_OPTS %s -classpath "$CLASSPATH" -Dapp.name="%s" -Dapp.home="$BASEDIR" \
                -Dbasedir="$BASEDIR" %s %s "$@"
                """.formatted(
                        setup,
                        classPath,
                        String.join(" ", options),
                        name,
                        main,
                        String.join(" ", lines(program, "commandLineArguments")));
    }

    private static List<String> lines(Element element, String list) {
        return element.find(list).map(Element::items).orElse(List.of()).stream()
                .map(Value::known)
                .flatMap(Optional::stream)
                .toList();
    }
}
