// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * The texts that the lambdas of a class capture from the methods around them. A compiler makes a method of each lambda's
 * body; what is captured comes first among its parameters.
 */
final class Captures {

    private final ClassNode owner;
    private final FieldTexts fields;

    /** Which method makes each lambda that captures something, by the name and descriptor of the lambda's own. */
    private final Map<String, MethodNode> makers = new HashMap<>();

    private final Map<String, Map<Integer, PathText>> captured = new HashMap<>();
    private final Set<MethodNode> followed = new HashSet<>();

    Captures(ClassNode owner, FieldTexts fields) {
        this.owner = owner;
        this.fields = fields;
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof InvokeDynamicInsnNode lambda && Type.getArgumentCount(lambda.desc) > 0) {
                    body(lambda).forEach(body -> makers.putIfAbsent(body, method));
                }
            }
        }
    }

    /** By local variable; empty for a method that is not the body of a lambda. */
    Map<Integer, PathText> of(MethodNode method) {
        Deque<MethodNode> around = new ArrayDeque<>();
        Optional<MethodNode> maker = maker(method);
        while (maker.isPresent() && followed.add(maker.get())) {
            around.push(maker.get());
            maker = maker(maker.get());
        }
        around.forEach(this::follow);
        return captured(method);
    }

    /** Others may call what is not the compiler's own. */
    private Optional<MethodNode> maker(MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) == 0
                ? Optional.empty()
                : Optional.ofNullable(makers.get(method.name + method.desc));
    }

    private Map<Integer, PathText> captured(MethodNode method) {
        return maker(method)
                .map(maker -> captured.getOrDefault(method.name + method.desc, Map.of()))
                .orElse(Map.of());
    }

    private void follow(MethodNode maker) {
        Frame<PathValue>[] frames = Paths.of(owner, maker, fields, captured(maker));
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] != null && maker.instructions.get(i) instanceof InvokeDynamicInsnNode lambda) {
                Map<Integer, PathText> texts = texts(lambda, frames[i]);
                body(lambda).forEach(body -> captured.put(body, texts));
            }
        }
    }

    private static Map<Integer, PathText> texts(InvokeDynamicInsnNode lambda, Frame<PathValue> frame) {
        Map<Integer, PathText> texts = new HashMap<>();
        Type[] types = Type.getArgumentTypes(lambda.desc);
        int local = 0;
        for (int i = 0; i < types.length; i++) {
            PathText text =
                    frame.getStack(frame.getStackSize() - types.length + i).path();
            if (!text.equals(PathText.UNKNOWN)) {
                texts.put(local, text);
            }
            local += types[i].getSize();
        }
        return texts;
    }

    /** The method of this class that the instruction makes an object of. */
    private Stream<String> body(InvokeDynamicInsnNode lambda) {
        return Stream.of(lambda.bsmArgs)
                .filter(argument ->
                        argument instanceof Handle handle && handle.getOwner().equals(owner.name))
                .map(Handle.class::cast)
                .map(handle -> handle.getName() + handle.getDesc());
    }
}
