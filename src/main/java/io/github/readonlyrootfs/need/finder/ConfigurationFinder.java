// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration;
import io.github.readonlyrootfs.configuration.placeholder.Setting;
import io.github.readonlyrootfs.logging.LoggingConfiguration;
import io.github.readonlyrootfs.need.Application;
import io.github.readonlyrootfs.need.ApplicationCode;
import io.github.readonlyrootfs.need.ApplicationSettings;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Framework;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Gap.Kind;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.catalogue.PathTemplate;
import io.github.readonlyrootfs.need.catalogue.WriteFact.Explanation;
import io.github.readonlyrootfs.need.catalogue.WrittenSetting;
import io.github.readonlyrootfs.need.catalogue.WrittenSetting.Below;
import io.github.readonlyrootfs.need.catalogue.WrittenSetting.Names;
import io.github.readonlyrootfs.need.finder.WrittenPath.Target;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.LibraryPattern;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Answer;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Jvm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds written paths in an application's configuration: known keys, and URLs of databases in files. Settings for profiles that
 * nothing activates are tolerated needs.
 */
final class ConfigurationFinder implements NeedFinder {

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        if (container.application().project().isEmpty()) {
            return;
        }
        ApplicationSettings settings = container.application().settings();
        for (Problem problem : settings.problems()) {
            String file = problem.location().file();
            found.problem("the configuration in " + file, file, problem);
        }
        settings.configuration()
                .unfollowed()
                .ifPresent(reason -> found.gap(Kind.WRITES, "the application", reason, "its settings"));
        boolean loggingIsConfigured = false;
        for (LoggingConfiguration logging : new ApplicationLogging(container).configurations()) {
            loggingIsConfigured |= !logging.early();
        }
        Search search = new Search(container, loggingIsConfigured, found);
        search.find(settings, Optional.empty());
        // Logging configurations in other profiles are ignored here.
        for (ApplicationConfiguration.Conditional conditional :
                settings.configuration().conditional()) {
            search.find(
                    settings.with(conditional.configuration()),
                    Optional.of("only if " + conditional.condition() + " is active"));
        }
        search.ehcache();
    }

    /** One container's. */
    private static final class Search {

        /** The most pieces of evidence for one path. */
        private static final int MAX_EVIDENCE = 5;

        private static final LibraryPattern EHCACHE_2 =
                LibraryPattern.parse("net.sf.ehcache:ehcache | net.sf.ehcache:ehcache-core");
        private static final LibraryPattern EHCACHE_3 = LibraryPattern.parse("org.ehcache:ehcache");

        private final ContainerContext container;
        private final Libraries libraries;
        private final boolean loggingIsConfigured;
        private final FoundNeeds found;

        /** The number of pieces of evidence for a path with the same impact. */
        private final Map<List<Object>, Integer> evidence = new HashMap<>();

        /** Whether a setting names the configuration of Ehcache. */
        private boolean namesEhcache;

        /** The reported settings, so that a profile does not repeat those that apply without it. */
        private final Set<List<Object>> told = new HashSet<>();

        Search(ContainerContext container, boolean loggingIsConfigured, FoundNeeds found) {
            this.container = container;
            this.loggingIsConfigured = loggingIsConfigured;
            this.libraries = container.application().libraries();
            this.found = found;
        }

        void find(ApplicationSettings settings, Optional<String> doubt) {
            Application application = new Application(container, settings, ApplicationCode.of(container));
            Optional<Framework> framework = settings.framework();
            for (WrittenSetting written :
                    framework.isPresent() ? WrittenSetting.of(framework.get()) : List.<WrittenSetting>of()) {
                if (concerns(written)) {
                    for (String key : written.keys(settings)) {
                        new Written(written, key, application, doubt).find();
                    }
                }
            }
            for (String key : settings.databaseKeys()) {
                database(settings.configuration(), key, doubt);
            }
        }

        /** Whether a setting may count with these libraries. */
        private boolean concerns(WrittenSetting written) {
            Optional<LibraryPattern> library = written.library();
            if (library.isPresent() && !libraries.mayHave(library.get())) {
                return false;
            }
            for (LibraryPattern unwanted : written.without()) {
                if (libraries.has(unwanted)) {
                    return false;
                }
            }
            return !(written.whereLoggingIsNotConfigured() && loggingIsConfigured);
        }

        /** The default configuration of Ehcache 2, or the one that the project's own code reads for Ehcache 3. */
        void ehcache() {
            boolean reads = libraries.has(EHCACHE_2)
                    || (libraries.has(EHCACHE_3)
                            && container.application().code().mentions("org.ehcache.xml"));
            if (namesEhcache || !reads) {
                return;
            }
            try {
                EhcacheDirectory.atRoot(container)
                        .ifPresent(directory -> tell(
                                directory.target(),
                                directory.setting(),
                                new Explanation(EhcacheDirectory.SAYS, Optional.empty(), Optional.empty()),
                                Impact.FEATURE,
                                Optional.empty()));
            } catch (UnreadableSourceException e) {
                unread(e.problem());
            }
        }

        private void unread(Problem problem) {
            found.problem("the configuration of Ehcache", "Ehcache", problem);
        }

        private void database(ApplicationConfiguration configuration, String key, Optional<String> doubt) {
            Optional<Setting> setting = configuration.find(key);
            if (setting.isEmpty()) {
                return;
            }
            Text url = configuration.resolve(setting.get());
            Optional<FileDatabase> database = inFiles(url.raw());
            if (database.isEmpty()) {
                if (setting.get().value() instanceof Value.Unknown<String> unknown
                        && configuration.candidates(key).stream()
                                .anyMatch(value ->
                                        value.known().flatMap(this::inFiles).isPresent())) {
                    String name = "`" + setting.get().name() + "`";
                    found.gap(Gap.place(
                            "the database in " + name,
                            unknown.reason(),
                            Impact.FATAL,
                            found.evidence(name, Optional.of(setting.get().location()))));
                }
                return;
            }
            Target target =
                    database.get().target(container.java(), url, setting.get().location());
            boolean perhaps = database.get()
                    .opensWithoutWriting(target.path(), container.image().files());
            tell(
                    target,
                    setting.get(),
                    new Explanation(
                            database.get().engine().title() + " keeps a database in files there",
                            Optional.empty(),
                            Optional.of(Keeps.DATABASE)),
                    perhaps ? Impact.FEATURE : Impact.FATAL,
                    doubt,
                    perhaps);
        }

        private Optional<FileDatabase> inFiles(String url) {
            return FileDatabase.parse(url)
                    .filter(it -> libraries.mayHave(it.engine().library()));
        }

        private void tell(
                Target target, Setting setting, Explanation explanation, Impact impact, Optional<String> doubt) {
            tell(target, setting, explanation, impact, doubt, false);
        }

        /** @param perhaps see {@link Evidence#perhaps} */
        private void tell(
                Target target,
                Setting setting,
                Explanation explanation,
                Impact impact,
                Optional<String> doubt,
                boolean perhaps) {
            String says = explanation.why();
            Impact counted = doubt.isPresent() ? Impact.TOLERATED : impact;
            Object place = target.path() instanceof Value.Known<ContainerPath> known ? known.value() : setting.name();
            if (!told.add(List.of(place, setting.name(), says))) {
                return;
            }
            List<Object> same = List.of(place, counted);
            evidence.put(same, evidence.getOrDefault(same, 0) + 1);
            if (evidence.get(same) > MAX_EVIDENCE) {
                return;
            }
            Evidence reason = found.evidence(
                    "`" + setting.name() + "` (" + says + (doubt.isPresent() ? "; " + doubt.get() : "") + ")",
                    Optional.of(setting.location()));
            found.write(
                    target.path(),
                    "the path in `" + setting.name() + "`",
                    counted,
                    target.createsParents(),
                    reason.keeping(explanation.keeps()).perhaps(perhaps && doubt.isEmpty()));
        }

        /** One key that names a path. */
        private final class Written {

            private final WrittenSetting written;
            private final String key;
            private final Application application;
            private final Optional<String> doubt;

            Written(WrittenSetting written, String key, Application application, Optional<String> doubt) {
                this.written = written;
                this.key = key;
                this.application = application;
                this.doubt = doubt;
            }

            void find() {
                Optional<Setting> set = configuration().find(key);
                Optional<Setting> setting = set.isPresent() ? set : standard();
                if (setting.isEmpty()) {
                    return;
                }
                Text text = configuration().resolve(setting.get());
                String named = PathTemplate.withoutScheme(text.raw());
                Answer answer = written.isWritten(key, application);
                // An empty value counts as not set.
                if (answer.isNo() || named.isBlank()) {
                    return;
                }
                Optional<String> why = doubt.isPresent() ? doubt : answer.doubt();
                if (written.path().names() == Names.EHCACHE) {
                    ehcache(text, setting.get(), why);
                    return;
                }
                WrittenPath path = new WrittenPath(
                        text.with(named),
                        written.fact().createsParents(),
                        base(),
                        setting.get().location());
                tell(
                        target(path),
                        setting.get(),
                        written.fact().explanation(),
                        written.fact().impact(),
                        why);
            }

            private void ehcache(Text file, Setting setting, Optional<String> why) {
                namesEhcache = true;
                try {
                    if (file.isKnown()) {
                        Optional<EhcacheDirectory> directory =
                                EhcacheDirectory.named(file.raw(), setting.location(), container);
                        if (directory.isPresent()) {
                            tell(
                                    directory.get().target(),
                                    directory.get().setting(),
                                    written.fact().explanation(),
                                    written.fact().impact(),
                                    why);
                        }
                    } else {
                        unread(new Problem(
                                setting.location(),
                                "which configuration Ehcache reads is not known: "
                                        + file.unknown().orElseThrow(),
                                "declare what it writes in <writablePaths>"));
                    }
                } catch (UnreadableSourceException e) {
                    unread(e.problem());
                }
            }

            private ApplicationConfiguration configuration() {
                return application.settings().configuration();
            }

            /** The default, with the location of the setting that enables it. */
            private Optional<Setting> standard() {
                Optional<String> value = written.path().standard();
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                for (String condition : written.conditionKeys(key)) {
                    Optional<Setting> enabling = configuration().find(condition);
                    if (enabling.isPresent()) {
                        return Optional.of(new Setting(
                                key,
                                new Value.Known<>(value.get(), enabling.get().location())));
                    }
                }
                return Optional.empty();
            }

            private Target target(WrittenPath path) {
                boolean inTemporary = written.path().below() == Below.SERVER
                        && configuration().find("server.tomcat.basedir").isEmpty()
                        && path.text().known().filter(it -> !it.startsWith("/")).isPresent();
                if (inTemporary) {
                    // In the server's own directory, whose name is unknown.
                    return new Target(path.base(), true);
                }
                return switch (written.path().names()) {
                    case DIRECTORY -> path.directory();
                    case EXISTING_DIRECTORY -> path.existingDirectory();
                    case FILE -> path.file();
                    case PATTERN -> path.pattern();
                    case EHCACHE -> throw new IllegalStateException("the path is in another file");
                };
            }

            private Value<ContainerPath> base() {
                return switch (written.path().below()) {
                    case WORKDIR -> container.java().current();
                    case SERVER -> {
                        Value<String> basedir = configuration().value("server.tomcat.basedir");
                        yield basedir.isAbsent()
                                ? container.application().temporary()
                                : PathTemplate.path(basedir, application);
                    }
                    case JAR -> jarDirectory();
                };
            }

            private Value<ContainerPath> jarDirectory() {
                Location location = container.definition().metadata().nameLocation();
                for (Jvm jvm : container.java().jvms()) {
                    Optional<Field> jar = jvm.jar();
                    if (jar.isPresent()) {
                        return jvm.command().path(jar.get()).map(ContainerPath::parent);
                    }
                }
                return new Value.Unknown<>("the location of the application's jar is not known", location);
            }
        }
    }
}
