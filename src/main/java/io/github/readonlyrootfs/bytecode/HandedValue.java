// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.path.PathValue;
import io.github.readonlyrootfs.partial.Text;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A value that the application's own code hands to a library.
 *
 * @param always whether its method does so whenever it runs
 */
public record HandedValue(WriteSite.CodePlace place, Text value, boolean always) {

    /** How a value is handed to a library. */
    sealed interface Way {

        /** @param name a key, or {@code org.example.Type.method()} */
        static Way parse(String name) {
            int dot = name.lastIndexOf('.');
            return name.endsWith("()")
                    ? new Argument(
                            name.substring(0, dot).replace('.', '/'),
                            name.substring(dot + 1, name.length() - "()".length()))
                    : new Key(name);
        }

        /** A word that is in each class that does so. */
        String word();

        /** Whether an instruction shows that a method may do so. */
        boolean isUsedBy(AbstractInsnNode instruction);

        /** What a call hands over; empty for another call. */
        Optional<Text> value(MethodInsnNode call, List<PathValue> arguments);
    }

    /** As the argument behind a key, of whatever call: most put it into a map or into properties. */
    private record Key(String word) implements Way {

        @Override
        public boolean isUsedBy(AbstractInsnNode instruction) {
            return instruction instanceof LdcInsnNode constant && constant.cst.equals(word);
        }

        @Override
        public Optional<Text> value(MethodInsnNode call, List<PathValue> arguments) {
            for (int i = 0; i + 1 < arguments.size(); i++) {
                if (arguments.get(i).path().equals(Text.of(word)) && !call.name.startsWith("get")) {
                    return Optional.of(arguments.get(i + 1).path());
                }
            }
            return Optional.empty();
        }
    }

    /** As the first argument of a method of a class, which has slashes. */
    private record Argument(String owner, String word) implements Way {

        @Override
        public boolean isUsedBy(AbstractInsnNode instruction) {
            return instruction instanceof MethodInsnNode call
                    && call.owner.equals(owner)
                    && call.name.equals(word)
                    && !call.desc.startsWith("()");
        }

        @Override
        public Optional<Text> value(MethodInsnNode call, List<PathValue> arguments) {
            return isUsedBy(call) ? Optional.of(arguments.get(0).path()) : Optional.empty();
        }
    }
}
