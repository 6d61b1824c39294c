// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.data.DataFiles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The methods that serve an application's requests: what each of them does is its main function. */
public final class RequestHandlers {

    private static final Set<String> ANNOTATIONS =
            Set.copyOf(DataFiles.lines(RequestHandlers.class, "request-handlers.txt"));

    private RequestHandlers() {}

    /** The methods that every handler certainly calls, and a handler that is the only one; none if nothing handles requests. */
    public static Set<Target> all(ClassFiles classes, Hierarchy hierarchy, StartUp start) {
        Iterator<Target> handlers = hierarchy
                .classes()
                .filter(header -> classes.place(header.name) >= 0)
                .flatMap(header -> header.methods.stream()
                        .filter(RequestHandlers::isHandler)
                        .map(method -> Target.of(header, method)))
                .iterator();
        Set<Target> all = handlers.hasNext() ? called(handlers.next(), classes, hierarchy, start) : Set.of();
        while (handlers.hasNext() && !all.isEmpty()) {
            all.retainAll(called(handlers.next(), classes, hierarchy, start));
        }
        return all;
    }

    private static boolean isHandler(MethodNode method) {
        return (method.access & Opcodes.ACC_ABSTRACT) == 0 && Injection.hasAny(method.visibleAnnotations, ANNOTATIONS);
    }

    private static Set<Target> called(Target handler, ClassFiles classes, Hierarchy hierarchy, StartUp start) {
        Set<Target> called = new HashSet<>();
        Deque<Target> next = new ArrayDeque<>(List.of(handler));
        while (!next.isEmpty()) {
            Target target = next.remove();
            if (called.add(target)) {
                classes.method(target).stream()
                        .flatMap(method -> Stream.of(method.instructions.toArray())
                                .filter(MethodInsnNode.class::isInstance)
                                .map(MethodInsnNode.class::cast)
                                .filter(call -> start.isCertain(method, call, List.of())))
                        .flatMap(call -> hierarchy.target(call).stream())
                        .forEach(next::add);
            }
        }
        return called;
    }
}
