// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.data.SoughtText;
import io.github.readonlyrootfs.data.Wildcard;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.UnknownCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a container's application in languages other than Java's: those that the image has, or, of code that is compiled,
 * those that a stage of its build is given. Tests, tools and what others wrote are left out.
 */
public final class SourceCode {

    public static final int MAX_DEPTH = 12;

    /** A thousand files, or fewer large ones. */
    private static final long MAX_STEPS = 16_000_000;

    private static final int STEPS_OF_A_FILE = 16_000;

    /** Names of directories whose code a service does not run. */
    private static final Pattern OTHER = Pattern.compile(
            "(?i)\\..*|node_modules|vendor|venv|env|site-packages|__pycache__|__tests__|__mocks__|tests?|.*\\.tests?|specs?|e2e|cypress"
                    + "|mocks?|fixtures?|docs?|examples?|samples?|demos?|scripts?|tools?|migrations?|alembic|seed(?:er)?s?|notebooks?"
                    + "|public|static|assets|coverage|benchmarks?|storybook|infra(?:structure)?|terraform|cdk|deploy(?:ment)?|target|obj"
                    + "|android|ios|frontend|client|debug|validation|docker");

    private static final Pattern OTHER_FILE = Pattern.compile(
            "(?i).*[._-](?:test|tests|spec|mock|stories|config|d|min)\\.\\w+|test_.*|conftest\\.py|setup\\.py|(?:seed|train|migrate|debug|gulpfile"
                    + "|magefile|webpack).*");

    /** What runs code of an ecosystem. */
    private static final class Ecosystems {

        /** The ecosystem of the files with an ending. */
        static final Map<String, String> ENDINGS = new HashMap<>();

        static final Map<String, List<Wildcard>> RUNNERS = new TreeMap<>();

        static {
            for (String line : DataFiles.lines(SourceCode.class, "ecosystems.txt")) {
                String[] parts = line.split(":? ", 3);
                for (String ending : parts[1].split(",", -1)) {
                    ENDINGS.put(ending, parts[0]);
                }
                RUNNERS.put(parts[0], Wildcard.exact(List.of(parts[2].split(" ", -1))));
            }
        }
    }

    /**
     * A source.
     *
     * @param at where the image has it; empty if only its build does
     */
    public record Source(String ecosystem, SourceFile file, Optional<ContainerPath> at) {}

    /** Stands for a program of which nothing else is known. */
    private static final String COMPILED = "compiled";

    /** What a command of the start runs of an ecosystem. */
    public record Run(Command command, String ecosystem, Collection<Source> sources) {}

    private final ContainerContext container;

    /** Programs of which nothing else is known. */
    private final Set<String> unknown = new HashSet<>();

    /** Read when they are first asked for. */
    private @Nullable List<Run> runs;

    private final Set<Source> run = new LinkedHashSet<>();

    /** Whether a pattern matches in these: many conditions ask the same. */
    private final Map<String, Boolean> said = new HashMap<>();

    private SourceCode(ContainerContext container) {
        this.container = container;
    }

    static SourceCode of(ContainerContext container) {
        SourceCode code = new SourceCode(container);
        for (UnknownCommand command : container.start().unknownCommands()) {
            if (command.isOfUnknownProgram()) {
                code.unknown.add(command.program());
            }
        }
        return code;
    }

    /** What the commands of the start run. Nothing is read for a container that runs no code of these ecosystems. */
    public List<Run> runs() {
        List<Run> known = runs;
        if (known == null) {
            known = new ArrayList<>();
            List<Source> sources = null;
            for (Command command : container.start().commands()) {
                for (String ecosystem : ecosystems(command)) {
                    sources = sources == null ? sources() : sources;
                    List<Source> own = new ArrayList<>(named(command, ecosystem));
                    own.addAll(of(ecosystem, sources));
                    known.add(new Run(command, ecosystem, ImportedSources.of(own, command)));
                }
            }
            for (Run each : known) {
                run.addAll(each.sources());
            }
            runs = known;
        }
        return known;
    }

    /** Those without an ending that a command names, such as {@code bin/www}. */
    private List<Source> named(Command command, String ecosystem) {
        List<Source> named = new ArrayList<>();
        for (Field word : command.arguments()) {
            Optional<ContainerPath> path =
                    word.text().contains(".") && !word.text().startsWith("./")
                            ? Optional.empty()
                            : command.path(word).known();
            if (path.isPresent()
                    && container.image().files().resolved(path.get()).content() instanceof FileContent.Copied copied) {
                add(ecosystem, copied, path, effort(), named);
            }
        }
        return named;
    }

    private static void add(
            String ecosystem,
            FileContent.Copied file,
            Optional<ContainerPath> path,
            Effort effort,
            List<Source> sources) {
        Optional<SourceFile> text = read(file, effort);
        if (text.isPresent()) {
            sources.add(new Source(ecosystem, text.get(), path));
        }
    }

    private static List<Source> of(String ecosystem, List<Source> sources) {
        List<Source> own = new ArrayList<>();
        for (Source source : sources) {
            if (source.ecosystem().equals(ecosystem)) {
                own.add(source);
            }
        }
        return own;
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        below(ContainerPath.ROOT, container.image().files().root(), 0, effort(), sources);
        Set<String> inImage = new HashSet<>();
        for (Source source : sources) {
            inImage.add(source.ecosystem());
        }
        // Of code that is compiled, the image has only what was made of it.
        for (SourceFile source : container.codeBase().sources().get()) {
            Optional<String> ecosystem = ecosystem(source.name());
            if (ecosystem.isPresent() && !inImage.contains(ecosystem.get())) {
                sources.add(new Source(ecosystem.get(), source, Optional.empty()));
            }
        }
        return sources;
    }

    /** Whether a line matches of what the commands of the start run. */
    public boolean says(Pattern pattern) {
        runs();
        return said.computeIfAbsent(pattern.pattern(), key -> {
            SoughtText sought = SoughtText.of(pattern);
            return run.stream().anyMatch(source -> sought.isIn(source.file().text()));
        });
    }

    public boolean isRunBy(Command command, String ecosystem) {
        List<Wildcard> runners = Ecosystems.RUNNERS.getOrDefault(ecosystem, List.of());
        return Wildcard.any(runners, command.program())
                || (unknown.contains(command.program()) && Wildcard.any(runners, COMPILED));
    }

    /** The ecosystems whose code a command may run. */
    public List<String> ecosystems(Command command) {
        List<String> run = new ArrayList<>();
        for (String ecosystem : Ecosystems.RUNNERS.keySet()) {
            if (isRunBy(command, ecosystem)) {
                run.add(ecosystem);
            }
        }
        return run;
    }

    /** The limit of what is read of one container's sources. */
    public static Effort effort() {
        return new Effort(MAX_STEPS);
    }

    /** Reads a source; empty if it cannot be read, or the limit is reached. */
    public static Optional<SourceFile> read(FileContent.Copied file, Effort effort) {
        Optional<SourceFile> source = effort.isSpent() ? Optional.empty() : file.read();
        if (source.isPresent()) {
            effort.spend(STEPS_OF_A_FILE + source.get().text().length());
        }
        return source;
    }

    /** Whether a directory of this name has code that a service does not run. */
    public static boolean isOther(String directory) {
        return OTHER.matcher(directory).matches();
    }

    /** The ecosystem of a source, by the name of its file; empty for other files. */
    public static Optional<String> ecosystem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return OTHER_FILE.matcher(name).matches()
                ? Optional.empty()
                : Optional.ofNullable(Ecosystems.ENDINGS.get(name.substring(name.lastIndexOf('.') + 1)));
    }

    private static void below(ContainerPath directory, TreeNode node, int depth, Effort effort, List<Source> sources) {
        node.children().forEach((name, child) -> {
            ContainerPath path = directory.resolve("./" + name);
            if (child.isDirectory() && depth < MAX_DEPTH && !isOther(name)) {
                below(path, child, depth + 1, effort, sources);
            } else if (child.content() instanceof FileContent.Copied copied) {
                Optional<String> ecosystem = ecosystem(name);
                if (ecosystem.isPresent()) {
                    add(ecosystem.get(), copied, Optional.of(path), effort, sources);
                }
            }
        });
    }
}
