// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.text.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The files that commands create or change by definition: {@code tee}, {@code touch}, {@code mkdir}, … */
public final class FileWritingCommands {

    /**
     * A file or directory that is written.
     *
     * @param operand the word that names it
     * @param inside whether the path is a directory, in which an unknown file is written
     * @param mayExist whether the image may have it, and nothing is written then
     * @param advice what to do instead of making it writable
     */
    public record Write(
            Argument operand,
            Value<ContainerPath> path,
            boolean inside,
            boolean createsParents,
            boolean mayExist,
            Optional<String> advice) {

        Write(Argument operand, Value<ContainerPath> path, boolean createsParents) {
            this(operand, path, false, createsParents, false, Optional.empty());
        }

        Write makingParents() {
            return new Write(operand, path, inside, true, mayExist, advice);
        }

        private Write unlessItExists() {
            return new Write(operand, path, inside, createsParents, true, advice);
        }
    }

    /** A health check wants an answer, not a file. */
    private static final String ADVICE =
            "add `-O /dev/null`, or `--spider`: without either, wget saves the response to a file";

    private static final ContainerPath CERTIFICATES = ContainerPath.of("/etc/ssl/certs");
    private static final ContainerPath HOST_KEYS = ContainerPath.of("/etc/ssh");

    /** Programs replace the account files by new ones beside them. */
    private static final ContainerPath ETC = ContainerPath.of("/etc");

    private final Command command;
    private final Image image;
    private final Options options;

    private FileWritingCommands(Command command, Image image) {
        this.command = command;
        this.image = image;
        this.options = Options.of(
                command.program(),
                command.arguments().stream().map(Argument::field).toList());
    }

    /** The writes of a command; none if it is not one of these commands. */
    public static List<Write> of(Command command, Image image) {
        return new FileWritingCommands(command, image).writes();
    }

    /** Whether a program that cannot write an operand writes the others nevertheless. */
    static boolean goesOn(Command command) {
        return switch (command.program()) {
            case "chown", "chgrp", "chmod", "mkdir", "rmdir", "rm", "touch", "truncate", "mkfifo", "tee", "install" ->
                true;
            default -> false;
        };
    }

    /** The owners and modes that a command changes. */
    static List<Writer.Gift> gifts(Command command, Image image) {
        FileWritingCommands files = new FileWritingCommands(command, image);
        return switch (command.program()) {
            case "chown", "chgrp", "chmod", "setfacl", "install", "cp", "rsync", "tar", "find" -> files.gifts();
            default -> List.of();
        };
    }

    private List<Writer.Gift> gifts() {
        boolean certain = command.certain() && command.isKnown();
        List<Argument> operands = operands();
        Optional<String> owner = switch (command.program()) {
            case "chown" ->
                operands.stream()
                        .filter(first -> certain && !has("reference", "from"))
                        .map(first -> first.text().replaceFirst("[:.].*", ""))
                        .filter(name -> !name.isEmpty())
                        .findFirst();
            case "install" -> options.value("o", "owner").map(Field::text).filter(name -> certain);
            default -> Optional.empty();
        };
        List<Argument> named = switch (command.program()) {
            case "chown", "chgrp", "chmod" -> has("reference") ? operands : attributed();
            default -> operands;
        };
        boolean directories = !command.program().equals("install") || has("d", "directory");
        return named.stream()
                .map(operand -> new Writer.Gift(
                        named(operand).known(), has("R", "recursive"), owner.filter(name -> directories)))
                .toList();
    }

    private List<Write> writes() {
        return switch (command.program()) {
            case "tee", "mkfifo", "mktemp" -> all(operands());
            case "touch", "truncate" -> all(has("c", "no-create") ? existing() : operands());
            case "mkdir" -> directories(has("p", "parents"));
            case "chown", "chgrp", "chmod" -> all(has("reference") ? operands() : attributed());
            case "rm", "rmdir", "unlink" -> removed(operands());
            case "find" -> deleted();
            case "cp", "ln" -> destination();
            case "rsync" -> synchronised();
            case "mv" -> moved();
            case "install" -> has("d", "directory") ? directories(true) : destination();
            case "sed" -> inPlace();
            case "dd" -> prefixed("of=");
            case "tar" -> extracted("C", "directory");
            case "unzip" -> has("l", "t", "v", "p", "Z") ? List.of() : into(options.value("d"));
            case "ssh-keygen" -> has("A") ? always(HOST_KEYS) : all(options.value("f"));
            case "openssl", "keytool" -> valued(command.program().equals("openssl") ? "-out" : "-keystore");
            case "useradd",
                    "adduser",
                    "groupadd",
                    "addgroup",
                    "usermod",
                    "groupmod",
                    "userdel",
                    "deluser",
                    "chpasswd" -> always(ETC);
            case "update-ca-certificates" -> always(CERTIFICATES);
            case "curl" -> curl();
            case "wget" -> wget();
            default -> List.of();
        };
    }

    private static Argument argument(Field field) {
        return Argument.of(field, Objects.requireNonNull(field.location()));
    }

    private boolean has(String... names) {
        return options.has(names);
    }

    private List<Argument> operands() {
        return options.operands().stream().map(FileWritingCommands::argument).toList();
    }

    private List<Argument> withoutFirst() {
        List<Argument> operands = operands();
        return operands.isEmpty() ? operands : operands.subList(1, operands.size());
    }

    /** A mode such as {@code -w} looks like an option. */
    private List<Argument> attributed() {
        boolean mode = command.program().equals("chmod")
                && command.arguments().stream().anyMatch(word -> word.text().matches("-[rwxXst]+"));
        return mode ? operands() : withoutFirst();
    }

    private List<Write> all(Optional<Field> operand) {
        return all(operand.stream().map(FileWritingCommands::argument).toList());
    }

    private List<Write> all(List<Argument> operands) {
        return operands.stream()
                .filter(operand -> !operand.is("") && !operand.is("-"))
                .map(this::write)
                .toList();
    }

    private Write write(Argument operand) {
        Optional<Argument> directory = operand.directory();
        return directory.isPresent()
                ? new Write(operand, command.path(directory.get()), true, false, false, Optional.empty())
                : new Write(operand, named(operand), false);
    }

    /** The path of an operand; a pattern that was not expanded may match any files, or none. */
    private Value<ContainerPath> named(Argument operand) {
        return operand.text().matches("(?s).*[*?\\[].*")
                ? new Value.Unknown<>("it depends on what matches the pattern", operand.location())
                : command.path(operand);
    }

    private Optional<TreeNode> node(Argument operand) {
        return named(operand).known().map(path -> image.files().at(path));
    }

    /** The writes of mkdir, which creates no directory that exists: with {@code -p} it is content, without it fails. */
    private List<Write> directories(boolean parents) {
        return operands().stream()
                .filter(operand -> node(operand).map(node -> !node.exists()).orElse(!operand.is("")))
                .map(operand -> parents ? withParents(operand) : write(operand))
                .toList();
    }

    private Write withParents(Argument operand) {
        Write write = write(operand).makingParents();
        return node(operand).filter(TreeNode::isUnknown).isPresent() ? write.unlessItExists() : write;
    }

    /** Removing a file of the image writes to its directory; other files can be removed by whatever created them. */
    private List<Write> removed(List<Argument> operands) {
        return operands.stream()
                .filter(operand -> node(operand).filter(TreeNode::exists).isPresent())
                .map(operand -> new Write(operand, named(operand).map(ContainerPath::parent), false))
                .toList();
    }

    /** {@code find -delete} with the files that it finds; with other words before them, these are unknown. */
    private List<Write> deleted() {
        List<Argument> words = command.arguments();
        boolean known = !words.isEmpty() && words.get(0).is("-delete");
        Argument program = command.words().get(0);
        Value<ContainerPath> anything = new Value.Unknown<>("it depends on what is found", program.location());
        return known
                ? removed(operands())
                : words.stream().anyMatch(word -> word.is("-delete"))
                        ? List.of(new Write(program, anything, false))
                        : List.of();
    }

    /** The operands without those that certainly do not exist. */
    private List<Argument> existing() {
        return operands().stream()
                .filter(operand -> node(operand).map(node -> !node.isMissing()).orElse(true))
                .toList();
    }

    private List<Write> destination() {
        Optional<Field> directory = options.value("t", "target-directory");
        if (directory.isPresent()) {
            return all(directory);
        }
        List<Argument> operands = operands();
        boolean makesParents = command.program().equals("install") && has("D");
        return operands.size() < 2 || isKept(operands)
                ? List.of()
                : all(operands.subList(operands.size() - 1, operands.size())).stream()
                        .map(write -> makesParents ? write.makingParents() : write)
                        .toList();
    }

    /** Whether {@code cp -n} finds the files that it would create. */
    private boolean isKept(List<Argument> operands) {
        boolean keeps = command.program().equals("cp") && has("n", "no-clobber") && !has("r", "R", "a", "recursive");
        Optional<TreeNode> target = keeps ? node(operands.get(operands.size() - 1)) : Optional.empty();
        if (target.isEmpty() || !target.get().isDirectory()) {
            return target.filter(TreeNode::exists).isPresent();
        }
        for (Argument source : operands.subList(0, operands.size() - 1)) {
            if (!source.complete() || !target.get().child(source.baseName()).exists()) {
                return false;
            }
        }
        return true;
    }

    /** The last operand of rsync, unless it is on another host. */
    private List<Write> synchronised() {
        List<Argument> operands = operands();
        boolean writes = operands.size() > 1 && !has("n", "dry-run", "list-only");
        return all(operands.subList(writes ? operands.size() - 1 : operands.size(), operands.size())).stream()
                .filter(write -> !write.operand().text().matches("[^/]*:.*"))
                .toList();
    }

    private List<Write> moved() {
        List<Argument> operands = operands();
        boolean named = options.value("t", "target-directory").isPresent();
        List<Write> writes = new ArrayList<>(
                removed(named || operands.isEmpty() ? operands : operands.subList(0, operands.size() - 1)));
        writes.addAll(destination());
        return writes;
    }

    /** The new text is written beside the file, which it then replaces. */
    private List<Write> inPlace() {
        boolean inPlace =
                command.arguments().stream().anyMatch(word -> word.text().matches("-[nErsuz]*i.*|--in-place.*"));
        boolean script = !has("e", "f", "expression", "file");
        return inPlace
                ? (script ? withoutFirst() : operands())
                        .stream()
                                .map(this::write)
                                .map(write -> write.inside()
                                        ? write
                                        : new Write(write.operand, write.path.map(ContainerPath::parent), false))
                                .toList()
                : List.of();
    }

    private List<Write> prefixed(String prefix) {
        return all(command.arguments().stream()
                .filter(word -> word.text().startsWith(prefix))
                .map(word -> word.after(prefix))
                .toList());
    }

    /** The value of an option that is a word of its own. */
    private List<Write> valued(String option) {
        List<Argument> words = command.arguments();
        List<Argument> files = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).is(option)) {
                files.add(words.get(i + 1));
            }
        }
        boolean reads = command.program().equals("keytool")
                && words.stream().anyMatch(word -> word.text().matches("-(list|exportcert|export|printcert)"));
        return reads ? List.of() : all(files);
    }

    private List<Write> extracted(String letter, String name) {
        boolean first = !command.arguments().isEmpty()
                && command.arguments().get(0).text().matches("[A-Za-z]*x[A-Za-z]*");
        return first || has("x", "extract", "get") ? into(options.value(letter, name)) : List.of();
    }

    private List<Write> into(Optional<Field> directory) {
        return directory.isPresent() ? all(directory) : here(Optional.empty());
    }

    /** What a program writes whatever its arguments are. */
    private List<Write> always(ContainerPath path) {
        Argument program = command.words().get(0);
        return List.of(new Write(program, new Value.Known<>(path, program.location()), false));
    }

    private List<Write> curl() {
        Optional<Field> directory = options.value("output-dir");
        if (has("O", "remote-name", "remote-name-all")) {
            return into(directory);
        }
        // The table of options has the file that is a word of its own.
        boolean joined =
                command.arguments().stream().anyMatch(word -> word.text().matches("-[A-Za-z#]+o(?!$).*|-[A-Za-z#]+o"));
        return joined ? all(options.value("o")) : List.of();
    }

    /** wget saves a download to a file by default. */
    private List<Write> wget() {
        Optional<Field> file = options.value("O", "output-document");
        boolean asks = has("spider", "help", "V", "version");
        if (file.isPresent()) {
            return all(file);
        }
        if (asks || options.operands().isEmpty() || !command.isKnown()) {
            return List.of();
        }
        Optional<Field> directory = options.value("P", "directory-prefix");
        return directory.isPresent() ? into(directory) : here(Optional.of(ADVICE));
    }

    /** A write to the directory in which the command runs. */
    private List<Write> here(Optional<String> advice) {
        return List.of(new Write(command.words().get(0), command.directory(), false, false, false, advice));
    }
}
