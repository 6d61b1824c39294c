// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.CodeSetting;
import io.github.readonlyrootfs.bytecode.ProjectCode;
import io.github.readonlyrootfs.bytecode.WriteSite.CodePlace;
import io.github.readonlyrootfs.bytecode.WriteSites;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.path.PathVariables;
import io.github.readonlyrootfs.bytecode.start.SettingCall;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.configuration.Launch;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Jvm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application that a container runs: the Maven project that its image is built from, its libraries, settings and code. Anything
 * expensive is read once, when it is first needed.
 */
public final class ProjectApplication {

    private static final Pattern NAME = Pattern.compile("[\\w$]++(?:\\.[\\w$]++)*+");

    private final ContainerContext container;
    private final Optional<ProjectFacts> project;
    private final Truth runsApplication;

    /** By class. */
    private final Map<String, Optional<SourceFile>> sources = new HashMap<>();

    private @Nullable Launch launch;
    private @Nullable ApplicationSettings settings;
    private @Nullable ApplicationModules modules;
    private @Nullable Map<String, Value<String>> jettyProperties;
    private @Nullable WriteSites code;

    ProjectApplication(ContainerContext container, Optional<ProjectFacts> project) {
        this.container = container;
        this.runsApplication = runsApplication();
        this.project = runsApplication.isFalse() ? Optional.empty() : project;
    }

    /**
     * Whether it runs the application that its image is built for. Containers of the same image may run something else, as an entry
     * point or command of their own says. The image's own command is the application's, unless it certainly is no JVM.
     */
    private Truth runsApplication() {
        if (!container.java().jvms().isEmpty()) {
            return Truth.TRUE;
        }
        boolean known =
                container.start().words().filter(words -> !words.isEmpty()).isPresent()
                        && container.start().gaps().isEmpty()
                        && container.start().unknownCommands().isEmpty();
        boolean own = !container.definition().process().entryPoint().isAbsent()
                || !container.definition().process().command().isAbsent();
        return known ? Truth.FALSE : own ? Truth.UNKNOWN : Truth.TRUE;
    }

    /** What the needs of its application depend on, if it may run something else: for display, after the evidence. */
    public Optional<String> doubt() {
        return project.isPresent() && runsApplication.isUnknown()
                ? Optional.of(", if container " + container.definition().name() + " runs the application")
                : Optional.empty();
    }

    /** The Maven project that its image is built from, if the container may run it. */
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
            case "java.io.tmpdir", "user.home", "user.dir" -> launch().property(name);
            case "file.separator" ->
                new Value.Known<>("/", container.definition().metadata().nameLocation());
            case PathVariables.JAR_DIRECTORY -> jar().map(jar -> jar.parent().toString());
            default -> {
                Value<String> deployed = jettyProperties().getOrDefault(name, Value.absent());
                yield deployed.or(setByCode(name).orElseGet(() -> option(name)));
            }
        };
    }

    /** The jar that all its classes are in; Spring Boot's own loader has them in jars of that. */
    private Value<ContainerPath> jar() {
        List<Jvm> jvms = container.java().jvms();
        boolean one = jvms.size() == 1 && jvms.get(0).jar().isPresent();
        return one && startsItself().isYes() && !settings().isOn(Framework.SPRING_BOOT)
                ? jvms.get(0).command().path(jvms.get(0).jar().get())
                : new Value.Unknown<>(
                        "from which jar its classes are loaded is not known",
                        container.definition().metadata().nameLocation());
    }

    /** {@code java.io.tmpdir}. */
    public Value<ContainerPath> temporary() {
        return Text.resolve(property("java.io.tmpdir"), container.java().current());
    }

    private Optional<Value<String>> setByCode(String name) {
        List<CodeSetting> settings = code().settings().stream()
                .filter(setting -> setting.kind() == SettingCall.Kind.PROPERTY
                        && setting.key().equals(Text.of(name)))
                .toList();
        return settings.stream()
                .filter(setting -> setting.when() == CodeSetting.When.LATER)
                .findFirst()
                .map(setting -> CodeLaunch.perhaps(setting, location(setting.place())))
                .or(() -> settings.isEmpty() ? Optional.empty() : Optional.of(launch().property(name)));
    }

    private Value<String> option(String name) {
        Location location = container.definition().metadata().nameLocation();
        if (container.java().jvms().isEmpty()) {
            return new Value.Unknown<>("how the JVM is started is not known", location);
        }
        Value<String> first = container.java().jvms().get(0).options().property(name);
        for (Jvm jvm : container.java().jvms()) {
            Value<String> other = jvm.options().property(name);
            if (other.isUnknown() != first.isUnknown() || !other.known().equals(first.known())) {
                return new Value.Unknown<>("the container starts several JVMs, which differ in " + name, location);
            }
        }
        return first;
    }

    /** How its application starts. */
    synchronized Launch launch() {
        if (launch == null) {
            launch = LaunchReader.read(container);
        }
        return launch;
    }

    public synchronized ApplicationSettings settings() {
        if (settings == null) {
            settings = ApplicationSettings.of(container);
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
            jettyProperties = JettyContexts.properties(container);
        }
        return jettyProperties;
    }

    /** The writes in the classes of these modules. */
    public synchronized WriteSites code() {
        if (code == null) {
            ProjectCode all = project.isPresent() ? project.get().code() : new ProjectCode();
            code = all.sites(
                    modules().entries(),
                    modules().unknown(),
                    new Main(mainClass(), arguments()),
                    new DeployedSpring(container),
                    webApplication());
        }
        return code;
    }

    /** The source of a line of this code, if it is readable. */
    public synchronized Optional<SourceFile> source(CodePlace place) {
        return sources.computeIfAbsent(place.className(), name -> modules().source(place));
    }

    /** Where a line of this code is; the container where nothing tells it. */
    public Location location(CodePlace place) {
        return modules()
                .location(place, source(place))
                .orElse(container.definition().metadata().nameLocation());
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
        List<Jvm> jvms = container.java().jvms();
        if (jvms.isEmpty()) {
            return Answer.unknown("how the war is started is not known");
        }
        return Answer.of(jvms.stream()
                .filter(jvm -> jvm.command().program().equals("java"))
                .flatMap(jvm -> jvm.command().arguments().stream())
                .anyMatch(word ->
                        word.text().endsWith(".war") || word.text().startsWith("org.springframework.boot.loader.")));
    }

    /** The main class in the start command, or in the manifest of the jar that this names. */
    private Optional<String> mainClass() {
        List<Jvm> jvms = container.java().jvms();
        for (Jvm jvm : jvms) {
            for (Field argument : jvm.command().arguments()) {
                String word = argument.exact().orElse("");
                if (NAME.matcher(word).matches() && modules().hasClass(word)) {
                    return Optional.of(word);
                }
            }
        }
        if (project.isEmpty() || jvms.size() != 1 || jvms.get(0).jar().isEmpty()) {
            return Optional.empty();
        }
        List<String> built = project.get().code().mainClasses().stream()
                .filter(modules()::hasClass)
                .toList();
        return built.size() == 1 ? Optional.of(built.get(0)) : Optional.empty();
    }

    /** The arguments of the main method, if the command is known that starts the only JVM. */
    private Optional<List<Text>> arguments() {
        List<Jvm> jvms = container.java().jvms();
        return jvms.size() == 1
                        && jvms.get(0).command().program().equals("java")
                        && jvms.get(0).command().isKnown()
                ? Optional.of(jvms.get(0).applicationArguments().stream()
                        .map(argument -> Text.of(argument.text()))
                        .toList())
                : Optional.empty();
    }
}
