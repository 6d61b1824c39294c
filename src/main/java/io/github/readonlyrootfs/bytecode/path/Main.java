// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * How an application is started.
 *
 * @param name of the class that starts, with dots; if empty, it is the only one with a main method
 * @param arguments of its main method; empty if they are unknown
 */
public record Main(Optional<String> name, Optional<List<Text>> arguments) {

    public static final Main UNKNOWN = new Main(Optional.empty(), Optional.empty());

    /** The descriptor of main methods. */
    public static final String DESCRIPTOR = "([Ljava/lang/String;)V";

    public static boolean is(MethodNode method) {
        return method.name.equals("main")
                && method.desc.equals(DESCRIPTOR)
                && (method.access & Opcodes.ACC_STATIC) != 0;
    }
}
