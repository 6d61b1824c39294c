// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.need.finder.DependencyFinder;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An application in a container: its dependencies, its start, and the classes that it uses. */
public final class Situation {

    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<String> unresolved = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Map<String, String> handed = new LinkedHashMap<>();
    private String packaging = "jar";
    private Path directory = Path.of("shop");
    private String archive = "/app/app.jar";
    private String members = "";
    private String base = "eclipse-temurin:21-jre";

    public Situation library(String coordinates) {
        return library(coordinates, "compile", Optional.empty());
    }

    public Situation library(String coordinates, String scope, Optional<Path> file) {
        dependencies.add(new Dependency(coordinates(coordinates), scope, false, file));
        return this;
    }

    public Situation optional(String coordinates) {
        dependencies.add(new Dependency(coordinates(coordinates), "compile", true, Optional.empty()));
        return this;
    }

    public Situation unresolved(String coordinates) {
        unresolved.add(coordinates);
        return this;
    }

    public static Coordinates coordinates(String text) {
        String[] parts = text.split(":", 3);
        return new Coordinates(parts[0], parts[1], parts[2]);
    }

    /** An option of the JVM. */
    public Situation option(String option) {
        options.add(option);
        return this;
    }

    /** An argument of the application. */
    public Situation argument(String argument) {
        arguments.add(argument);
        return this;
    }

    public Situation variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** A class that the application uses. */
    public Situation uses(String name) {
        used.add(name);
        return this;
    }

    /** A value that the application's code hands to a library, under a key or by a method. */
    public Situation hands(String name, String value) {
        handed.put(name, value);
        return this;
    }

    /** The project's directory, in which {@code target/classes} is. */
    public Situation in(Path project) {
        this.directory = project;
        return this;
    }

    /** Writes a file to the class path of the project in this directory. */
    public static void resource(Path project, String name, String text) throws IOException {
        TestFiles.write(project.resolve("target/classes").resolve(name), text);
    }

    public Situation packaging(String packaging) {
        this.packaging = packaging;
        return this;
    }

    public Situation starting(String archive) {
        this.archive = archive;
        return this;
    }

    public Situation from(String base) {
        this.base = base;
        return this;
    }

    /** @param members of the container definition, in JSON */
    public Situation member(String members) {
        this.members = members;
        return this;
    }

    public ContainerContext context() {
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(options);
        command.add("-jar");
        command.add(archive);
        command.addAll(arguments);
        String environment = variables.entrySet().stream()
                .map(variable -> "ENV " + variable.getKey() + "=\"" + variable.getValue() + "\"\n")
                .collect(Collectors.joining());
        String words = command.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
        ContainerContext plain = Contexts.built(
                "FROM " + base + "\nWORKDIR /app\n" + environment + "ENTRYPOINT [" + words + "]\n", members);
        return in(plain);
    }

    /** The project in another container. */
    public ContainerContext in(ContainerContext plain) {
        Dependencies all = new Dependencies(dependencies, unresolved);
        ProjectFacts project = new ProjectFacts(
                coordinates("com.acme:shop:1.0"),
                packaging,
                new ProjectDirectories(
                        directory, directory, Optional.empty(), directory.resolve("target/classes"), List.of()),
                Map.of(),
                () -> all,
                List.of());
        return ContainerContext.of(plain.definition(), plain.image(), Optional.of(project), new Effort(1_000_000));
    }

    /** The needs of a finder in the form of {@link Contexts#found}. */
    public List<String> found(String finder) {
        return Contexts.found(finder, context());
    }

    /** The needs that the dependency finder finds. */
    public FoundNeeds found() {
        ApplicationCode code = new ApplicationCode() {
            @Override
            public Answer uses(String name) {
                return Answer.of(used.stream().anyMatch(use -> use.equals(name) || use.startsWith(name + ".")));
            }

            @Override
            public Value<String> handed(String name) {
                String value = handed.get(name);
                return value == null ? Value.absent() : new Value.Known<>(value, Location.of("Main.java"));
            }
        };
        DependencyFinder finder = new DependencyFinder(container -> code);
        FoundNeeds found = new FoundNeeds(finder.name());
        finder.find(context(), found);
        return found;
    }
}
