// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.PathFrame;
import io.github.readonlyrootfs.bytecode.path.PathValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * The beans that code registers with a Spring context that it creates without Spring Boot.
 *
 * @param classes with slashes
 * @param packages that are scanned, with dots
 */
record SpringContext(List<String> classes, List<String> packages) {

    private static final String SPRING = "org/springframework/";

    /** The class whose constructors create the beans of their arguments. */
    private static final String MAKING = SPRING + "context/annotation/AnnotationConfigApplicationContext";

    /** Calls that create the beans of a context with registered classes. */
    private static final Set<String> REFRESHING =
            Set.of("refresh", "setLoadOnStartup", SPRING + "web/context/ContextLoaderListener.<init>");

    /** The beans that a call registers; empty for other calls, or if nothing creates the beans at start. */
    static Optional<SpringContext> of(MethodNode method, MethodInsnNode call, Frame<PathValue> frame) {
        boolean constructs = call.name.equals("<init>") && MAKING.equals(call.owner);
        boolean tells = call.owner.startsWith(SPRING)
                && call.owner.endsWith("ApplicationContext")
                && (call.name.equals("register") || call.name.equals("scan"));
        if (!constructs && !(tells && isRefreshed(method))) {
            return Optional.empty();
        }
        List<PathValue> told = PathFrame.arguments(call, frame).stream()
                .flatMap(value -> value instanceof PathValue.Array array ? array.elements().stream() : Stream.of(value))
                .toList();
        List<String> texts =
                told.stream().flatMap(value -> value.path().known().stream()).toList();
        return Optional.of(new SpringContext(
                told.stream()
                        .filter(PathValue.ClassLiteral.class::isInstance)
                        .map(literal -> ((PathValue.ClassLiteral) literal).name())
                        .toList(),
                texts));
    }

    private static boolean isRefreshed(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && (REFRESHING.contains(call.name) || REFRESHING.contains(call.owner + "." + call.name))) {
                return true;
            }
        }
        return false;
    }
}
