// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.bytecode.WriteSite;
import io.github.readonlyrootfs.bytecode.WriteSites;
import io.github.readonlyrootfs.bytecode.path.ClassFiles.Unreadable;
import io.github.readonlyrootfs.bytecode.path.WriteCall.Effect;
import io.github.readonlyrootfs.bytecode.start.When;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.need.ApplicationModules.Module;
import io.github.readonlyrootfs.need.CodePath;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.catalogue.LibraryCatalogue;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds writes in the classes of the project and its modules. Code may never run: only code that certainly runs at start is
 * fatal, other code makes a feature fail.
 */
final class CodeFinder implements NeedFinder {

    @Override
    public String name() {
        return "code";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        if (container.application().project().isPresent()) {
            new Search(container, found).run();
        }
    }

    private static final LibraryPattern SERVERS = LibraryPattern.parse("org.springframework:spring-webmvc"
            + " | org.springframework:spring-webflux | org.glassfish.jersey.core:jersey-server");

    private static final LibraryPattern LEAVES_CONFIGURED_JOBS =
            LibraryPattern.parse("org.springframework.boot:spring-boot [3,)");

    private static final List<String> CONFIGURES_JOBS = List.of(
            "org.springframework.batch.core.configuration.annotation.EnableBatchProcessing",
            "org.springframework.batch.core.configuration.support.DefaultBatchConfiguration");

    private static final List<String> STARTS_JOBS = List.of(
            "org.springframework.batch.core.launch.JobLauncher", "org.springframework.batch.core.launch.JobOperator");

    /** The impact of output that a batch job cannot write. Without a web server, the job is all that the container is for. */
    static Impact ofJobOutput(ContainerContext container) {
        return container.application().libraries().mayHave(SERVERS) || startsNoJob(container)
                ? Impact.FEATURE
                : Impact.FATAL;
    }

    /** Spring Boot starts no job where the application configures Spring Batch itself; then only its own code can. */
    private static boolean startsNoJob(ContainerContext container) {
        WriteSites code = container.application().code();
        return container.application().libraries().has(LEAVES_CONFIGURED_JOBS)
                && CONFIGURES_JOBS.stream().anyMatch(code::mentions)
                && STARTS_JOBS.stream().noneMatch(code::mentions);
    }

    private record Search(
            ContainerContext container,
            FoundNeeds found,
            Libraries libraries,
            Set<String> told,
            Set<ContainerPath> made,
            Map<Module, Evidence> computing) {

        Search(ContainerContext container, FoundNeeds found) {
            this(
                    container,
                    found,
                    container.application().libraries(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new LinkedHashMap<>());
        }

        void run() {
            WriteSites sites = container.application().code();
            List<WriteSite> used = new ArrayList<>();
            for (WriteSite site : sites.sites()) {
                if (isKnown(module(site))) {
                    continue;
                }
                if (site.start() || module(site).own() || !site.place().method().equals("main")) {
                    used.add(site);
                }
            }
            for (WriteSite site : used) {
                addMade(site);
            }
            for (WriteSite site : used) {
                add(site);
            }
            unknownInJars();
            Optional<String> missing = container.application().modules().missingOutput();
            List<Coordinates> notBuilt = container.application().modules().notBuilt();
            if (missing.isPresent()) {
                found.gap(Gap.Kind.NOT_BUILT, "the project's code", "no classes in " + missing.get(), "the project");
            } else if (!notBuilt.isEmpty()) {
                notBuilt(notBuilt);
            }
            for (Unreadable unreadable : sites.unreadable()) {
                found.gap(Gap.Kind.WRITES, unreadable.name(), unreadable.reason(), "the project's classes");
            }
        }

        /** Whether the catalogue says of a jar what its code would say again. */
        private static boolean isKnown(Module module) {
            return module.project().isEmpty() && LibraryCatalogue.knows(module.coordinates());
        }

        private void notBuilt(List<Coordinates> modules) {
            found.gap(
                    Gap.Kind.NOT_BUILT,
                    FoundNeeds.oneOf(modules, "module", "modules"),
                    (modules.size() == 1 ? "it has" : "they have") + " no classes yet",
                    "modules of this build");
        }

        /** Jars of other builds: nobody can change here how they compute paths. */
        private void unknownInJars() {
            List<Coordinates> jars = new ArrayList<>();
            for (Module module : computing.keySet()) {
                jars.add(module.coordinates());
            }
            if (!jars.isEmpty()) {
                found.gap(new Gap(
                        Gap.Kind.WRITES,
                        FoundNeeds.oneOf(jars, "jar", "jars"),
                        "the code computes the paths",
                        Impact.FEATURE,
                        computing.values().iterator().next()));
            }
        }

        /** What the code creates need not be there; whether it can create that is asked for that call. */
        private void addMade(WriteSite site) {
            if (!site.onlyMakesDirectory()) {
                return;
            }
            Location location = location(site);
            Text path = CodePath.of(site.path(), container);
            if (!(absolute(path, location) instanceof Value.Known<ContainerPath> known)) {
                return;
            }
            ContainerPath directory = known.value();
            made.add(directory);
            while (site.createsParents() && !directory.isRoot()) {
                directory = directory.parent();
                made.add(directory);
            }
        }

        private boolean isMade(Value<ContainerPath> directory) {
            return directory instanceof Value.Known<ContainerPath> known && made.contains(known.value());
        }

        private boolean isParentMade(Value<ContainerPath> path) {
            return path instanceof Value.Known<ContainerPath> known
                    && !known.value().isRoot()
                    && made.contains(known.value().parent());
        }

        private void add(WriteSite site) {
            Location location = location(site);
            if (site.effect() == Effect.DATABASE) {
                database(site, location);
                return;
            }
            boolean route = site.effect() == Effect.ROUTE;
            Optional<Text> written = route
                    ? CamelEndpoint.directory(site.path(), container)
                    : Optional.of(CodePath.of(site.path(), container));
            if (written.isEmpty()) {
                return;
            }
            Text path = written.get();
            String when = switch (site.when()) {
                case START -> ", which runs at start";
                case PERHAPS_START -> ", which may run at start";
                case REQUEST, FILTER -> ", which every request leads to";
                case MESSAGE -> ", which every message leads to";
                case SCHEDULE -> ", which every scheduled task leads to";
                case STEP -> ", in a step of a job";
                case LATER -> "";
            };
            boolean job = site.effect() == Effect.JOB_OUTPUT;
            boolean perhaps = site.when() == When.STEP
                    ? ofJobOutput(container) == Impact.FATAL
                    : site.perhaps() && !(job && startsNoJob(container));
            Evidence evidence = evidence(site, when, location).perhaps(perhaps);
            Impact later = job ? ofJobOutput(container) : Impact.FEATURE;
            Impact impact = site.start() ? Impact.FATAL : later;
            if (path.isKnown()) {
                Value<ContainerPath> at = absolute(path, location);
                if (site.sparesMissing() && lacksDirectory(site, at)) {
                    impact = later;
                }
                if ((site.sparesExisting() && isThere(at)) || (site.effect() == Effect.CHANGE && !isThere(at))) {
                    return;
                }
                if (site.effect() == Effect.ENTRY && !isMade(at)) {
                    found.writeIn(at, path.raw(), impact, evidence);
                } else if (!(site.onlyMakesDirectory() && isDirectory(at))) {
                    boolean parents = site.effect() == Effect.ENTRY || site.createsParents() || isParentMade(at);
                    Kind kind = site.takesDirectory() ? Kind.DIRECTORY : Kind.FILE;
                    found.write(at, path.raw(), impact, parents, kind, evidence);
                }
                return;
            }
            if (site.effect() == Effect.CHANGE) {
                // What the application deletes it usually has made.
                return;
            }
            // If only the beginning is known, it is a file in that directory or deeper: what follows a directory is a
            // slash.
            Optional<String> directory = (isDirectory(absolute(Text.of(path.prefix()), location))
                            ? Optional.of(path.prefix())
                            : Text.beginningWith(path.prefix()).directory())
                    .filter(text -> !text.isEmpty() && !text.equals("/"));
            if (directory.isPresent()) {
                Value<ContainerPath> in = absolute(Text.of(directory.get()), location);
                found.write(in, directory.get(), Impact.FEATURE, true, Kind.DIRECTORY, evidence);
            } else if (!site.start()
                    && !site.perhaps()
                    && module(site).project().isEmpty()) {
                computing.putIfAbsent(module(site), evidence);
            } else if (route && !site.path().raw().startsWith("file:")) {
                endpoint(site, path, evidence);
            } else if (told.add(site.place().className() + "." + site.place().method() + " " + impact)) {
                found.gap(new Gap(
                        site.isComputed() ? Gap.Kind.COMPUTED : Gap.Kind.PLACE,
                        "the path of " + site.call() + " in " + site.place().describe(location.file()),
                        path.unknown().get(),
                        perhaps ? Impact.FATAL : impact,
                        evidence));
            }
        }

        /** An endpoint that may well be none of files. */
        private void endpoint(WriteSite site, Text uri, Evidence evidence) {
            if (libraries.mayHave(CamelEndpoint.LIBRARY)
                    && told.add(site.place().className())) {
                found.gap(Gap.place(
                        "the directory of " + site.call() + ", if it is an endpoint of files",
                        uri.unknown().get(),
                        Impact.FEATURE,
                        evidence.perhaps(false)));
            }
        }

        private void database(WriteSite site, Location location) {
            Text url = CodePath.of(site.path(), container);
            Optional<FileDatabase> database = FileDatabase.parse(url.raw())
                    .filter(it -> libraries.mayHave(it.engine().library()));
            if (database.isPresent()) {
                WrittenPath.Target target = database.get().target(container.java(), url, location);
                String says = database.get().engine().title() + " keeps a database in files there"
                        + (site.start() ? ", and opens it at start" : "");
                boolean reads = database.get()
                        .opensWithoutWriting(target.path(), container.image().files());
                Evidence evidence = evidence(site, " (" + says + ")", location)
                        .keeping(Optional.of(Keeps.DATABASE))
                        .perhaps(site.perhaps() || (reads && site.start()));
                found.write(
                        target.path(),
                        "the path in the URL that " + site.call() + " is given",
                        site.start() && !reads ? Impact.FATAL : Impact.FEATURE,
                        target.createsParents(),
                        evidence);
            }
        }

        private Value<ContainerPath> absolute(Text path, Location location) {
            return path.resolve(container.java().current(), location);
        }

        private Evidence evidence(WriteSite site, String says, Location location) {
            Module module = module(site);
            String of = module.own() ? "" : " of " + module.coordinates().artifactId();
            return found.evidence(
                    site.call() + " in " + site.place().describe(location.file()) + of + says, Optional.of(location));
        }

        private Module module(WriteSite site) {
            return container.application().modules().modules().get(site.place().module());
        }

        /** Whether the image has the directory, so that creating it does nothing. */
        private boolean isDirectory(Value<ContainerPath> path) {
            return path.known()
                    .map(at -> container.image().files().at(at))
                    .filter(TreeNode::isDirectory)
                    .isPresent();
        }

        private boolean isThere(Value<ContainerPath> path) {
            return path.known()
                    .map(at -> container.image().files().at(at))
                    .filter(TreeNode::exists)
                    .isPresent();
        }

        /** Whether neither the image has the directory that a call needs, nor the code makes it. */
        private boolean lacksDirectory(WriteSite site, Value<ContainerPath> path) {
            Value<ContainerPath> needed = site.effect() == Effect.ENTRY ? path : path.map(ContainerPath::parent);
            return !site.createsParents()
                    && !isMade(needed)
                    && needed.known()
                            .map(at -> container.image().files().at(at))
                            .filter(TreeNode::isMissing)
                            .isPresent();
        }

        private Location location(WriteSite site) {
            container.application().source(site.place()).ifPresent(found::source);
            return container.application().location(site.place());
        }
    }
}
