package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.logging.LogFile;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.logging.LoggingConfiguration;
import io.github.readonlyrootfs.logging.LoggingLibrary;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * The files that the configurations of logging libraries have written. An application goes on without them, with one
 * exception: Spring Boot does not start where Logback cannot open a file that a configuration file names (measured with
 * 2.7.18, 3.5.7 and 4.0.0; Log4j 2.24.3 under it goes on).
 */
final class LoggingFinder implements NeedFinder {

    @Override
    public String name() {
        return "logging";
    }

    @Override
    public void find(ContainerContext container, Found found) {
        if (container.project().isEmpty()) {
            return;
        }
        ApplicationLogging logging = new ApplicationLogging(
                container,
                ApplicationSettings.of(container),
                container.project().get().dependencies().get());
        for (LoggingConfiguration configuration : logging.configurations()) {
            boolean strict = configuration.library() == LoggingLibrary.LOGBACK && logging.isSpringBoot();
            configuration.files().files().forEach(file -> write(configuration.library(), file, strict, container, found));
            configuration.files().problems().forEach(problem -> gap(configuration.library(), problem, found));
        }
    }

    private static void write(
            LoggingLibrary library, LogFile file, boolean strict, ContainerContext container, Found found) {
        boolean fatal = strict && file.moment() == Moment.START;
        String says = fatal
                ? "Spring Boot does not start where Logback cannot open its file"
                : file.moment() == Moment.START
                        ? library.title() + " logs there, and goes on without"
                        : library.title() + "'s files roll over to there";
        String doubt = file.condition().map(it -> "; it counts only if " + it).orElse("");
        WrittenPath path = new WrittenPath(file.path(), library.createsDirectories(), file.location());
        Value<ContainerPath> place = path.file(container.java().current());
        if (place.isUnknown() && !doubt.isEmpty()) {
            return;
        }
        found.write(
                place,
                "the file of " + file.writer(),
                fatal && doubt.isEmpty() ? Impact.FATAL : Impact.TOLERATED,
                library.createsDirectories(),
                found.evidence(file.writer() + " (" + says + doubt + ")", Optional.of(file.location())));
    }

    private static void gap(LoggingLibrary library, Problem problem, Found found) {
        found.unresolved(new UnresolvedNeed(
                UnresolvedNeed.Gap.WRITES,
                "the configuration of " + library.title(),
                problem.message(),
                found.evidence(library.title(), Optional.of(problem.location()))));
    }
}
