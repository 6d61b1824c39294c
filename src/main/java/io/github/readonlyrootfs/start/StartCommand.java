// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Shells;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.StartReader.Source;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.node.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command of a container, from the task definition or else the image, with the commands that it runs through wrappers,
 * shells and scripts.
 *
 * @param words the program and its arguments as the engine starts them; empty if they are unknown
 * @param commands the commands that run, as far as the files show, in order
 * @param redirections the files that shells open for the output of commands
 * @param application the user that it ends as
 * @param unfollowed what is not known of it
 * @param shellTexts the texts that shells execute on the way to these commands, including scripts
 * @param scripts the files of the project in which commands were found
 * @param unknownBase the base image, if it may have an ENTRYPOINT that gets these words
 */
public record StartCommand(
        Optional<List<Field>> words,
        List<Command> commands,
        List<Redirection> redirections,
        Writer application,
        Unfollowed unfollowed,
        List<String> shellTexts,
        List<SourceFile> scripts,
        Optional<String> unknownBase) {

    /** The engine does not expand the variables of an exec form. Whether a deployment tool does is unknown. */
    private static final Pattern SHELL_VARIABLE = Pattern.compile("\\$(\\w+|\\{[^{}\\n]{0,300}\\})");

    public StartCommand {
        commands = List.copyOf(commands);
        redirections = List.copyOf(redirections);
        shellTexts = List.copyOf(shellTexts);
        scripts = List.copyOf(scripts);
    }

    /**
     * What a start leaves behind.
     *
     * @param mounts what is then where something is mounted
     * @param followed whether nothing else can have happened there
     */
    public record Left(Map<ContainerPath, TreeNode> mounts, boolean followed) {}

    public static StartCommand of(StartContext context) {
        ContainerDefinition container = context.container();
        Image image = context.image();
        Optional<List<Source>> words = words(container, image);
        if (words.isPresent()) {
            return read(words.get(), Optional.empty(), context);
        }
        Optional<List<Source>> likely = likely(container, image);
        return likely.isPresent()
                ? read(likely.get(), Optional.of(image.base()), context)
                : unknown(whyUnknown(container, image));
    }

    /** What is left of a start that has ended, perhaps surely with success. */
    public static Left left(StartContext context, boolean succeeds) {
        Optional<List<Source>> words =
                words(context.container(), context.image()).or(() -> likely(context.container(), context.image()));
        try {
            return StartReader.left(words.orElse(List.of()), context, succeeds);
        } catch (RuntimeException | StackOverflowError e) {
            return new Left(context.mounts(), false);
        }
    }

    private static String whyUnknown(ContainerDefinition container, Image image) {
        Image.Config config = image.config();
        return Stream.of(
                        container.process().entryPoint(),
                        container.process().command(),
                        config.complete() ? config.entrypoint() : Value.absent(),
                        config.complete() ? config.cmd() : Value.absent())
                .flatMap(words ->
                        words instanceof Value.Unknown<?> unknown ? Stream.of(unknown.reason()) : Stream.empty())
                .findFirst()
                .orElse("the configuration of the image is unknown");
    }

    /** The words that run unless an unknown base image has an ENTRYPOINT. */
    private static Optional<List<Source>> likely(ContainerDefinition container, Image image) {
        boolean built = !container.image().filled().known().equals(Optional.of(image.base()));
        return container.process().entryPoint().isAbsent()
                ? command(container, image)
                        .filter(StartCommand::isCommand)
                        .filter(command -> built || isTool(command.get(0).argument()))
                : Optional.empty();
    }

    /** The command of the task definition's {@code healthCheck}, with the container's own user and variables. */
    public static StartCommand ofHealthCheck(StartContext context) {
        List<Source> words =
                inTask(context.container().lifecycle().healthCheck()).orElse(List.of());
        String kind = words.isEmpty() ? "" : words.get(0).argument().text();
        List<Source> command = switch (kind) {
            case "CMD" -> words.subList(1, words.size());
            case "CMD-SHELL" -> shell(words);
            default -> List.of();
        };
        return read(command, Optional.empty(), context);
    }

    private static List<Source> shell(List<Source> words) {
        Location location = words.get(0).argument().where();
        List<Source> command = new ArrayList<>();
        for (String word : List.of("/bin/sh", "-c")) {
            command.add(new Source(Field.of(word, location), Place.whole(location)));
        }
        command.addAll(words.subList(1, words.size()));
        return command;
    }

    private static StartCommand read(List<Source> words, Optional<String> unknownBase, StartContext context) {
        try {
            return StartReader.read(words, unknownBase, context);
        } catch (RuntimeException | StackOverflowError e) {
            return unknown("the plugin failed with " + e.getClass().getSimpleName() + ", which is a bug: report it");
        }
    }

    private static StartCommand unknown(String gap) {
        return new StartCommand(
                Optional.empty(),
                List.of(),
                List.of(),
                Writer.CONTAINERS_OWN,
                new Unfollowed(List.of(new StartGap(gap, false, Optional.empty())), List.of()),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** The words after the entrypoint: the task definition's command, else the image's CMD; none if unknown. */
    public static List<Field> commandWords(ContainerDefinition container, Image image) {
        return command(container, image).orElse(List.of()).stream()
                .map(Source::argument)
                .toList();
    }

    /** The first word of what the engine starts; empty if it is unknown. */
    public static Optional<Located<String>> program(ContainerDefinition container, Image image) {
        return words(container, image)
                .flatMap(words -> words.stream().findFirst())
                .filter(first -> first.argument().known())
                .map(first -> {
                    String text = first.argument().text();
                    return new Located<>(text, first.place().of(0, text.length()));
                });
    }

    private static Optional<List<Source>> words(ContainerDefinition container, Image image) {
        boolean ownEntrypoint = !container.process().entryPoint().isAbsent();
        Optional<List<Source>> entrypoint = ownEntrypoint
                ? inTask(container.process().entryPoint())
                : inImage(image.config().entrypoint(), image);
        // An entryPoint in the task definition drops the image's CMD too.
        boolean dropsCommand = container.process().command().isAbsent() && (ownEntrypoint || resetsCommand(image));
        Optional<List<Source>> command = dropsCommand ? Optional.of(List.of()) : command(container, image);
        if (entrypoint.isEmpty() || command.isEmpty()) {
            return Optional.empty();
        }
        List<Source> words = new ArrayList<>(entrypoint.get());
        words.addAll(command.get());
        return Optional.of(words);
    }

    /** The task definition's command, else the image's CMD. */
    private static Optional<List<Source>> command(ContainerDefinition container, Image image) {
        return container.process().command().isAbsent()
                ? inImage(image.config().cmd(), image)
                : inTask(container.process().command());
    }

    /** Whether words can be a command; options are for an ENTRYPOINT. */
    private static boolean isCommand(List<Source> words) {
        return !words.isEmpty() && !words.get(0).argument().text().startsWith("-");
    }

    /** Whether a word is a shell or a usual tool, which no ENTRYPOINT of a published image takes for an argument. */
    private static boolean isTool(Field word) {
        return isShell(word)
                || (word.known()
                        && Operation.of(List.of(word), Text.UNKNOWN).unknown().isEmpty());
    }

    public static boolean isShell(Field word) {
        return word.known() && Shells.isShell(word.baseName());
    }

    /** Whether an ENTRYPOINT of the Dockerfile drops the base image's CMD. */
    private static boolean resetsCommand(Image image) {
        return image.config().entrypoint().known().isPresent()
                && image.config().cmd().isAbsent();
    }

    private static Optional<List<Source>> inTask(Value<List<Located<String>>> words) {
        if (!(words instanceof Value.Known<List<Located<String>>> known)) {
            return Optional.empty();
        }
        List<Source> sources = new ArrayList<>();
        for (Located<String> word : known.value()) {
            sources.add(new Source(argument(word), place(word)));
        }
        return Optional.of(sources);
    }

    /** The parts of a string have their own locations if it is on one line without escapes. */
    private static Place place(Located<String> string) {
        Location all = string.location();
        int width = all.endColumn() - all.column();
        int quotes = width - string.value().length();
        if (all.line() != all.endLine() || (quotes != 0 && quotes != 2)) {
            return Place.whole(all);
        }
        int first = all.column() + quotes / 2;
        return (start, end) -> new Location(all.file(), all.line(), first + start, all.line(), first + end);
    }

    /** A word is known up to the first placeholder in it. */
    private static Field argument(Located<String> word) {
        // In a shell's text, a placeholder may be a variable of the shell, which is expanded later.
        String text = word.value().matches("(?s).*\\s.*")
                ? SHELL_VARIABLE.matcher(word.value()).replaceAll("")
                : word.value();
        Optional<String> placeholder = Placeholder.in(text);
        return placeholder.isEmpty()
                ? Field.of(word.value(), word.location())
                : Field.of(
                        Text.of(word.value().substring(0, word.value().indexOf(placeholder.get())))
                                .plus(Text.unknown(Placeholder.reason(placeholder.get()))),
                        word.location());
    }

    private static Optional<List<Source>> inImage(Value<List<CommandWord>> words, Image image) {
        if (!(words instanceof Value.Known<List<CommandWord>> known)) {
            // The command of an unknown base image is unknown.
            return words.isAbsent() && image.config().complete() ? Optional.of(List.of()) : Optional.empty();
        }
        List<Source> sources = new ArrayList<>();
        for (CommandWord word : known.value()) {
            sources.add(new Source(Field.of(word.text(), word.location()), word::location));
        }
        return Optional.of(sources);
    }

    /** Whether it certainly starts a JVM without expanding a variable. */
    public boolean startsJavaWithout(String variable) {
        for (Command command : commands) {
            if (!command.program().equals("java")) {
                return false;
            }
        }
        for (String text : shellTexts) {
            if (text.contains(variable)) {
                return false;
            }
        }
        return gaps().isEmpty() && !commands.isEmpty();
    }

    /** Why further commands may run; empty if these are certainly all. */
    public List<StartGap> gaps() {
        return unfollowed.gaps();
    }

    /** The commands that may write what nothing tells. */
    public List<UnknownCommand> unknownCommands() {
        return unfollowed.commands();
    }

    /** The published image whose start script the engine may start: usually the base image. */
    public String scriptImage(Image image) {
        return words.isPresent() && !words.get().isEmpty()
                ? EntrypointScripts.owner(words.get().get(0).text(), image)
                : image.base();
    }

    /**
     * Whether the engine starts a script of the published image. A script of this name whose text is known is the project's own.
     *
     * @param directory in which the engine starts it
     */
    public Truth startsScript(String name, Image image, Value<ContainerPath> directory) {
        Truth starts = Truth.FALSE;
        for (Field word : words.orElse(List.of())) {
            Optional<ContainerPath> path = word.resolve(directory).known();
            boolean own = path.isPresent() && image.files().content(path.get()).isPresent();
            if (!own) {
                starts = starts.or(word.isNamed(name));
            }
        }
        return starts;
    }
}
