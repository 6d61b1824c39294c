package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files that commands make or change because that is all they do: {@code tee}, {@code touch}, {@code mkdir}, … */
final class FileCommands {

    /**
     * A file or directory that is written.
     *
     * @param operand the word that names it
     * @param advice what to do instead of making it writable
     */
    record Write(Argument operand, Value<ContainerPath> path, boolean createsParents, Optional<String> advice) {

        Write(Argument operand, Value<ContainerPath> path, boolean createsParents) {
            this(operand, path, createsParents, Optional.empty());
        }
    }

    /** A health check wants an answer, not a file. */
    private static final String ADVICE =
            "add `-O /dev/null`, or `--spider`: without either, wget keeps what it gets in a file";

    private FileCommands() {}

    /** What a command writes; nothing where it is none of these. */
    static List<Write> of(Command command, Image image) {
        return switch (command.program()) {
            case "tee" -> all(command, operands(command, Set.of()));
            case "touch" -> all(command, operands(command, Set.of("-d", "-r", "-t")));
            case "mkdir" -> directories(command, image);
            case "chown", "chgrp", "chmod" -> all(command, withoutFirst(operands(command, Set.of())));
            case "cp", "mv", "ln", "install" -> destination(command);
            case "sed" -> inPlace(command);
            case "curl" -> has(command, "-O", "--remote-name") ? here(command, Optional.empty()) : List.of();
            case "wget" -> downloads(command) ? here(command, Optional.of(ADVICE)) : List.of();
            default -> List.of();
        };
    }

    private static List<Argument> operands(Command command, Set<String> valued) {
        List<Argument> operands = new ArrayList<>();
        List<Argument> words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if (valued.contains(text)) {
                i++;
            } else if (text.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                break;
            } else if (!text.startsWith("-") || text.equals("-")) {
                operands.add(words.get(i));
            }
        }
        return operands;
    }

    private static List<Argument> withoutFirst(List<Argument> operands) {
        return operands.isEmpty() ? operands : operands.subList(1, operands.size());
    }

    private static List<Write> all(Command command, List<Argument> operands) {
        return operands.stream()
                .filter(FileCommands::isName)
                .map(operand -> new Write(operand, command.path(operand), false))
                .toList();
    }

    /** A pattern may stand for anything, or for nothing. */
    private static boolean isName(Argument operand) {
        return operand.complete()
                && !operand.text().isEmpty()
                && !operand.text().matches(".*[*?\\[{].*");
    }

    /** A directory that exists is not made. */
    private static List<Write> directories(Command command, Image image) {
        boolean parents = has(command, "-p", "--parents");
        return operands(command, Set.of("-m", "--mode")).stream()
                .filter(FileCommands::isName)
                .map(operand -> new Write(operand, command.path(operand), parents))
                .filter(write -> write.path()
                        .known()
                        .filter(path -> image.files().at(path) instanceof FileNode.Missing)
                        .isPresent())
                .toList();
    }

    private static List<Write> destination(Command command) {
        List<Argument> operands =
                operands(command, Set.of("-m", "--mode", "-o", "--owner", "-g", "--group", "-S", "--suffix"));
        boolean directory = command.program().equals("install") && has(command, "-d", "--directory");
        boolean named = command.arguments().stream()
                .anyMatch(word -> word.text().startsWith("-t") || word.text().startsWith("--target-directory"));
        return directory || named || operands.size() < 2
                ? List.of()
                : all(command, operands.subList(operands.size() - 1, operands.size()));
    }

    /** The new text is written beside the file, which it then replaces. */
    private static List<Write> inPlace(Command command) {
        boolean inPlace =
                command.arguments().stream().anyMatch(word -> word.text().matches("-[nErsuz]*i.*|--in-place.*"));
        List<Argument> operands = operands(command, Set.of("-e", "-f", "--expression", "--file"));
        boolean script = command.arguments().stream()
                .noneMatch(word -> word.text().matches("-[a-z]*[ef]|--expression.*|--file.*"));
        return inPlace
                ? (script ? withoutFirst(operands) : operands)
                        .stream()
                                .filter(FileCommands::isName)
                                .map(operand -> new Write(operand, parent(command.path(operand)), false))
                                .toList()
                : List.of();
    }

    private static Value<ContainerPath> parent(Value<ContainerPath> path) {
        return path instanceof Value.Known<ContainerPath> known
                ? new Value.Known<>(known.value().parent(), known.location())
                : path;
    }

    private static boolean has(Command command, String letter, String name) {
        char c = letter.charAt(1);
        return command.arguments().stream()
                .map(Argument::text)
                .anyMatch(word -> word.equals(name) || (word.matches("-[A-Za-z]+") && word.indexOf(c) > 0));
    }

    /** A download goes to a file unless an option says otherwise. */
    private static boolean downloads(Command command) {
        return command.isKnown()
                && command.arguments().stream()
                        .map(Argument::text)
                        .noneMatch(word ->
                                word.matches("--spider|--output-document.*|-[A-Za-z]*O.*|--post-file.*|--help|-V")
                                        || word.startsWith("-P")
                                        || word.startsWith("--directory-prefix"))
                && command.arguments().stream().anyMatch(word -> !word.text().startsWith("-"));
    }

    /** It goes to the directory that the command runs in. */
    private static List<Write> here(Command command, Optional<String> advice) {
        return List.of(new Write(command.words().get(0), command.directory(), false, advice));
    }
}
