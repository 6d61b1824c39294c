// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Effect;
import io.github.readonlyrootfs.program.Effect.Trait;
import io.github.readonlyrootfs.program.Operation;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a command of a start writes: what its program's row says, where the image's files let it. */
record CommandWrites(Operation operation, Value<ContainerPath> directory, Image image) {

    /** What a command writes, in a directory. */
    static List<Write> of(Operation operation, Value<ContainerPath> directory, Image image) {
        CommandWrites reader = new CommandWrites(operation, directory, image);
        List<Write> writes = new ArrayList<>();
        for (Effect effect : operation.effects()) {
            reader.addWrite(writes, effect);
        }
        return writes;
    }

    private void addWrite(List<Write> writes, Effect effect) {
        Field operand = argument(effect.path());
        Value<ContainerPath> path = path(effect, operand);
        Optional<TreeNode> node = operand.known() ? node(path) : Optional.empty();
        switch (effect.kind()) {
            case WRITES, CHANGES, FILLS, SCRATCH -> {
                boolean absent = node.filter(TreeNode::isMissing).isPresent();
                if (!(effect.is(Trait.EXISTING) && absent) && !isKept(effect)) {
                    writes.add(
                            effect.is(Trait.UNLINKS) && isReplacedLink(path)
                                    ? inParent(effect, operand, path)
                                    : write(effect, operand, path, false));
                }
            }
            case MAKES -> {
                // It creates no directory that exists: with -p it is content, without it fails.
                if (node.filter(TreeNode::exists).isEmpty()) {
                    boolean unknown = node.filter(TreeNode::isUnknown).isPresent();
                    writes.add(write(effect, operand, path, unknown && effect.is(Trait.PARENTS)));
                }
            }
            case REPLACES -> {
                Write write = write(effect, operand, path, false);
                writes.add(write.inside() ? write : inParent(effect, operand, path));
            }
            case REMOVES -> {
                // Other files than those of the image can be removed by whatever created them.
                if (effect.is(Trait.FOUND) || node.filter(TreeNode::exists).isPresent()) {
                    writes.add(inParent(effect, operand, path));
                }
            }
            case GIVES, CODE -> {
                // They change no content that is known.
            }
        }
    }

    private static Write write(Effect effect, Field operand, Value<ContainerPath> path, boolean mayExist) {
        Optional<Field> directory = effect.is(Trait.SOMEWHERE) ? Optional.empty() : operand.directory();
        return new Write(effect, operand, path, directory.isPresent(), mayExist);
    }

    private static Write inParent(Effect effect, Field operand, Value<ContainerPath> path) {
        return new Write(effect, operand, path.map(ContainerPath::parent), false, false);
    }

    private Field argument(Field field) {
        return field.literal(operation.program().where());
    }

    /** A pattern that was not expanded may match any files, or none. */
    private Value<ContainerPath> path(Effect effect, Field operand) {
        if (effect.is(Trait.SOMEWHERE)) {
            return new Value.Unknown<>("it depends on the installation of " + operand.text(), operand.where());
        }
        if (effect.is(Trait.FOUND)) {
            return new Value.Unknown<>("it depends on what is found", operand.where());
        }
        return operand.text().matches("(?s).*[*?\\[].*")
                ? new Value.Unknown<>("it depends on what matches the pattern", operand.where())
                : operand.directory().orElse(operand).resolve(directory);
    }

    private Optional<TreeNode> node(Value<ContainerPath> path) {
        return path.known().map(known -> image.files().at(known));
    }

    /** Whether a path is a symbolic link of the image that the command replaces by something else. */
    private boolean isReplacedLink(Value<ContainerPath> path) {
        if (!(path instanceof Value.Known<ContainerPath> known)) {
            return false;
        }
        ContainerPath directory = image.files().real(known.value().parent());
        if (!image.files().at(directory.resolve(known.value().name())).isSymlink()) {
            return false;
        }
        TreeNode target = image.files().resolved(known.value());
        boolean asIs = operation.options().has("T", "no-target-directory")
                || (operation.isProgram("ln") && operation.options().has("n", "no-dereference"));
        return asIs || target.isFile() || target.isMissing();
    }

    /** Whether {@code cp -n} finds the files that it would create. */
    private boolean isKept(Effect effect) {
        Options options = operation.options();
        List<Field> operands = options.operands();
        boolean keeps =
                operation.isProgram("cp") && options.has("n", "no-clobber") && !options.has("r", "R", "a", "recursive");
        Optional<TreeNode> target = keeps ? node(path(effect, argument(effect.path()))) : Optional.empty();
        if (target.isEmpty() || !target.get().isDirectory()) {
            return target.filter(TreeNode::exists).isPresent();
        }
        for (Field source : operands.subList(0, Math.max(0, operands.size() - 1))) {
            String name = ContainerPath.of("/" + source.text()).name();
            if (!source.known() || !target.get().child(name).exists()) {
                return false;
            }
        }
        return true;
    }
}
