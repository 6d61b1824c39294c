// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.Optional;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * A call that tests whether a file or directory exists.
 *
 * @param trueWhenThere its result if it exists
 */
public record ExistenceTest(boolean trueWhenThere) {

    public static Optional<ExistenceTest> of(MethodInsnNode call) {
        return switch (call.owner + "." + call.name) {
            case "java/io/File.exists",
                    "java/io/File.isDirectory",
                    "java/nio/file/Files.exists",
                    "java/nio/file/Files.isDirectory" -> Optional.of(new ExistenceTest(true));
            case "java/nio/file/Files.notExists" -> Optional.of(new ExistenceTest(false));
            default -> Optional.empty();
        };
    }

    /** The tested path: the receiver or the first argument. */
    public static Text path(MethodInsnNode call, Frame<PathValue> frame) {
        int above = Type.getArgumentCount(call.desc) - (WriteCall.isStatic(call) ? 1 : 0);
        return PathFrame.fromTop(frame, above).path();
    }
}
