// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.WriteSites;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.start.Argument;
import io.github.readonlyrootfs.need.start.BaseDirectories;
import io.github.readonlyrootfs.need.start.Command;
import io.github.readonlyrootfs.need.start.Environment;
import io.github.readonlyrootfs.need.start.Jvm;
import io.github.readonlyrootfs.need.start.StartCommand;
import io.github.readonlyrootfs.need.start.StartContext;
import io.github.readonlyrootfs.need.start.Writer;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of a container, for those who infer needs from it. What costs something is read once, when it is wanted. */
public final class ContainerContext {

    private static final Pattern NAME = Pattern.compile("[\\w$]++(?:\\.[\\w$]++)*+");

    /** How many characters of its files are kept, to be read once; a program's whole configuration is less. */
    private static final int MAX_TEXTS = 500_000;

    private final StartContext context;
    private final StartCommand start;
    private final StartCommand healthCheck;
    private final JavaDirectories java;
    private final Optional<ProjectFacts> project;
    private final Map<ContainerPath, Optional<SourceFile>> texts = new HashMap<>();
    private int textLength;
    private @Nullable ApplicationSettings settings;
    private @Nullable ApplicationModules modules;
    private @Nullable Map<String, Value<String>> jettyProperties;
    private @Nullable WriteSites code;

    private ContainerContext(
            ContainerDefinition definition, Image image, Optional<ProjectFacts> project, Effort effort) {
        this.context = StartContext.of(definition, image, effort);
        this.start = StartCommand.of(context);
        this.healthCheck = StartCommand.ofHealthCheck(context);
        this.java = JavaDirectories.of(context, start);
        this.project = project;
    }

    /**
     * A container of a task.
     *
     * @param project the Maven project that its image is built from; empty for other containers
     * @param effort what may be spent on following what it starts
     */
    public static ContainerContext of(
            ContainerDefinition definition, Image image, Optional<ProjectFacts> project, Effort effort) {
        return new ContainerContext(definition, image, project, effort);
    }

    public ContainerDefinition definition() {
        return context.container();
    }

    public Image image() {
        return context.image();
    }

    /** The text of a file of its image that the Dockerfile copies from the project or writes; empty where it is not known. */
    public synchronized Optional<SourceFile> text(ContainerPath file) {
        Optional<SourceFile> kept = texts.get(file);
        if (kept != null) {
            return kept;
        }
        Optional<SourceFile> text = image().files().content(file).flatMap(FileContent::read);
        int length = text.map(source -> source.text().length()).orElse(0);
        if (textLength + length <= MAX_TEXTS) {
            texts.put(file, text);
            textLength += length;
        }
        return text;
    }

    /** The variables that its program sees. */
    public Environment environment() {
        return context.environment();
    }

    /** What it runs. */
    public StartCommand start() {
        return start;
    }

    /** What the task definition has run in it again and again; nothing where it has no such command. */
    public StartCommand healthCheck() {
        return healthCheck;
    }

    /** Whether the engine starts a script of the published image, see {@link StartCommand#startsScript}. */
    public Truth startsScript(String name) {
        return start.startsScript(name, image(), directories().workdir());
    }

    /** Where relative paths start. */
    public BaseDirectories directories() {
        return context.directories();
    }

    /** Where the JVM's own directories are, in case it runs one. */
    public JavaDirectories java() {
        return java;
    }

    /** Who the application runs as: its JVM, or what the start command runs last. */
    public Writer application() {
        List<Writer> writers = java.jvms().isEmpty()
                ? start.commands().stream()
                        .map(Command::writer)
                        .skip(Math.max(0, start.commands().size() - 1))
                        .toList()
                : java.jvms().stream().map(jvm -> jvm.command().writer()).toList();
        boolean one = writers.stream().map(Writer::key).distinct().count() == 1;
        return one ? writers.get(0) : Writer.CONTAINERS_OWN;
    }

    /** The Maven project that its image is built from. */
    public Optional<ProjectFacts> project() {
        return project;
    }

    /** What its project depends on; nothing where it has no project. */
    public Dependencies dependencies() {
        return project.isPresent() ? project.get().dependencies().get() : Dependencies.NONE;
    }

    /** The libraries that its application may run with. */
    public Libraries libraries() {
        return Libraries.of(dependencies());
    }

    /** A system property of its application; unknown where several JVMs have different values. */
    public Value<String> property(String name) {
        return switch (name) {
            case "java.io.tmpdir" -> java.temporary().map(ContainerPath::toString);
            case "user.home" -> java.home().map(ContainerPath::toString);
            case "user.dir" -> java.current().map(ContainerPath::toString);
            case "file.separator" ->
                new Value.Known<>("/", definition().metadata().nameLocation());
            default -> {
                Value<String> deployed = jettyProperties().getOrDefault(name, Value.absent());
                yield deployed.isAbsent() ? option(name) : deployed;
            }
        };
    }

    private Value<String> option(String name) {
        Location location = definition().metadata().nameLocation();
        if (java.jvms().isEmpty()) {
            return new Value.Unknown<>("how the JVM is started is not known", location);
        }
        Value<String> first = java.jvms().get(0).options().property(name);
        for (Jvm jvm : java.jvms()) {
            Value<String> other = jvm.options().property(name);
            if (other.isUnknown() != first.isUnknown() || !other.known().equals(first.known())) {
                return new Value.Unknown<>("the container starts several JVMs, which differ in " + name, location);
            }
        }
        return first;
    }

    /** What its application is configured with. */
    public synchronized ApplicationSettings settings() {
        if (settings == null) {
            settings = ApplicationSettings.of(this);
        }
        return settings;
    }

    /** The project and its modules: what the application's own team wrote. */
    public synchronized ApplicationModules modules() {
        if (modules == null) {
            modules = project.map(ApplicationModules::of).orElse(ApplicationModules.NONE);
        }
        return modules;
    }

    /** The system properties that Jetty sets when it deploys the application. */
    private synchronized Map<String, Value<String>> jettyProperties() {
        if (jettyProperties == null) {
            jettyProperties = JettyContexts.properties(this);
        }
        return jettyProperties;
    }

    /** What their classes do. */
    public synchronized WriteSites code() {
        if (code == null) {
            code = modules().code(mainClass(), new DeployedSpring(this), webApplication());
        }
        return code;
    }

    /** What a servlet container finds in the application, if one loads it. */
    private WebApplication webApplication() {
        return project.isPresent() && !startsItself().isYes() ? modules().webApplication() : WebApplication.NONE;
    }

    /** Whether the application is started by itself, and not by a servlet container that finds its war. */
    public Answer startsItself() {
        if (project.isEmpty() || !project.get().packaging().equals("war")) {
            return Answer.YES;
        }
        List<Jvm> jvms = java.jvms();
        if (jvms.isEmpty()) {
            return Answer.unknown("how the war is started is not known");
        }
        return Answer.of(jvms.stream()
                .filter(jvm -> jvm.command().program().equals("java"))
                .flatMap(jvm -> jvm.command().arguments().stream())
                .anyMatch(word ->
                        word.text().endsWith(".war") || word.text().startsWith("org.springframework.boot.loader.")));
    }

    /** The class that the start command names; most name a jar instead. */
    private Optional<String> mainClass() {
        for (Jvm jvm : java.jvms()) {
            for (Argument argument : jvm.command().arguments()) {
                String word = argument.known().orElse("");
                if (NAME.matcher(word).matches() && modules().hasClass(word)) {
                    return Optional.of(word);
                }
            }
        }
        return Optional.empty();
    }
}
