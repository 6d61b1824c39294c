// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.need.ApplicationModules;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Gap.Kind;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.catalogue.PublishedWriter;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Operation.Reason;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Jvm;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.start.StartGap;
import io.github.readonlyrootfs.start.UnknownCommand;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the gaps in what a container runs: programs whose writes neither the catalogue nor the project's code tells, and parts of
 * the start command that cannot be followed.
 */
final class ProgramFinder implements NeedFinder {

    /** More of them are not listed: the first ones say enough. */
    private static final int MAX_REASONS = 5;

    private static final String CONFIGURATION = "its configuration is not known";

    @Override
    public String name() {
        return "program";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        new Search(container, found.from(container.start())).find();
    }

    private record Search(ContainerContext container, FoundNeeds found) {

        private void find() {
            StartCommand start = container.start();
            if (start.words().isEmpty()) {
                Truth known = PublishedWriter.knowsAll(container, Optional.empty());
                if (!known.isTrue()) {
                    String image = PublicText.name(container.image().base());
                    // Without a name, it says why it has none, in parentheses.
                    String subject = image.isEmpty() || image.startsWith("(") ? "its image " + image : "image " + image;
                    String reason = known.isUnknown()
                            ? CONFIGURATION
                            : start.gaps().get(0).reason();
                    add(Kind.IMAGE, subject.strip(), reason, imageLocation());
                }
                return;
            }
            List<StartGap> gaps = start.gaps();
            for (StartGap gap : gaps.subList(0, Math.min(MAX_REASONS, gaps.size()))) {
                boolean inBase = start.unknownBase().isPresent() && gap.inBase();
                Optional<Location> first =
                        start.words().get().stream().findFirst().map(Field::where);
                add(
                        inBase ? Kind.BASE : Kind.START,
                        "the start command",
                        gap.reason(),
                        gap.location().or(() -> first));
            }
            Set<String> told = new HashSet<>();
            for (UnknownCommand unknown : start.unknownCommands()) {
                Optional<Command> command = command(unknown);
                String name = name(unknown, command);
                if (!(command.isPresent() && isKnown(command.get())) && told.add(name)) {
                    add(Kind.PROGRAM, name, reason(unknown, command), Optional.of(unknown.location()));
                }
            }
        }

        /** The command that an unknown word belongs to, if it was recorded. */
        private Optional<Command> command(UnknownCommand unknown) {
            return container.start().commands().stream()
                    .filter(command -> command.program().equals(unknown.program()))
                    .findFirst();
        }

        private void add(Kind kind, String who, String reason, Optional<Location> location) {
            Evidence evidence = found.evidence("the start command", location);
            found.gap(new Gap(kind, who, reason, Impact.FATAL, evidence));
        }

        private Optional<Location> imageLocation() {
            return container.definition().image().written().where();
        }

        /** Whether the project's code or the catalogue says what a program writes. */
        private boolean isKnown(Command command) {
            Optional<Jvm> jvm = jvm(command);
            return (jvm.isPresent() && isOfProject(jvm.get()))
                    || PublishedWriter.knowsAll(container, Optional.of(command)).isTrue();
        }

        private Optional<Jvm> jvm(Command command) {
            for (Jvm jvm : container.java().jvms()) {
                // A launcher's JVM runs in another directory than the launcher.
                if (jvm.command().words().equals(command.words())) {
                    return Optional.of(jvm);
                }
            }
            return Optional.empty();
        }

        /** Whether a JVM runs the project that is checked: that its classes are missing is a gap of its own. */
        private boolean isOfProject(Jvm jvm) {
            ApplicationModules modules = container.application().modules();
            if (container.application().project().isEmpty()
                    || container.application().project().get().packaging().equals("pom")
                    || (modules.haveNoCode() && !modules.arePages())) {
                return false;
            }
            if (!jvm.isExecutable()) {
                return true;
            }
            // Maven compiles a native executable into its output directory; any other program is not the project's.
            Optional<FileContent> file = jvm.command()
                    .programPath()
                    .flatMap(path -> container.image().files().content(path));
            return file.isPresent()
                    && (!(file.get() instanceof FileContent.Copied copied)
                            || copied.name().contains("target/"));
        }

        private String whyNotOfProject() {
            if (container.application().project().isPresent()) {
                ProjectFacts project = container.application().project().get();
                return project.others().stream()
                                .anyMatch(other -> !other.packaging().equals("pom"))
                        ? "it is unknown which module builds it: copy it from the target directory of one module,"
                                + " or run this goal in that module"
                        : "project " + project.coordinates().artifactId() + " has no classes and no sources";
            }
            return "no Maven or Gradle project that builds it was found";
        }

        private String reason(UnknownCommand unknown, Optional<Command> command) {
            Optional<Jvm> jvm = command.flatMap(this::jvm);
            if (jvm.isPresent() && !jvm.get().isExecutable()) {
                return whyNotOfProject();
            }
            if (command.isPresent()
                    && PublishedWriter.knowsAll(container, command).isUnknown()) {
                return CONFIGURATION;
            }
            boolean runsCode = unknown.reason() == Reason.CODE
                    || (command.isPresent() && PublishedWriter.isAbout(container, command.get()));
            return runsCode
                    ? "this check does not read the code that it runs"
                    : unknown.reason() == Reason.OPTION
                            ? "this check does not know what it does with " + PublicText.name(unknown.word())
                            : "this check does not know the program";
        }

        /** The program, with the file that it runs. */
        private String name(UnknownCommand unknown, Optional<Command> command) {
            if (command.isEmpty()) {
                return PublicText.name(unknown.program());
            }
            Optional<Jvm> jvm = jvm(command.get());
            List<Field> words = command.get().words();
            boolean isModule = words.size() > 2 && words.get(1).is("-m");
            Optional<Field> file = jvm.isPresent()
                    ? jvm.get().jar()
                    : unknown.reason() == Reason.CODE
                            ? words.stream().skip(isModule ? 2 : 1).findFirst()
                            : Optional.empty();
            String program = PublicText.name(words.get(0).text()) + (isModule ? " -m" : "");
            return file.filter(word -> word.known() && !word.text().startsWith("-"))
                            .isPresent()
                    ? program + " " + PublicText.name(file.get().text())
                    : program;
        }
    }
}
