// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.logging.LogFile;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.logging.LoggingConfiguration;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.finder.WrittenPath.Target;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the files in configurations of logging libraries. An application continues without them, with one exception: Spring Boot
 * does not start if Logback cannot open a file that a configuration file names (measured with 2.7.18, 3.5.8 and 4.0.7; with Log4j
 * 2.24.3 it starts), and sometimes not if Logback cannot open a file before Spring Boot configures it.
 */
final class LoggingFinder implements NeedFinder {

    @Override
    public String name() {
        return "logging";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        if (container.application().project().isEmpty()) {
            return;
        }
        for (LoggingConfiguration configuration : new ApplicationLogging(container).configurations()) {
            Written written = new Written(configuration, container, found);
            configuration.files().files().forEach(written::write);
            configuration.files().problems().forEach(written::gap);
        }
    }

    /** The files of one configuration. */
    private record Written(
            LoggingConfiguration configuration,
            ContainerContext container,
            FoundNeeds found,
            Map<String, ContainerPath> opened) {

        Written(LoggingConfiguration configuration, ContainerContext container, FoundNeeds found) {
            this(configuration, container, found, new HashMap<>());
        }

        void write(LogFile file) {
            WrittenPath path = new WrittenPath(
                    file.path(),
                    configuration.library().createsDirectories(),
                    container.java().current(),
                    file.location());
            Target target = path.file();
            if (isBesideOpened(file, target)) {
                return;
            }
            boolean fatal = configuration.required() && file.moment() == Moment.START;
            String says = fatal
                    ? "Spring Boot does not start if Logback cannot open its file"
                    : file.moment() == Moment.START
                            ? title() + " logs there, and continues without it"
                            : title() + "'s files roll over to there";
            String early = configuration.early() ? "opened before Spring Boot configures logging; " : "";
            Optional<String> doubt = file.condition().map(it -> "; only if " + it);
            found.write(
                    target.path(),
                    "the file of " + file.writer(),
                    fatal && (doubt.isEmpty() || file.undecided()) ? Impact.FATAL : Impact.TOLERATED,
                    target.createsParents(),
                    found.evidence(
                            file.writer() + " (" + early + says + doubt.orElse("") + ")",
                            Optional.of(file.location())));
        }

        /** Whether a file is in a directory in which the same appender opened another: it needs nothing more. */
        private boolean isBesideOpened(LogFile file, Target target) {
            Optional<ContainerPath> path = target.path().known();
            if (file.moment() == Moment.START) {
                path.ifPresent(it -> opened.put(file.writer(), target.createsParents() ? it : it.parent()));
                return false;
            }
            ContainerPath directory = opened.get(file.writer());
            return directory != null && path.isPresent() && path.get().isAtOrBelow(directory);
        }

        private String title() {
            return configuration.library().title();
        }

        void gap(Problem problem) {
            found.gap(new Gap(
                    Gap.Kind.WRITES,
                    "the configuration of " + title(),
                    problem.message(),
                    configuration.required() ? Impact.FATAL : Impact.FEATURE,
                    found.evidence(title(), Optional.of(problem.location()))));
        }
    }
}
