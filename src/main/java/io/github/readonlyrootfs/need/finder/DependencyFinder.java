// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.archive.UnreadableArchiveException;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.ApplicationCode;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.catalogue.LibraryCatalogue;
import io.github.readonlyrootfs.need.catalogue.LibraryEntry;
import io.github.readonlyrootfs.need.catalogue.LibraryEntry.Target;
import io.github.readonlyrootfs.need.catalogue.PathTemplate;
import io.github.readonlyrootfs.need.catalogue.PublishedWriter;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Jvm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the known writes of an application's libraries, and of the Java agents on its command line. An uncertain write is a
 * tolerated need: a note.
 */
public final class DependencyFinder implements NeedFinder {

    private final Function<ContainerContext, ApplicationCode> code;

    DependencyFinder() {
        this(ApplicationCode::of);
    }

    /** @param code the code of a container's application */
    public DependencyFinder(Function<ContainerContext, ApplicationCode> code) {
        this.code = code;
    }

    @Override
    public String name() {
        return "dependencies";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        Search search = new Search(
                new Application(container, container.application().settings(), code.apply(container)), found);
        search.agents();
        if (container.application().project().isPresent()) {
            search.project(container.application().project().get());
        }
        search.finish();
    }

    /** One container's. */
    private static final class Search {

        private static final String AGENT = "-javaagent:";

        /** Packagings of applications that run in a server. */
        private static final Set<String> SERVED = Set.of("war", "ear");

        private final Application application;
        private final FoundNeeds found;

        /** Uncertain needs by their alternative paths: each is reported once. */
        private final Map<List<ContainerPath>, Need> possible = new LinkedHashMap<>();

        /** What writes what for: a use of it that is less certain than another one adds nothing. */
        private final Set<String> told = new HashSet<>();

        Search(Application application, FoundNeeds found) {
            this.application = application;
            this.found = found;
        }

        void agents() {
            for (Jvm jvm : application.container().java().jvms()) {
                Answer started =
                        jvm.certain() ? Answer.YES : Answer.unknown("a condition decides whether its JVM is started");
                for (Field option : jvm.options().arguments()) {
                    if (option.known() && option.text().startsWith(AGENT)) {
                        agent(option, started);
                    }
                }
            }
        }

        private void agent(Field option, Answer started) {
            String jar = option.text().substring(AGENT.length()).split("=", 2)[0];
            String name = jar.substring(jar.lastIndexOf('/') + 1);
            for (LibraryEntry entry : LibraryCatalogue.ofAgent(name)) {
                add(
                        entry,
                        "`" + AGENT + jar + "`",
                        Optional.of(option.where()),
                        started.and(() -> entry.writes(application)));
            }
        }

        void project(ProjectFacts project) {
            Dependencies dependencies = project.dependencies().get();
            List<Dependency> packed = new ArrayList<>();
            for (Dependency dependency : dependencies.resolved()) {
                if (!dependency.optional() && isInImage(dependency)) {
                    packed.add(dependency);
                }
            }
            Libraries libraries = new Libraries(packed);
            List<Runnable> certain = new ArrayList<>();
            List<Runnable> likely = new ArrayList<>();
            List<Runnable> possible = new ArrayList<>();
            for (LibraryEntry entry : LibraryCatalogue.about(libraries, application.packaging())) {
                Optional<LibraryPattern> pattern = entry.subject().library();
                Optional<Dependency> library = pattern.isPresent() ? libraries.find(pattern.get()) : Optional.empty();
                Coordinates writer = library.isPresent() ? library.get().coordinates() : project.coordinates();
                Answer answer = entry.writes(application);
                (answer.isYes() ? certain : isPerhaps(entry, answer) ? likely : possible)
                        .add(() -> add(entry, "`" + writer + "`", Optional.empty(), answer));
            }
            Stream.of(certain, likely, possible).flatMap(List::stream).forEach(Runnable::run);
            for (Dependency library : packed) {
                if (!LibraryCatalogue.knows(library.coordinates())) {
                    unknown(library);
                }
            }
            unresolved(dependencies);
            server(project);
        }

        /** A war or ear runs in a server, which writes too. */
        private void server(ProjectFacts project) {
            boolean served = SERVED.contains(application.packaging());
            if (served
                    && !application.container().application().startsItself().isYes()
                    && application
                            .container()
                            .application()
                            .property("catalina.base")
                            .known()
                            .isEmpty()
                    && !PublishedWriter.servesIn(application.container())) {
                String writer = "`" + project.coordinates() + "`";
                String packaging = application.packaging().toUpperCase(Locale.ROOT);
                found.gap(Gap.Kind.WRITES, writer, "which server runs its " + packaging + " is not known", writer);
            }
        }

        /** Whether a library is in the image; a war that starts with {@code java -jar} also contains provided libraries. */
        private boolean isInImage(Dependency dependency) {
            boolean providesItself = dependency.scope().equals("provided")
                    && application.packaging().equals("war")
                    && application.container().application().startsItself().isYes();
            return dependency.isAtRunTime() || providesItself;
        }

        private void add(LibraryEntry entry, String writer, Optional<Location> location, Answer answer) {
            if (answer.isNo()) {
                return;
            }
            Target target = entry.target(application);
            String clause = entry.fact().explanation().why().replace("{where}", target.place());
            String assumption = target.ofJvm() ? application.container().java().assumption() : "";
            String doubt = answer.doubt().isPresent() ? "; " + answer.doubt().get() : "";
            Evidence evidence = found.evidence(writer + " (" + clause + assumption + doubt + ")", location)
                    .keeping(entry.fact().explanation().keeps());
            Impact impact = entry.impact(application);
            boolean perhaps = isPerhaps(entry, answer);
            if (!told.add(writer + entry.fact().explanation().why()) && !answer.isYes()) {
                return;
            }
            if (target.doubt().isPresent()) {
                if (answer.isYes() || perhaps) {
                    found.gap(Gap.place(target.words(), target.doubt().get(), impact, evidence));
                }
            } else if (answer.isYes() || perhaps) {
                found.add(need(entry, target, perhaps ? Impact.FEATURE : impact, evidence.perhaps(perhaps)));
            } else {
                maybe(need(entry, target, Impact.TOLERATED, evidence));
            }
        }

        /** Whether the application may not start without a write, of which it is unknown whether it happens. */
        private boolean isPerhaps(LibraryEntry entry, Answer answer) {
            return !answer.isYes() && entry.isCertainlyUsed(application) && entry.impact(application) == Impact.FATAL;
        }

        private static Need need(LibraryEntry entry, Target target, Impact impact, Evidence why) {
            Need need = new Need(
                    target.paths(),
                    impact,
                    entry.fact().executable(),
                    entry.fact().createsParents(),
                    List.of(why));
            return target.entries() && !entry.fact().createsParents() ? need.ofEntries() : need;
        }

        private void maybe(Need need) {
            Need known = possible.get(need.alternatives());
            possible.put(need.alternatives(), known == null ? need : known.with(need));
        }

        /** A library that is not in the catalogue: most that contain native code extract it when they are used. */
        private void unknown(Dependency library) {
            String writer = "`" + library.coordinates() + "`";
            try {
                if (!library.nativeLibraries().isEmpty()
                        && PathTemplate.parse("{tmpdir}").in(application)
                                instanceof Value.Known<ContainerPath> tmpdir) {
                    Evidence evidence = found.evidence(
                            writer
                                    + " (it contains native libraries for Linux, and may unpack them below java.io.tmpdir"
                                    + " when they are first used)",
                            Optional.empty());
                    maybe(new Need(List.of(tmpdir.value()), Impact.TOLERATED, true, false, List.of(evidence))
                            .ofEntries());
                }
            } catch (UnreadableArchiveException e) {
                found.gap(Gap.Kind.LIBRARY, writer, "its jar cannot be read (" + e.getMessage() + ")", writer);
            }
        }

        private void unresolved(Dependencies dependencies) {
            List<String> libraries = dependencies.unresolved();
            if (libraries.isEmpty()) {
                return;
            }
            String writer = FoundNeeds.oneOf(libraries, "dependency", "dependencies");
            boolean one = libraries.size() == 1;
            if (dependencies.manifest().isPresent()) {
                String reason =
                        dependencies.manifest().get() + " does not say what " + (one ? "it brings" : "they bring");
                found.gap(Gap.Kind.WRITES, writer, reason, writer);
            } else {
                found.gap(Gap.Kind.LIBRARY, writer, "the build could not resolve " + (one ? "it" : "them"), writer);
            }
        }

        void finish() {
            for (Need need : possible.values()) {
                found.add(need);
            }
        }
    }
}
