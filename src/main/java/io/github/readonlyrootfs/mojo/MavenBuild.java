// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.pom.PomImages;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.request.GitRepository;
import io.github.readonlyrootfs.request.ProjectFiles;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.QuotedWords;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Where in a Maven build the goal runs: the directories, and the configuration as its author wrote it. */
final class MavenBuild {

    /** What only some goals know, or is for one call: of check, of fix, of explain, and of those that run containers. */
    private static final Set<String> OF_ONE_GOAL = Set.of(
            "dryRun",
            "try",
            "environment",
            "environmentFile",
            "readyLog",
            "readyPort",
            "readyAfter",
            "readyTimeout",
            "drive",
            "driveImage",
            "network",
            "maxRuns",
            "observeContainers",
            "failOn",
            "reports",
            "outputDirectory",
            "skip",
            "baseline",
            "updateBaseline",
            "write",
            "path",
            "rule",
            "fixContainers",
            "githubAnnotations",
            "format");

    private static final Set<String> SECRET = Set.of("templateValues", "buildArgs");

    private final MavenSession session;
    private final MavenProject project;
    private final MojoExecution execution;
    private final ProjectDependenciesResolver resolver;

    private ProjectFiles.@Nullable Directories directories;

    MavenBuild(
            MavenSession session, MavenProject project, MojoExecution execution, ProjectDependenciesResolver resolver) {
        this.session = session;
        this.project = project;
        this.execution = execution;
        this.resolver = resolver;
    }

    /** The directory of the pom; without a pom, the directory in which Maven was started. */
    Path directory() {
        File directory = project.getBasedir();
        return directory == null ? start() : absolute(directory);
    }

    Path start() {
        String started = session.getExecutionRootDirectory();
        return absolute(new File(started == null ? System.getProperty("user.dir") : started));
    }

    /** From the directory in which Maven was started to this one, with a slash at its end; empty where both are one. */
    String pathFromStart() {
        Path start = start();
        Path directory = directory();
        return directory.startsWith(start) && !directory.equals(start)
                ? SourceFile.nameOf(start.relativize(directory)) + "/"
                : "";
    }

    /**
     * What to print above a module's findings, where Maven was started in another directory; a goal that is called by its
     * name has its own line for each module.
     */
    Optional<String> moduleLine() {
        String path = pathFromStart();
        return path.isEmpty() || execution.getLifecyclePhase() == null
                ? Optional.empty()
                : Optional.of("in " + path.substring(0, path.length() - 1) + ":");
    }

    /** The directory that files are displayed relative to: where Maven was started, if the project is there or below. */
    Path displayedFrom() {
        Path start = start();
        Path directory = directory();
        return directory.startsWith(start) ? start : directory;
    }

    /**
     * The file that a parameter names. On the command line people name it from where they are: if there is none in the
     * project's directory, from there.
     */
    String named(String parameter, String written) {
        try {
            Path file = directory().resolve(written);
            Path typed =
                    file.startsWith(directory()) ? start().resolve(directory().relativize(file)) : file;
            boolean onCommandLine = session.getUserProperties().containsKey(KnownNames.PREFIX + parameter);
            return onCommandLine && !Files.exists(file) && Files.exists(typed) ? typed.toString() : written;
        } catch (InvalidPathException e) {
            // The search says which parameter it is.
            return written;
        }
    }

    /** The directories of this build, for the search and the names of files. Those of the modules take a look at each project. */
    ProjectFiles.Directories directories() {
        ProjectFiles.Directories known = directories;
        if (known == null) {
            known = new ProjectFiles.Directories(directory(), displayedFrom(), root(), modules());
            directories = known;
        }
        return known;
    }

    /** A file as people read it. */
    String displayed(Path file) {
        return directories().shown(file.toAbsolutePath().normalize());
    }

    /** Whether fix may edit the file of this name. */
    boolean isEditable(String name) {
        return displayedFrom().resolve(name).normalize().startsWith(repository());
    }

    /** The project's own pom; where there is none, what it would be called. */
    Location pomLocation() {
        return pom() == null ? Location.of("pom.xml") : pomLocations().pom(project);
    }

    /** The directory of the whole build: the one with {@code .mvn} where there is one, else where Maven was started. */
    Path root() {
        Path directory = directory();
        File multiModule = session.getRequest().getMultiModuleProjectDirectory();
        if (multiModule != null && directory.startsWith(absolute(multiModule))) {
            return absolute(multiModule);
        }
        return directory.startsWith(start()) ? start() : directory;
    }

    /** The directory of the Git repository that the build is in; without one, that of the whole build. */
    Path repository() {
        Path root = root();
        return GitRepository.around(root).orElse(root);
    }

    /** The directories of the projects below this one, whether or not they take part in this build. */
    List<Path> modules() {
        Path directory = directory();
        List<Path> modules = new ArrayList<>();
        for (String module : project.getModules()) {
            Path named = directory.resolve(module).normalize();
            // A module is named by its directory or by its pom.
            modules.add(named.toFile().isFile() ? named.resolveSibling("") : named);
        }
        for (MavenProject other : projectsBelow()) {
            modules.add(absolute(other.getBasedir()));
        }
        return modules;
    }

    /** The projects below this one that take part in this build. */
    private List<MavenProject> projectsBelow() {
        Path directory = directory();
        List<MavenProject> below = new ArrayList<>();
        for (MavenProject other : session.getProjects()) {
            if (other.getBasedir() != null
                    && !absolute(other.getBasedir()).equals(directory)
                    && absolute(other.getBasedir()).startsWith(directory)) {
                below.add(other);
            }
        }
        return below;
    }

    /** All projects of the build: with {@code --projects}, the others are still where their code is. */
    static List<MavenProject> projects(MavenSession session) {
        List<MavenProject> all = session.getAllProjects() == null ? session.getProjects() : session.getAllProjects();
        return all == null ? List.of() : all;
    }

    Path buildDirectory() {
        // Without a pom, Maven leaves an expression in it unresolved.
        return project.getBasedir() == null
                ? directory().resolve("target")
                : absolute(new File(project.getBuild().getDirectory()));
    }

    Optional<String> artifactId() {
        return project.getBasedir() == null ? Optional.empty() : Optional.of(project.getArtifactId());
    }

    /**
     * What Maven's resource filtering puts in the place of {@code ${name}}: the user's properties, the pom's, and what
     * the pom says of the project. Properties of this machine are not included: a check must not depend on it.
     */
    Optional<String> property(String name) {
        return property(session, project, name);
    }

    static Optional<String> property(MavenSession session, MavenProject project, String name) {
        String given = session.getUserProperties().getProperty(name);
        if (given != null) {
            return Optional.of(given);
        }
        if (project.getBasedir() == null) {
            return Optional.empty();
        }
        String own = ofProject(project, name);
        return Optional.ofNullable(own == null ? project.getProperties().getProperty(name) : own);
    }

    /** The project's properties in the pom; those of directories depend on this machine. */
    @Nullable
    private static String ofProject(MavenProject project, String name) {
        return switch (name) {
            case "project.groupId" -> project.getGroupId();
            case "project.artifactId" -> project.getArtifactId();
            case "project.version" -> project.getVersion();
            case "project.packaging" -> project.getPackaging();
            case "project.name" -> project.getName();
            case "project.description" -> project.getDescription();
            case "project.url" -> project.getUrl();
            case "project.inceptionYear" -> project.getInceptionYear();
            case "project.build.finalName" -> project.getBuild().getFinalName();
            case "project.parent.groupId" ->
                parent(project).map(Parent::getGroupId).orElse(null);
            case "project.parent.artifactId" ->
                parent(project).map(Parent::getArtifactId).orElse(null);
            case "project.parent.version" ->
                parent(project).map(Parent::getVersion).orElse(null);
            default -> null;
        };
    }

    private static Optional<Parent> parent(MavenProject project) {
        return Optional.ofNullable(project.getModel().getParent());
    }

    /**
     * What there is to know of the project; empty where there is no pom.
     *
     * @param context the directory that the Dockerfile's COPY reads from
     */
    Optional<ProjectFacts> projectFacts(Optional<Path> context) {
        return project.getBasedir() == null
                ? Optional.empty()
                : Optional.of(
                        MavenProjectFacts.of(session, project, resolver, displayedFrom(), context, pomLocations()));
    }

    /** The images that the plugins of the pom build; none where there is no pom. */
    List<PomImages.PomImage> pomImages() {
        return project.getBasedir() == null
                ? List.of()
                : PomImages.in(PomBuilds.of(project, pomLocations(), this::property));
    }

    /** Whether plugins of the projects below the root build images, as far as they take part in this build. */
    boolean modulesBuildImages() {
        if (directory().equals(root())) {
            for (MavenProject other : projectsBelow()) {
                for (PomImages.PomImage found : imagesOf(other)) {
                    if (!found.shared()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private List<PomImages.PomImage> imagesOf(MavenProject other) {
        return PomImages.in(PomBuilds.of(other, pomLocations(), name -> property(session, other, name)));
    }

    /**
     * Whether it is this project that asks for the check: its own pom declares the plugin, not one that it inherits
     * from, and none of its modules declares it for itself.
     */
    boolean asksForCheck() {
        return declaresPlugin(project) && projectsBelow().stream().noneMatch(this::declaresPlugin);
    }

    private boolean declaresPlugin(MavenProject of) {
        Model own = of.getOriginalModel();
        return own != null
                && own.getBuild() != null
                && own.getBuild().getPluginsAsMap().containsKey(pluginKey());
    }

    private String pluginKey() {
        return Plugin.constructKey(execution.getGroupId(), execution.getArtifactId());
    }

    /** What to type to run a goal of this plugin here, with the configuration of this execution. */
    String command(String goal) {
        String id = executionId();
        return command(goal, id.startsWith("default") ? "" : "@" + id) + properties();
    }

    /** What to type to run a goal of this plugin that reads nothing of the project. */
    String bareCommand(String goal) {
        return command(goal, "");
    }

    private String command(String goal, String execution) {
        String plugin = isDeclared()
                ? this.execution.getMojoDescriptor().getPluginDescriptor().getGoalPrefix()
                : this.execution.getGroupId() + ":" + this.execution.getArtifactId() + ":"
                        + this.execution.getVersion();
        boolean single = projects(session).size() < 2;
        return "mvn " + plugin + ":" + goal + execution + (single ? "" : " -pl :" + project.getArtifactId());
    }

    /** Whether the project's pom has the plugin. */
    boolean isDeclared() {
        return project.getBasedir() != null && project.getPlugin(pluginKey()) != null;
    }

    MojoExecution execution() {
        return execution;
    }

    /** The project's pom; null where there is none. */
    @Nullable
    File pom() {
        return project.getBasedir() == null ? null : project.getFile();
    }

    /** What to type to check again. */
    String checkCommand() {
        return checksWhenVerified() ? "mvn verify" : command("check");
    }

    /** Whether an execution of the pom's plugin checks. */
    boolean checksWhenVerified() {
        if (isDeclared()) {
            for (PluginExecution one : project.getPlugin(pluginKey()).getExecutions()) {
                if (one.getGoals().contains("check")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the user said on the command line, but for what is of one goal, and without values that may be secret. */
    private String properties() {
        StringBuilder properties = new StringBuilder();
        settings()
                .forEach((name, text) -> properties
                        .append(" -D")
                        .append(KnownNames.PREFIX)
                        .append(name)
                        .append('=')
                        .append(SECRET.contains(name) ? "..." : QuotedWords.forShell(text)));
        return properties.toString();
    }

    /** What the user said on the command line, by parameter, but for what is of one goal. */
    private SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>();
        session.getUserProperties().forEach((key, value) -> {
            String name = String.valueOf(key);
            if (name.startsWith(KnownNames.PREFIX)
                    && !OF_ONE_GOAL.contains(name.substring(KnownNames.PREFIX.length()))) {
                settings.put(name.substring(KnownNames.PREFIX.length()), String.valueOf(value));
            }
        });
        return settings;
    }

    /** The same without what {@link #leftOutOfPom} has. */
    SortedMap<String, String> settingsForPom() {
        SortedMap<String, String> settings = settings();
        settings.keySet().removeAll(SECRET);
        return settings;
    }

    /** The parameters that the user set on the command line to values that may be secret. */
    Set<String> leftOutOfPom() {
        Set<String> names = new TreeSet<>(settings().keySet());
        names.retainAll(SECRET);
        return names;
    }

    String executionId() {
        return execution.getExecutionId();
    }

    ReportSettings reportSettings(FailOn threshold, Set<String> rulesOff) {
        String version = execution.getMojoDescriptor().getPluginDescriptor().getVersion();
        return new ReportSettings(
                version,
                artifactId().map(this::inReactor).orElse(""),
                command("fix"),
                repositoryPrefix(),
                () -> RuleDescription.allBut(rulesOff),
                threshold::isReachedBy);
    }

    /** A module with the project that it is a part of. */
    private String inReactor(String module) {
        MavenProject top = session.getTopLevelProject();
        return top == null || top.equals(project) ? module : top.getArtifactId() + ", module " + module;
    }

    /** From the directory that holds {@code .git} to the one that names of files are relative to. */
    private String repositoryPrefix() {
        Path start = displayedFrom();
        Optional<Path> repository = GitRepository.around(start);
        return repository.isEmpty() ? "" : SourceFile.nameOf(repository.get().relativize(start));
    }

    /**
     * The execution's configuration in the effective model, elements that no parameter knows included: what Maven hands
     * a goal has lost those. Empty where nothing is configured.
     */
    Optional<Xpp3Dom> configuration() {
        String key = pluginKey();
        Plugin plugin = project.getPlugin(key);
        if (plugin == null && project.getPluginManagement() != null) {
            plugin = project.getPluginManagement().getPluginsAsMap().get(key);
        }
        if (plugin == null) {
            plugin = execution.getPlugin();
        }
        return Optional.ofNullable(configuration(plugin, executionId()));
    }

    /** What a plugin's execution is given in the effective model; what the plugin is, where it has no such execution. */
    @Nullable
    static Xpp3Dom configuration(@Nullable Plugin plugin, String executionId) {
        if (plugin == null) {
            return null;
        }
        for (PluginExecution candidate : plugin.getExecutions()) {
            if (candidate.getId().equals(executionId)) {
                // The plugin's own configuration is part of it by now.
                return (Xpp3Dom) candidate.getConfiguration();
            }
        }
        return (Xpp3Dom) plugin.getConfiguration();
    }

    /** An entry of a list in the configuration, if it is in the pom. */
    Optional<Xpp3Dom> entry(String list, int index) {
        return configuration()
                .map(written -> written.getChild(list))
                .filter(entries -> index < entries.getChildCount())
                .map(entries -> entries.getChild(index));
    }

    /** The project's places in its pom files. */
    PomLocations pomLocations() {
        return new PomLocations(displayedFrom(), root());
    }

    static Path absolute(File file) {
        return file.toPath().toAbsolutePath().normalize();
    }
}
