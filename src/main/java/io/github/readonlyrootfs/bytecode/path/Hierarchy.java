// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Which of the application's classes extend and implement which, and what a call resolves to. */
public final class Hierarchy {

    /** Compilers accept no longer chains. */
    private static final int MAX_DEPTH = 100;

    /** Types of the JDK of whose methods none is one that an application adds. */
    private static final Set<String> WITHOUT_METHODS = Set.of(
            "java/lang/Object", "java/lang/Record", "java/lang/Enum", "java/io/Serializable", "java/lang/Cloneable");

    private final Map<String, ClassNode> headers = new HashMap<>();
    private final Map<String, List<String>> below = new HashMap<>();

    /** The interfaces that lambdas implement. */
    private final Set<String> lambdas;

    public Hierarchy(ClassFiles classes) {
        this.lambdas = classes.lambdas();
        classes.forEachHeader(header -> {
            headers.put(header.name, header);
            parents(header)
                    .forEach(parent -> below.computeIfAbsent(parent, key -> new ArrayList<>())
                            .add(header.name));
        });
    }

    /** All classes, without their code. */
    public Stream<ClassNode> classes() {
        return headers.values().stream();
    }

    /** A class of the application, without its code. */
    public Optional<ClassNode> find(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The types of the application whose methods a method of a class may be called by: it overrides them, or is inherited. */
    Set<String> related(String name) {
        Set<String> types = below(name);
        List<String> next = new ArrayList<>(types);
        while (!next.isEmpty()) {
            find(next.remove(next.size() - 1))
                    .ifPresent(header -> parents(header)
                            .filter(headers::containsKey)
                            .filter(types::add)
                            .forEach(next::add));
        }
        return types;
    }

    /** Whether a class extends or implements a type that is not the application's and has methods to override. */
    boolean hasForeignParents(String name) {
        Set<String> seen = new HashSet<>();
        List<String> next = new ArrayList<>(List.of(name));
        while (!next.isEmpty()) {
            String each = next.remove(next.size() - 1);
            Optional<ClassNode> header = find(each);
            if (header.isEmpty() && !WITHOUT_METHODS.contains(each)) {
                return true;
            }
            if (header.isPresent() && seen.add(each)) {
                parents(header.get()).forEach(next::add);
            }
        }
        return false;
    }

    private static Stream<String> parents(ClassNode header) {
        return Stream.concat(Stream.ofNullable(header.superName), header.interfaces.stream());
    }

    /** A class of the application and those that it extends, as far as they are the application's too. */
    public List<ClassNode> chain(ClassNode header) {
        List<ClassNode> chain = new ArrayList<>();
        Optional<ClassNode> next = Optional.of(header);
        while (next.isPresent() && chain.size() < MAX_DEPTH) {
            chain.add(next.get());
            next = Optional.ofNullable(next.get().superName).flatMap(this::find);
        }
        return chain;
    }

    /** Whether a class is, extends or implements a type, as far as the application's own classes say. */
    public boolean isA(String name, String type) {
        Set<String> seen = new HashSet<>();
        List<String> next = new ArrayList<>(List.of(name));
        while (!next.isEmpty()) {
            String each = next.remove(next.size() - 1);
            if (each.equals(type)) {
                return true;
            }
            if (seen.add(each)) {
                find(each).ifPresent(header -> parents(header).forEach(next::add));
            }
        }
        return false;
    }

    /**
     * A method.
     *
     * @param owner the class that has its code
     */
    public record Target(String owner, String name, String descriptor) {}

    /**
     * The method of the application that a call certainly resolves to; empty where that may be several, or another's.
     *
     * @param virtual whether the object decides
     */
    public Optional<Target> target(String owner, String name, String descriptor, boolean virtual) {
        if (!headers.containsKey(owner)) {
            return Optional.empty();
        }
        if (!virtual) {
            return implementation(owner, name, descriptor);
        }
        if (lambdas.contains(owner)) {
            return Optional.empty();
        }
        Set<Optional<Target>> targets = new LinkedHashSet<>();
        concrete(owner).forEach(each -> targets.add(implementation(each.name, name, descriptor)));
        return targets.size() == 1 ? targets.iterator().next() : Optional.empty();
    }

    /** A class and those below it. */
    private Set<String> below(String owner) {
        Set<String> seen = new LinkedHashSet<>();
        List<String> next = new ArrayList<>(List.of(owner));
        while (!next.isEmpty()) {
            String each = next.remove(next.size() - 1);
            if (seen.add(each)) {
                next.addAll(below.getOrDefault(each, List.of()));
            }
        }
        return seen;
    }

    /** A class and those below it, as far as they are the application's and have objects. */
    public Stream<ClassNode> concrete(String owner) {
        return below(owner).stream()
                .flatMap(each -> find(each).stream())
                .filter(header -> (header.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0);
    }

    private Optional<Target> implementation(String owner, String name, String descriptor) {
        Optional<ClassNode> header = find(owner);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        List<ClassNode> chain = chain(header.get());
        return Stream.concat(chain.stream(), interfaces(chain).stream())
                .filter(each -> declares(each, name, descriptor))
                .findFirst()
                .map(each -> new Target(each.name, name, descriptor));
    }

    /** The interfaces of some classes, the nearest first. */
    private Set<ClassNode> interfaces(List<ClassNode> chain) {
        Set<ClassNode> all = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>();
        chain.forEach(each -> next.addAll(each.interfaces));
        while (!next.isEmpty()) {
            find(next.remove()).filter(all::add).ifPresent(each -> next.addAll(each.interfaces));
        }
        return all;
    }

    private static boolean declares(ClassNode header, String name, String descriptor) {
        for (MethodNode method : header.methods) {
            if (method.name.equals(name)
                    && method.desc.equals(descriptor)
                    && (method.access & Opcodes.ACC_ABSTRACT) == 0) {
                return true;
            }
        }
        return false;
    }
}
