// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The type hierarchy of the application's classes, and the targets of calls. */
public final class Hierarchy {

    /** Longer than any real chain of supertypes. */
    private static final int MAX_DEPTH = 100;

    /** Types of the JDK through which an application's methods are not called. */
    private static final Set<String> WITHOUT_METHODS = Set.of(
            "java/lang/Object", "java/lang/Record", "java/lang/Enum", "java/io/Serializable", "java/lang/Cloneable");

    /** The method that each asked class has or inherits. */
    private final Map<Target, Optional<Target>> implementations = new HashMap<>();

    /** What each asked class is. */
    private final Map<String, Set<String>> types = new HashMap<>();

    private final Map<String, ClassNode> headers = new HashMap<>();
    private final Map<String, List<String>> below = new HashMap<>();
    private final Map<Target, Set<Optional<Target>>> targets = new HashMap<>();

    /** The interfaces that lambdas implement. */
    private final Set<String> lambdas;

    public Hierarchy(ClassFiles classes) {
        this.lambdas = classes.lambdas();
        Map<String, ClassNode> all = new LinkedHashMap<>();
        classes.forEachHeader(header -> all.put(header.name, header));
        Set<String> deeper = deeper(all);
        if (!deeper.isEmpty()) {
            classes.skip(
                    deeper.size() + " classes like " + Collections.min(deeper),
                    "they have more than " + MAX_DEPTH + " levels of supertypes");
        }
        for (ClassNode header : all.values()) {
            if (!deeper.contains(header.name)) {
                headers.put(header.name, header);
                parents(header)
                        .forEach(parent -> below.computeIfAbsent(parent, key -> new ArrayList<>())
                                .add(header.name));
            }
        }
    }

    /** The types with too many levels of the application's types above them; no virtual machine loads those in a circle. */
    private static Set<String> deeper(Map<String, ClassNode> all) {
        Set<String> left = new HashSet<>(all.keySet());
        for (int level = 0; level < MAX_DEPTH && !left.isEmpty(); level++) {
            all.values().stream()
                    .filter(header ->
                            left.contains(header.name) && parents(header).noneMatch(left::contains))
                    .map(header -> header.name)
                    .toList()
                    .forEach(left::remove);
        }
        return left;
    }

    /** All classes, without their code. */
    public Stream<ClassNode> classes() {
        return headers.values().stream();
    }

    /** A class of the application, without its code. */
    public Optional<ClassNode> find(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The application's types through which a method of a class may be called: it overrides their methods, or is inherited. */
    Set<String> related(String name) {
        return reached(below(name), each -> parents(each).filter(headers::containsKey));
    }

    /** Whether a class extends or implements a type that is not the application's and has methods to override. */
    boolean hasForeignParents(String name) {
        return reached(List.of(name), this::parents).stream()
                .anyMatch(each -> !headers.containsKey(each) && !WITHOUT_METHODS.contains(each));
    }

    /** The types that a class of the application extends or implements itself. */
    private Stream<String> parents(String name) {
        return find(name).stream().flatMap(Hierarchy::parents);
    }

    private static Stream<String> parents(ClassNode header) {
        return Stream.concat(Stream.ofNullable(header.superName), header.interfaces.stream());
    }

    /** Some names and all that these lead to, the nearest first. */
    private static Set<String> reached(Collection<String> from, Function<String, Stream<String>> step) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            String each = next.remove();
            if (reached.add(each)) {
                step.apply(each).forEach(next::add);
            }
        }
        return reached;
    }

    /** A class and its superclasses in the application. */
    public List<ClassNode> chain(ClassNode header) {
        List<ClassNode> chain = new ArrayList<>();
        Optional<ClassNode> next = Optional.of(header);
        while (next.isPresent() && chain.size() < MAX_DEPTH) {
            chain.add(next.get());
            next = Optional.ofNullable(next.get().superName).flatMap(this::find);
        }
        return chain;
    }

    /** Whether a class is, extends or implements a type, as far as the application's own classes show. */
    public boolean isA(String name, String type) {
        return types.computeIfAbsent(name, each -> reached(List.of(each), this::parents))
                .contains(type);
    }

    /** The methods of a name that an object of a class has from the application, without those that are overridden. */
    public Stream<Target> methods(ClassNode header, String name) {
        Map<String, Target> methods = new LinkedHashMap<>();
        for (ClassNode owner : chain(header)) {
            for (MethodNode method : owner.methods) {
                if (method.name.equals(name) && (method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT)) == 0) {
                    methods.putIfAbsent(method.desc, Target.of(owner, method));
                }
            }
        }
        return methods.values().stream();
    }

    /**
     * A method.
     *
     * @param owner the class that has its code
     */
    public record Target(String owner, String name, String descriptor) {

        public static Target of(ClassNode owner, MethodNode method) {
            return new Target(owner.name, method.name, method.desc);
        }

        /** The method of this name and descriptor in a class. */
        public Optional<MethodNode> in(ClassNode type) {
            for (MethodNode method : type.methods) {
                if (method.name.equals(name) && method.desc.equals(descriptor)) {
                    return Optional.of(method);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * The only method of the application that a call can reach; empty if there are several, or it is not the application's.
     *
     * @param virtual whether the object decides
     */
    public Optional<Target> target(String owner, String name, String descriptor, boolean virtual) {
        if (!headers.containsKey(owner) || (virtual && lambdas.contains(owner))) {
            return Optional.empty();
        }
        if (!virtual) {
            return implementation(owner, name, descriptor);
        }
        Set<Optional<Target>> all = implementations(new Target(owner, name, descriptor));
        return all.size() == 1 ? all.iterator().next() : Optional.empty();
    }

    public Optional<Target> target(MethodInsnNode call) {
        return target(call.owner, call.name, call.desc, isVirtual(call));
    }

    /** The same of a lambda's code. */
    public Optional<Target> target(Handle code) {
        boolean virtual = code.getTag() == Opcodes.H_INVOKEVIRTUAL || code.getTag() == Opcodes.H_INVOKEINTERFACE;
        return target(code.getOwner(), code.getName(), code.getDesc(), virtual);
    }

    private static boolean isVirtual(MethodInsnNode call) {
        return call.getOpcode() != Opcodes.INVOKESTATIC && call.getOpcode() != Opcodes.INVOKESPECIAL;
    }

    /** The methods of the application that a call can reach. */
    public Stream<Target> targets(MethodInsnNode call) {
        return targets(call.owner, call.name, call.desc, isVirtual(call));
    }

    /**
     * The methods of the application that a call can reach.
     *
     * @param virtual whether the object decides
     */
    public Stream<Target> targets(String owner, String name, String descriptor, boolean virtual) {
        if (!headers.containsKey(owner)) {
            return Stream.empty();
        }
        return virtual
                ? implementations(new Target(owner, name, descriptor)).stream().flatMap(Optional::stream)
                : implementation(owner, name, descriptor).stream();
    }

    /** The methods of a class and its subtypes; an empty one if it is not the application's. */
    private Set<Optional<Target>> implementations(Target called) {
        Set<Optional<Target>> known = targets.get(called);
        if (known == null) {
            Set<Optional<Target>> all = new HashSet<>();
            concrete(called.owner())
                    .forEach(each -> all.add(implementation(each.name, called.name(), called.descriptor())));
            known = all;
            targets.put(called, known);
        }
        return known;
    }

    /** A class and its subtypes. */
    private Set<String> below(String owner) {
        return reached(List.of(owner), each -> below.getOrDefault(each, List.of()).stream());
    }

    /** A class and its subtypes in the application that can have instances. */
    public Stream<ClassNode> concrete(String owner) {
        return below(owner).stream()
                .flatMap(each -> find(each).stream())
                .filter(header -> (header.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0);
    }

    private Optional<Target> implementation(String owner, String name, String descriptor) {
        Target called = new Target(owner, name, descriptor);
        Optional<Target> known = implementations.get(called);
        if (known == null) {
            known = found(owner, name, descriptor);
            implementations.put(called, known);
        }
        return known;
    }

    private Optional<Target> found(String owner, String name, String descriptor) {
        Optional<ClassNode> header = find(owner);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        List<ClassNode> chain = chain(header.get());
        Set<String> interfaces = reached(
                chain.stream().flatMap(each -> each.interfaces.stream()).toList(),
                each -> find(each).stream().flatMap(found -> found.interfaces.stream()));
        return Stream.concat(chain.stream().map(each -> each.name), interfaces.stream())
                .map(each -> new Target(each, name, descriptor))
                .filter(target -> find(target.owner())
                        .flatMap(target::in)
                        .filter(method -> (method.access & Opcodes.ACC_ABSTRACT) == 0)
                        .isPresent())
                .findFirst();
    }
}
