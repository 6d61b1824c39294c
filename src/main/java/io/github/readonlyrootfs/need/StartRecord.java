package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one run through a start command has met: all that it does, or what of it is left when one write is refused. */
final class StartRecord {

    static final String TOO_MANY = "it runs too many commands to follow";
    private static final int MAX_COMMANDS = 500;
    private static final int MAX_REDIRECTIONS = 500;

    /** What makes a step of two runs the same: a command, or a file that is opened, and where it stands. */
    record Step(String words, Location location) {}

    private final Map<Step, Command> commands = new LinkedHashMap<>();
    private final Map<Step, Redirection> redirections = new LinkedHashMap<>();
    private final Map<String, SourceFile> scripts = new LinkedHashMap<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private final Set<String> ownGaps = new LinkedHashSet<>();
    private final List<String> shellTexts = new ArrayList<>();
    private final Set<Step> refused;
    private Optional<Step> last = Optional.empty();
    private boolean hasRefused;
    /** The shell waits for the last command, which is in the background. */
    private boolean waits;

    private int steps;

    /** @param refused the writes that are refused; none where all of them succeed */
    StartRecord(Set<Step> refused) {
        this.refused = refused;
    }

    /** Takes note of a command; whether it is the one that fails. */
    boolean add(Command command) {
        String words =
                String.join("\0", command.words().stream().map(Argument::text).toList());
        Step step = new Step(words, command.words().get(0).location());
        steps++;
        if (refused.contains(step)) {
            hasRefused = true;
        }
        if (commands.size() >= MAX_COMMANDS && !commands.containsKey(step)) {
            gap(TOO_MANY);
            return false;
        }
        commands.merge(step, command, (one, two) -> one.certain() ? one : two);
        last = Optional.of(step);
        waits = false;
        return refused.contains(step);
    }

    /** Takes note of a file that is opened; whether it is the one that cannot be. */
    boolean add(Redirection redirection) {
        Step step =
                new Step(">" + redirection.target().text(), redirection.target().location());
        steps++;
        if (redirections.size() >= MAX_REDIRECTIONS && !redirections.containsKey(step)) {
            gap("it writes more files than are followed");
            return false;
        }
        redirections.merge(step, redirection, (one, two) -> one.certain() ? one : two);
        boolean fails = refused.contains(step);
        hasRefused |= fails;
        return fails;
    }

    /** The shell waits for what is in the background. */
    void waits() {
        waits = true;
    }

    boolean isWaitedFor() {
        return waits;
    }

    boolean hasRefused() {
        return hasRefused;
    }

    void script(SourceFile file) {
        scripts.put(file.name(), file);
    }

    void shellText(String text) {
        shellTexts.add(text);
    }

    /** Why there may be commands that are not found. */
    void gap(String reason) {
        gaps.add(reason);
        ownGaps.add(reason);
    }

    /** The same, where it is what the base image brings along that is not known. */
    void gapInBase(String reason) {
        gaps.add(reason);
    }

    /** How much there was to go through. */
    long size() {
        long length = steps;
        for (String text : shellTexts) {
            length += text.length() / 50;
        }
        return length;
    }

    /** The command that runs as long as the container does: the last one. */
    Optional<Step> main() {
        return last;
    }

    /** The step itself, and those that write what lies in its directory, above or below: they are refused together. */
    Set<Step> refusedWith(Step step, Image image) {
        List<ContainerPath> own = directories(step, image);
        Set<Step> together = new HashSet<>(Set.of(step));
        for (Step other : mainFirst()) {
            boolean near = directories(other, image).stream()
                    .anyMatch(
                            there -> own.stream().anyMatch(here -> here.isAtOrBelow(there) || there.isAtOrBelow(here)));
            if (near) {
                together.add(other);
            }
        }
        return together;
    }

    private List<ContainerPath> directories(Step step, Image image) {
        Command command = commands.get(step);
        Redirection redirection = redirections.get(step);
        List<Value<ContainerPath>> paths = new ArrayList<>();
        if (command != null) {
            FileCommands.of(command, image).forEach(write -> paths.add(write.path()));
        }
        if (redirection != null) {
            paths.add(redirection.path());
        }
        return paths.stream()
                .flatMap(path -> path.known().stream())
                .map(ContainerPath::parent)
                .filter(path -> !path.isRoot())
                .toList();
    }

    /** Whether a step has been met. */
    boolean reaches(Step step) {
        return commands.containsKey(step);
    }

    /** What certainly happens, and may be refused, the main command first. */
    List<Step> mainFirst() {
        List<Step> certain = new ArrayList<>();
        last.ifPresent(certain::add);
        redirections.forEach((step, redirection) -> {
            if (redirection.certain()) {
                certain.add(step);
            }
        });
        commands.forEach((step, command) -> {
            if (command.certain() && !last.filter(step::equals).isPresent()) {
                certain.add(step);
            }
        });
        return certain;
    }

    /**
     * All of it.
     *
     * @param words what the engine starts
     * @param ending the steps whose failure ends the container's start
     */
    StartCommand of(List<Argument> words, Set<Step> ending) {
        List<Command> all = new ArrayList<>();
        commands.forEach((step, command) -> all.add(command.stopping(command.certain() && ending.contains(step))));
        List<Redirection> files = new ArrayList<>();
        redirections.forEach((step, file) -> files.add(file.stopping(ending.contains(step))));
        return new StartCommand(
                Optional.of(words),
                all,
                files,
                List.copyOf(gaps),
                List.copyOf(ownGaps),
                shellTexts,
                List.copyOf(scripts.values()));
    }
}
