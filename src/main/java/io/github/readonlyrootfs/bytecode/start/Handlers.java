// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.data.DataFiles;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The methods that an application's libraries run after its start: what each of a kind does is what the application is for. */
public final class Handlers {

    /**
     * A line of {@code handlers.txt}.
     *
     * @param type of the handler; an annotation begins with an at sign
     * @param takers the call that gets it, if only its handlers are of this kind
     */
    private record Row(When kind, String type, String method, Optional<String> takers) {

        static Row parse(String line) {
            String[] words = line.split("\\s+", -1);
            return new Row(
                    When.valueOf(words[0].toUpperCase(Locale.ROOT)),
                    words[1],
                    words.length > 2 ? words[2] : "",
                    Stream.of(words).skip(3).findFirst());
        }
    }

    private static final String ANY = "*";

    private static final List<Row> ROWS = DataFiles.lines(Handlers.class, "handlers.txt").stream()
            .map(Row::parse)
            .toList();

    private static final Map<String, When> ANNOTATIONS = ROWS.stream()
            .filter(row -> row.type.startsWith("@"))
            .collect(Collectors.toUnmodifiableMap(row -> "L" + row.type.substring(1) + ";", Row::kind));

    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final Map<When, Set<Target>> handlers = new EnumMap<>(When.class);

    private Handlers(ClassFiles classes, Hierarchy hierarchy) {
        this.classes = classes;
        this.hierarchy = hierarchy;
    }

    /** By method that every handler of a kind, or a step, certainly calls, that kind. */
    public static Map<Target, When> all(ClassFiles classes, Hierarchy hierarchy, StartUp start) {
        Handlers all = new Handlers(classes, hierarchy);
        hierarchy.classes().filter(header -> classes.place(header.name) >= 0).forEach(all::addMethods);
        all.addLambdas();
        if (all.handlers.containsKey(When.REQUEST) || all.handlers.containsKey(When.MESSAGE)) {
            all.handlers.remove(When.SCHEDULE);
        }
        Map<Target, When> kinds = new HashMap<>();
        all.handlers.forEach((kind, each) -> (kind == When.STEP ? all.anyOf(each, start) : all.common(each, start))
                .forEach(target -> kinds.putIfAbsent(target, kind)));
        return kinds;
    }

    /** Whether a library runs a method only after the start: it handles something, or Spring Boot's runners have it. */
    public static boolean isLater(ClassNode owner, MethodNode method, Hierarchy hierarchy) {
        return Injection.hasAny(method.visibleAnnotations, ANNOTATIONS.keySet())
                || StartCallbacks.isOfRunner(owner, method, hierarchy)
                || rows(owner, hierarchy).anyMatch(row -> row.method.equals(method.name));
    }

    /** Those whose method is a handler in whatever object of a class. */
    private static Stream<Row> rows(ClassNode owner, Hierarchy hierarchy) {
        return ROWS.stream().filter(row -> row.takers.isEmpty() && hierarchy.isA(owner.name, row.type));
    }

    private void add(When kind, Target target) {
        handlers.computeIfAbsent(kind, key -> new LinkedHashSet<>()).add(target);
    }

    private void addMethods(ClassNode header) {
        for (MethodNode method : header.methods) {
            if (method.visibleAnnotations != null && (method.access & Opcodes.ACC_ABSTRACT) == 0) {
                method.visibleAnnotations.stream()
                        .flatMap(annotation -> Stream.ofNullable(ANNOTATIONS.get(annotation.desc)))
                        .forEach(kind -> add(kind, Target.of(header, method)));
            }
        }
        if ((header.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0) {
            rows(header, hierarchy)
                    .forEach(row -> (row.method.equals(ANY) ? open(header) : hierarchy.methods(header, row.method))
                            .forEach(target -> add(row.kind, target)));
        }
    }

    /** The public methods that a class declares itself. */
    private static Stream<Target> open(ClassNode header) {
        return header.methods.stream()
                .filter(method -> (method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC))
                                == Opcodes.ACC_PUBLIC
                        && !method.name.equals("<init>"))
                .map(method -> Target.of(header, method));
    }

    private void addLambdas() {
        ROWS.stream()
                .flatMap(row -> classes.making(row.type).stream()
                        .filter(name -> classes.place(name) >= 0
                                && row.takers
                                        .filter(call ->
                                                !classes.hasText(name, call.substring(0, call.lastIndexOf('.'))))
                                        .isEmpty()))
                .distinct()
                .flatMap(name -> classes.find(name).stream())
                .forEach(node -> classes.guarded(
                        node.name,
                        node,
                        owner -> owner.methods.stream()
                                .flatMap(method -> Stream.of(method.instructions.toArray()))
                                .filter(InvokeDynamicInsnNode.class::isInstance)
                                .map(InvokeDynamicInsnNode.class::cast)
                                .forEach(this::add)));
    }

    private void add(InvokeDynamicInsnNode lambda) {
        Type type = Type.getReturnType(lambda.desc);
        Optional<String> taker = Tasks.taker(lambda, type).map(call -> call.owner + "." + call.name);
        Stream.of(taker, Optional.<String>empty())
                .flatMap(by -> ROWS.stream()
                        .filter(row ->
                                row.takers.equals(by) && type.getInternalName().equals(row.type)))
                .findFirst()
                .ifPresent(row ->
                        Tasks.lambda(lambda).flatMap(hierarchy::target).ifPresent(target -> add(row.kind, target)));
    }

    /** The methods that each of some handlers certainly calls, and a handler that is the only one. */
    private Set<Target> common(Collection<Target> each, StartUp start) {
        Iterator<Target> left = each.iterator();
        Set<Target> all = called(left.next(), start);
        while (left.hasNext() && !all.isEmpty()) {
            all.retainAll(called(left.next(), start));
        }
        return all;
    }

    private Set<Target> anyOf(Collection<Target> each, StartUp start) {
        return each.stream().flatMap(target -> called(target, start).stream()).collect(Collectors.toSet());
    }

    private Set<Target> called(Target handler, StartUp start) {
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
