// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.archive.Library;
import io.github.readonlyrootfs.bytecode.WriteSite.CodePlace;
import io.github.readonlyrootfs.bytecode.start.DeploymentDescriptor;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.configuration.file.ResourcePlace;
import io.github.readonlyrootfs.configuration.file.Resources;
import io.github.readonlyrootfs.data.Catalogue;
import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The code, settings and logging configurations that the application's team wrote: the project that the image is built from,
 * and the modules among its dependencies. A module is a project of the same build, or a jar of the same groupId.
 *
 * @param modules the project first, the others in the order of the class path
 * @param notBuilt modules other than the project whose classes are not available
 * @param classPath the entries of modules and libraries, in order
 * @param unknown the jars of libraries of which no data file knows what they write
 */
public record ApplicationModules(
        List<Module> modules, List<Coordinates> notBuilt, List<ResourcePlace> classPath, List<Path> unknown) {

    /** The modules of an image that is not built from a project. */
    static final ApplicationModules NONE = new ApplicationModules(List.of(), List.of(), List.of(), List.of());

    private static final List<Wildcard> NOT_FOLLOWED =
            Wildcard.exact(DataFiles.lines(ApplicationModules.class, "libraries-not-followed.txt"));

    public ApplicationModules {
        modules = List.copyOf(modules);
        notBuilt = List.copyOf(notBuilt);
        classPath = List.copyOf(classPath);
        unknown = List.copyOf(unknown);
    }

    /**
     * A module.
     *
     * @param own whether it is the project itself
     * @param base see {@link ProjectDirectories}
     * @param project empty for a jar from another build
     */
    public record Module(
            Coordinates coordinates, ClassPathEntry entry, boolean own, Path base, Optional<ProjectFacts> project) {

        private boolean hasClass(String name) {
            if (!(entry instanceof ClassPathEntry.Directory directory)) {
                return false;
            }
            Optional<Path> file = directory.file(fileOf(name));
            return file.isPresent() && Files.isRegularFile(file.get());
        }

        private static String fileOf(String className) {
            return className.replace('.', '/') + ".class";
        }

        /** The path of a class file for display: relative to the project, with forward slashes. */
        public Optional<String> nameOfClassFile(String name) {
            return entry instanceof ClassPathEntry.Directory directory
                    ? directory.file(fileOf(name)).map(this::shown)
                    : Optional.empty();
        }

        /**
         * The source of a class, if it is in a usual directory and readable.
         *
         * @param file the source's name without directories, from the class file
         */
        public Optional<SourceFile> source(String className, String file) {
            String folder =
                    className.substring(0, className.lastIndexOf('.') + 1).replace('.', '/');
            for (Path sources :
                    project.isPresent() ? project.get().directories().codeDirectories() : List.<Path>of()) {
                Path source = sources.resolve(folder + file);
                if (Files.isRegularFile(source)) {
                    try {
                        return Optional.of(SourceFile.read(source, shown(source)));
                    } catch (UnreadableSourceException e) {
                        // The class file is shown instead; the compiler reports what is wrong with the source.
                        return Optional.empty();
                    }
                }
            }
            return Optional.empty();
        }

        private ResourcePlace resources() {
            List<Resources.Source> sources = new ArrayList<>();
            if (project.isPresent()) {
                for (ResourceDirectory source : project.get().directories().resources()) {
                    sources.add(new Resources.Source(source, shown(source.path())));
                }
            }
            String name = project.isPresent() ? shown(entry.path()) : coordinates.toString();
            return entry instanceof ClassPathEntry.Directory
                    ? ResourcePlace.of(new Resources.Directory(entry.path(), name), sources)
                    : new ResourcePlace.Archive(entry, name);
        }

        /** The path of a file in this project, or in one beside it, for display. */
        private String shown(Path path) {
            boolean related = project.isPresent() && Objects.equals(base.getRoot(), path.getRoot());
            return SourceFile.nameOf(related ? base.relativize(path) : path);
        }
    }

    static ApplicationModules of(ProjectFacts project) {
        List<Module> modules = new ArrayList<>();
        List<Coordinates> notBuilt = new ArrayList<>();
        List<ResourcePlace> classPath = new ArrayList<>();
        List<Path> unknown = new ArrayList<>();
        modules.add(moduleOf(project, true, project.directories().base()));
        classPath.add(modules.get(0).resources());
        for (Dependency dependency : project.dependencies().get().resolved()) {
            if (!dependency.isAtRunTime() || dependency.optional()) {
                continue;
            }
            Optional<Path> file = dependency.file();
            if (file.isPresent() && !Files.exists(file.get())) {
                file = Optional.empty();
            }
            Optional<Module> module = module(dependency, file, project);
            if (module.isPresent()) {
                modules.add(module.get());
                classPath.add(module.get().resources());
                if (!Files.exists(module.get().entry().path())) {
                    notBuilt.add(dependency.coordinates());
                }
            } else if (file.isPresent() && Files.isRegularFile(file.get())) {
                classPath.add(new ResourcePlace.Archive(
                        new Library(file.get()), dependency.coordinates().toString()));
                if (isUnknown(dependency.coordinates())) {
                    unknown.add(file.get());
                }
            }
        }
        return new ApplicationModules(modules, notBuilt, classPath, unknown);
    }

    private static boolean isUnknown(Coordinates library) {
        String name = library.groupId() + ":" + library.artifactId();
        return !Wildcard.any(NOT_FOLLOWED, name)
                && Catalogue.about(List.of(name)).isEmpty();
    }

    /** A dependency that the application's own team wrote. */
    private static Optional<Module> module(Dependency dependency, Optional<Path> file, ProjectFacts project) {
        Optional<ProjectFacts> sibling = sibling(dependency, project);
        if (sibling.isPresent() && Files.isDirectory(sibling.get().directories().output())) {
            return Optional.of(
                    moduleOf(sibling.get(), false, project.directories().base()));
        }
        boolean sameGroup =
                dependency.coordinates().groupId().equals(project.coordinates().groupId());
        if (file.isPresent() && (sibling.isPresent() || sameGroup)) {
            return Optional.of(new Module(
                    dependency.coordinates(),
                    ClassPathEntry.of(file.get()),
                    false,
                    project.directories().base(),
                    Optional.empty()));
        }
        return sibling.isPresent() && sibling.get().isNotBuilt()
                ? Optional.of(
                        moduleOf(sibling.get(), false, project.directories().base()))
                : Optional.empty();
    }

    /** The project of the same build that makes a dependency. */
    private static Optional<ProjectFacts> sibling(Dependency dependency, ProjectFacts project) {
        for (ProjectFacts other : project.others()) {
            if (other.coordinates().isSameArtifact(dependency.coordinates())) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    /** @param checked whether it is the project that is checked */
    private static Module moduleOf(ProjectFacts module, boolean checked, Path base) {
        return new Module(
                module.coordinates(),
                new ClassPathEntry.Directory(module.directories().output()),
                checked,
                base,
                Optional.of(module));
    }

    /** The project's output directory, if the project was not built. */
    public Optional<String> missingOutput() {
        for (Module module : modules) {
            if (module.own()
                    && module.project().isPresent()
                    && module.project().get().isNotBuilt()) {
                return Optional.of(module.shown(module.entry().path()));
            }
        }
        return Optional.empty();
    }

    /** Whether they have no classes, and a build would make none. */
    public boolean haveNoCode() {
        for (Module module : modules) {
            if (Files.exists(module.entry().path())) {
                return false;
            }
        }
        return missingOutput().isEmpty() && notBuilt.isEmpty();
    }

    /** Whether the project is a web application of pages alone: it has no code, and no other WAR is laid over it. */
    public boolean arePages() {
        Optional<ProjectFacts> project = modules.stream().findFirst().flatMap(Module::project);
        return haveNoCode()
                && project.filter(it -> it.packaging().equals("war")
                                && it.directories().hasPage("")
                                && it.dependencies().get().resolved().stream()
                                        .flatMap(dependency -> dependency.file().stream())
                                        .noneMatch(file -> file.toString().endsWith(".war")))
                        .isPresent();
    }

    /** Whether the project itself has a class, by its name with dots. */
    boolean hasClass(String name) {
        for (Module module : modules) {
            if (module.hasClass(name)) {
                return true;
            }
        }
        return false;
    }

    /** The resources on the class path; their names for display are those of the sources. */
    public Resources resources() {
        return new Resources(classPath);
    }

    /** The source of a line of code, if it is readable. */
    Optional<SourceFile> source(CodePlace place) {
        return place.sourceFile().flatMap(file -> modules.get(place.module()).source(place.className(), file));
    }

    /** Where a line of code is: in its source, or else in its class file. */
    Optional<Location> location(CodePlace place, Optional<SourceFile> source) {
        Optional<SourceFile> file = source.filter(it -> place.line() > 0 && place.line() <= it.lineCount());
        if (file.isEmpty()) {
            return modules.get(place.module())
                    .nameOfClassFile(place.className())
                    .map(Location::of);
        }
        String text = file.get().line(place.line());
        int start = text.length() - text.stripLeading().length();
        int offset = file.get().lineStart(place.line());
        return Optional.of(file.get()
                .location(
                        offset + start,
                        offset + Math.max(start, text.stripTrailing().length())));
    }

    /** What a servlet container does at start with the web application. */
    WebApplication webApplication() {
        WebApplication web = WebApplication.NONE;
        for (Module module : modules) {
            if (module.own() && module.project().isPresent()) {
                web = module.project().get().directories().webApplication();
            }
            web = DeploymentDescriptor.with(module.entry(), !module.own(), web);
        }
        return web;
    }

    /** The classes of the modules, in the order of the class path. */
    List<ClassPathEntry> entries() {
        List<ClassPathEntry> entries = new ArrayList<>();
        for (Module module : modules) {
            entries.add(module.entry());
        }
        return entries;
    }
}
