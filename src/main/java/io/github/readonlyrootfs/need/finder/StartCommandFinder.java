// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.OwnerChange;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Advice;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.need.catalogue.CommandOptions;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Redirection;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.start.Write;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the files that a container's command, its health check and its environment name for writing: files that a shell or a
 * program creates, and pid files, sockets and logs in options; not files that are only read.
 */
final class StartCommandFinder implements NeedFinder {

    /** The names of directories in which servers look for applications. */
    private static final Set<String> DEPLOYMENTS = Set.of("webapps", "deployments", "autodeploy", "dropins");

    private static final Advice AS_ROOT =
            new Advice("run it as root with the capability CHOWN, or do without the chown", true);

    @Override
    public String name() {
        return "start-command";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        FoundNeeds started = found.from(container.start());
        find(container, container.start(), "", started);
        find(container, container.healthCheck(), "the health check's ", started);
        for (CommandOptions.Setting setting : CommandOptions.variables(container.environment())) {
            add(
                    started,
                    setting,
                    setting.value().resolve(container.directories().workdir()),
                    setting.impact(),
                    setting.option() + " names the " + setting.what());
        }
    }

    private static void find(ContainerContext container, StartCommand run, String whose, FoundNeeds found) {
        List<String> temporary = temporaryDirectories(run);
        for (Redirection redirection : run.redirections()) {
            boolean unimportant = redirection.asked() && !redirection.stops();
            if (unimportant || liesIn(temporary, redirection.target())) {
                continue;
            }
            FoundNeeds own = found.by(redirection.writer());
            Impact impact = impact(redirection.certain(), redirection.stops());
            String words = redirection.asked() ? "script stops unless it is writable" : "shell sends output there";
            Evidence evidence = found.evidence(
                            (whose.isEmpty() ? "the " : whose) + words,
                            Optional.of(redirection.target().where()))
                    .perhaps(!redirection.certain() && whose.isEmpty());
            if (redirection.path() instanceof Value.Known<ContainerPath> known) {
                Need need = new Need(
                        alternatives(known.value(), redirection.instead()), impact, false, false, List.of(evidence));
                own.add(
                        redirection.inside()
                                ? need.ofEntries()
                                : need.of(redirection.asked() ? Kind.EITHER : Kind.FILE));
            } else {
                String what = redirection.asked() ? "a path that must be writable" : "the file that output is sent to";
                own.write(redirection.path(), what, hidden(impact, evidence), evidence);
            }
        }
        for (Command command : run.commands()) {
            FoundNeeds own = found.by(command.writer());
            for (CommandOptions.Setting setting : CommandOptions.of(command)) {
                add(
                        own,
                        setting,
                        command.path(setting.value()),
                        setting.impact().of(command),
                        setting.option() + " names the " + setting.what() + " of " + whose + command.program());
            }
            for (Write write : command.writes()) {
                Impact impact = impact(command.certain(), command.stopsWithout(write.path()) || deploys(write));
                if (write.mayExist()) {
                    impact = impact == Impact.FATAL ? Impact.FEATURE : Impact.TOLERATED;
                }
                Evidence evidence = found.evidence(
                                whose + command.program() + " writes it"
                                        + (write.mayExist() ? ", unless the image has it" : ""),
                                Optional.of(command.place(write.operand())))
                        .perhaps(!command.certain() && whose.isEmpty());
                if (liesIn(temporary, write.operand())) {
                    continue;
                }
                if (write.path() instanceof Value.Known<ContainerPath> known) {
                    boolean isRefused = impact == Impact.FATAL && isRefusedOwner(container, command);
                    Need need = new Need(
                                    alternatives(known.value(), command.instead()),
                                    impact,
                                    false,
                                    write.createsParents(),
                                    List.of(evidence))
                            .advising(isRefused ? Optional.of(AS_ROOT) : advice(command, write))
                            .of(isRefused ? Kind.REFUSED_OWNER : kind(command, write, known.value()));
                    own.add(write.inside() && !write.createsParents() && !isRefused ? need.ofEntries() : need);
                } else {
                    own.write(
                            write.path(),
                            "a path that " + command.program() + " writes",
                            hidden(impact, evidence),
                            write.createsParents(),
                            evidence);
                }
            }
        }
        for (SourceFile script : run.scripts()) {
            found.source(script);
        }
    }

    /** Whether a chown names another user, and who runs it is not root, or is root without the capability. */
    private static boolean isRefusedOwner(ContainerContext container, Command command) {
        Optional<String> user = container.user(command.writer());
        if (!command.program().equals("chown") || user.isEmpty()) {
            return false;
        }
        Options options = Options.of("chown", command.arguments());
        if (options.has("from", "reference") || options.operands().isEmpty()) {
            return false;
        }
        Accounts accounts = container.image().accounts();
        UnixId own = new UserSpec(user.get()).identity(accounts).user();
        boolean gives = OwnerChange.parse(options.operands().get(0), accounts)
                .filter(change ->
                        change.setsUser() && UnixId.same(change.user(), own).isFalse())
                .isPresent();
        ContainerDefinition definition = container.definition();
        return gives
                && (UnixId.same(own, UnixId.ROOT).isFalse()
                        || (!definition.process().privileged().known().orElse(false)
                                && !definition.linuxParameters().leaves("CHOWN")));
    }

    /** A health check wants an answer, not a file. */
    private static Optional<Advice> advice(Command command, Write write) {
        return command.program().equals("wget") && write.goesToWorkingDirectory()
                ? Optional.of(new Advice(
                        "add `-O /dev/null`, or `--spider`: without either, wget saves the response to a file", true))
                : Optional.empty();
    }

    /** What is not itself named, such as the directory in which a file is replaced, is a directory. */
    private static Kind kind(Command command, Write write, ContainerPath path) {
        boolean named =
                command.path(write.operand()).known().filter(path::equals).isPresent();
        return switch (write.effect().kind()) {
            case MAKES -> write.createsParents() ? Kind.DIRECTORY : Kind.FILE;
            case FILLS -> Kind.DIRECTORY;
            default -> named ? Kind.FILE : Kind.DIRECTORY;
        };
    }

    private static List<ContainerPath> alternatives(ContainerPath path, List<ContainerPath> instead) {
        List<ContainerPath> all = new ArrayList<>(List.of(path));
        for (ContainerPath other : instead) {
            if (!all.contains(other)) {
                all.add(other);
            }
        }
        return all;
    }

    /** Whether a write deploys the application to a server: without it the start continues, but in vain. */
    private static boolean deploys(Write write) {
        return write.operand().suffix().endsWith(".war")
                && write.path()
                        .known()
                        .map(path -> write.inside() ? path : path.parent())
                        .filter(directory -> DEPLOYMENTS.contains(directory.name()))
                        .isPresent();
    }

    /** The directories in which mktemp creates files; mktemp itself needs them. */
    private static List<String> temporaryDirectories(StartCommand run) {
        List<String> directories = new ArrayList<>();
        for (Command command : run.commands()) {
            if (command.program().equals("mktemp")) {
                for (Write write : command.writes()) {
                    if (write.path() instanceof Value.Known<ContainerPath> known) {
                        directories.add(known.value() + "/");
                    }
                }
            }
        }
        return directories;
    }

    /** Whether an incomplete path is a file in one of these directories. */
    private static boolean liesIn(List<String> directories, Field path) {
        return !path.known() && directories.stream().anyMatch(path.text()::startsWith);
    }

    private static Impact impact(boolean certain, boolean stops) {
        return certain ? stops ? Impact.FATAL : Impact.FEATURE : Impact.TOLERATED;
    }

    /** What an unknown place could hide: the start may end without a write of which it is unknown whether it happens. */
    private static Impact hidden(Impact impact, Evidence evidence) {
        return evidence.perhaps() ? Impact.FATAL : impact;
    }

    private static void add(
            FoundNeeds found, CommandOptions.Setting setting, Value<ContainerPath> path, Impact impact, String detail) {
        found.write(
                path,
                "the " + setting.what() + " of " + setting.option(),
                impact,
                setting.createsParents(),
                setting.kind(),
                found.evidence(detail, Optional.of(setting.value().where())));
    }
}
