// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.WriteSites;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.BaseDirectories;
import io.github.readonlyrootfs.start.Environment;
import io.github.readonlyrootfs.start.Jvm;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.start.StartContext;
import io.github.readonlyrootfs.start.Writer;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known about a container, for the finders of needs. Anything expensive is read once, when it is first needed. */
public final class ContainerContext {

    private static final Pattern NAME = Pattern.compile("[\\w$]++(?:\\.[\\w$]++)*+");

    /** The most characters of its files that are cached; a program's whole configuration is smaller. */
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

    private final Optional<String> otherPom;
    private final Truth runsApplication;

    private ContainerContext(
            ContainerDefinition definition,
            Image image,
            Optional<ProjectFacts> project,
            Optional<String> otherPom,
            Effort effort) {
        this.otherPom = otherPom;
        this.context = StartContext.of(definition, image, effort);
        this.start = StartCommand.of(context);
        this.healthCheck = StartCommand.ofHealthCheck(context);
        this.java = JavaDirectories.of(context, start);
        this.runsApplication = runsApplication();
        this.project = runsApplication.isFalse() ? Optional.empty() : project;
    }

    /**
     * Whether it runs the application that its image is built for. Containers of the same image may run something else, as an entry
     * point or command of their own says. The image's own command is the application's, unless it certainly is no JVM.
     */
    private Truth runsApplication() {
        if (!java.jvms().isEmpty()) {
            return Truth.TRUE;
        }
        boolean known = start.words().filter(words -> !words.isEmpty()).isPresent()
                && start.gaps().isEmpty()
                && start.unknownCommands().isEmpty();
        boolean own = !definition().process().entryPoint().isAbsent()
                || !definition().process().command().isAbsent();
        return known ? Truth.FALSE : own ? Truth.UNKNOWN : Truth.TRUE;
    }

    /** What the needs of its application depend on, if it may run something else: for display, after the evidence. */
    public Optional<String> applicationDoubt() {
        return project.isPresent() && runsApplication.isUnknown()
                ? Optional.of(", if container " + definition().name() + " runs the application")
                : Optional.empty();
    }

    /**
     * A container of a task.
     *
     * @param project the Maven project that its image is built from; empty for other containers
     * @param effort what may be spent on following what it starts
     */
    public static ContainerContext of(
            ContainerDefinition definition, Image image, Optional<ProjectFacts> project, Effort effort) {
        return new ContainerContext(definition, image, project, Optional.empty(), effort);
    }

    /**
     * A container whose application is not the project that is checked.
     *
     * @param otherPom see {@link #otherPom}
     */
    public static ContainerContext ofOtherProject(
            ContainerDefinition definition, Image image, Optional<String> otherPom, Effort effort) {
        return new ContainerContext(definition, image, Optional.empty(), otherPom, effort);
    }

    public ContainerDefinition definition() {
        return context.container();
    }

    public Image image() {
        return context.image();
    }

    /** The text of a file in its image that the Dockerfile copies from the project or writes; empty if it is unknown. */
    public synchronized Optional<SourceFile> text(ContainerPath file) {
        Optional<SourceFile> kept = texts.get(file);
        if (kept != null) {
            return kept;
        }
        Optional<FileContent> content = image().files().content(file);
        Optional<SourceFile> text = content.isPresent() ? content.get().read() : Optional.empty();
        int length = text.isPresent() ? text.get().text().length() : 0;
        if (textLength + length <= MAX_TEXTS) {
            texts.put(file, text);
            textLength += length;
        }
        return text;
    }

    /** The environment of its program. */
    public Environment environment() {
        return context.environment();
    }

    /** Its start command. */
    public StartCommand start() {
        return start;
    }

    /** The command of the task definition's health check; without commands if there is none. */
    public StartCommand healthCheck() {
        return healthCheck;
    }

    /** Whether the engine starts a script of the published image, see {@link StartCommand#startsScript}. */
    public Truth startsScript(String name) {
        return start.startsScript(name, image(), directories().workdir());
    }

    /** The directories that relative paths start from. */
    public BaseDirectories directories() {
        return context.directories();
    }

    /** The directories of its JVM, if it runs one. */
    public JavaDirectories java() {
        return java;
    }

    /** The user of its application: of its JVM, or of the last command of the start. */
    public Writer application() {
        Writer writer = null;
        for (Jvm jvm : java.jvms()) {
            Writer other = jvm.command().writer();
            if (writer != null && !writer.key().equals(other.key())) {
                return Writer.CONTAINERS_OWN;
            }
            writer = writer == null ? other : writer;
        }
        if (writer == null && !start.commands().isEmpty()) {
            writer = start.commands().get(start.commands().size() - 1).writer();
        }
        return writer == null ? Writer.CONTAINERS_OWN : writer;
    }

    /** The user of its application, in the form of {@code USER}; empty if that is unknown. */
    public Optional<String> user() {
        Value<String> writer = application().user();
        return writer.isAbsent() ? context.user() : writer.known();
    }

    /** Where something is mounted: by the task, or as a VOLUME of the image. */
    public List<ContainerPath> mounts() {
        List<ContainerPath> mounts = new ArrayList<>(context.mounts().keySet());
        for (Image.ImageVolume volume : image().config().volumes().declared()) {
            mounts.add(volume.path());
        }
        return mounts;
    }

    /** The Maven project that its image is built from, if the container may run it. */
    public Optional<ProjectFacts> project() {
        return project;
    }

    /** The pom of a project that its image seems to be built from, and that is not the one that is checked. */
    public Optional<String> otherPom() {
        return otherPom;
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

    /** The settings of its application. */
    public synchronized ApplicationSettings settings() {
        if (settings == null) {
            settings = ApplicationSettings.of(this);
        }
        return settings;
    }

    /** The project and its modules, which the application's team wrote. */
    public synchronized ApplicationModules modules() {
        if (modules == null) {
            modules = project.isPresent() ? ApplicationModules.of(project.get()) : ApplicationModules.NONE;
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

    /** The writes in the classes of these modules. */
    public synchronized WriteSites code() {
        if (code == null) {
            code = modules().code(mainClass(), new DeployedSpring(this), webApplication());
        }
        return code;
    }

    /** The web application, if a servlet container loads it. */
    private WebApplication webApplication() {
        return project.isPresent() && !startsItself().isYes() ? modules().webApplication() : WebApplication.NONE;
    }

    /** Whether the start command starts the application itself, and not a servlet container that loads its war. */
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

    /** The main class in the start command; most commands name a jar instead. */
    private Optional<String> mainClass() {
        for (Jvm jvm : java.jvms()) {
            for (Field argument : jvm.command().arguments()) {
                String word = argument.exact().orElse("");
                if (NAME.matcher(word).matches() && modules().hasClass(word)) {
                    return Optional.of(word);
                }
            }
        }
        return Optional.empty();
    }
}
