// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.archive.LibraryClasses;
import io.github.readonlyrootfs.bytecode.WriteSite.CodePlace;
import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.bytecode.path.Paths;
import io.github.readonlyrootfs.bytecode.path.Providers;
import io.github.readonlyrootfs.bytecode.path.WriteCall;
import io.github.readonlyrootfs.bytecode.start.AutoConfigurations;
import io.github.readonlyrootfs.bytecode.start.SpringBeans;
import io.github.readonlyrootfs.bytecode.start.StartCallbacks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The methods of libraries that an application's own code leads to, the nearest first, if one of them writes. They are followed as
 * the application's own are.
 */
final class LibraryCode {

    static final LibraryCode NONE = new LibraryCode(new ClassFiles(List.of()), new LibraryClasses(List.of()));

    /** What is further away than this many methods, beside those that the application calls itself, is a library's inner life. */
    private static final int MAX_METHODS = 200;

    private static final int MAX_BYTES = 500_000;

    private static final Set<String> PATHS = Set.of("java/io/File", "java/nio/file/Path");

    private static final String APPLICATION = "org/springframework/boot/autoconfigure/SpringBootApplication";

    private final ClassFiles classes;
    private final LibraryClasses jars;
    private final Map<String, Optional<ClassNode>> read = new HashMap<>();
    private final Map<String, byte[]> bytes = new HashMap<>();

    /** By method, the call of the application that leads to it. */
    private final Map<Target, CodePlace> callers = new LinkedHashMap<>();

    private final Deque<Target> next = new ArrayDeque<>();

    /** The calls of the application that hand a library what may be a path. */
    private final Set<CodePlace> handing = new HashSet<>();

    /** How many methods may be followed. */
    private int most = Integer.MAX_VALUE;

    /** The classes of which objects are made. */
    private final Map<String, CodePlace> made = new LinkedHashMap<>();

    /** The annotations that make Spring use other classes. */
    private final Map<String, ClassNode> annotations = new LinkedHashMap<>();

    /** The files that name classes of which libraries make objects. */
    private final Set<String> files = new LinkedHashSet<>(AutoConfigurations.FILES);

    /** Whether a library makes objects of the application's classes. */
    private boolean callsBack;

    /** The names and descriptors of the methods that are called on some object. */
    private final Map<String, CodePlace> called = new HashMap<>();

    private LibraryCode(ClassFiles classes, LibraryClasses jars) {
        this.classes = classes;
        this.jars = jars;
    }

    /**
     * The code of libraries; their classes join the application's.
     *
     * @param own by class of the application, the other classes that it mentions
     */
    static LibraryCode of(ClassFiles classes, LibraryClasses jars, Map<String, Set<String>> own) {
        LibraryCode code = new LibraryCode(classes, jars);
        List<String> callers = new ArrayList<>();
        own.forEach((name, mentioned) -> {
            if (mentioned.stream().anyMatch(other -> code.find(other).isPresent())) {
                callers.add(name);
                classes.find(name).ifPresent(node -> classes.guarded(name, node, code::enter));
            }
        });
        code.configured(own);
        code.most = code.callers.size() + MAX_METHODS;
        code.follow();
        if (!code.writes() && !code.callsBack) {
            return NONE;
        }
        Map<String, ClassNode> followed = new LinkedHashMap<>(code.annotations);
        code.owners().forEach(owner -> code.chain(owner).forEach(each -> followed.put(each.name, each)));
        followed.forEach((name, node) -> classes.add(node, Objects.requireNonNull(code.bytes.get(name))));
        code.files.forEach(file -> classes.add(file, code.texts(file)));
        callers.forEach(classes::mentioned);
        followed.keySet().forEach(classes::mentioned);
        return code;
    }

    /** The classes that have the methods. */
    Set<String> owners() {
        Set<String> owners = new LinkedHashSet<>();
        callers.keySet().forEach(target -> owners.add(target.owner()));
        return owners;
    }

    /** The call of the application that leads to a method. */
    Optional<CodePlace> caller(Target method) {
        return Optional.ofNullable(callers.get(method));
    }

    /** Whether a call of the application hands a library what may be a path. */
    boolean hands(CodePlace caller) {
        return handing.contains(caller);
    }

    private boolean writes() {
        return callers.keySet().stream()
                .flatMap(target -> find(target.owner()).flatMap(target::in).stream())
                .anyMatch(LibraryCode::writes);
    }

    private static boolean writes(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && WriteCall.of(call).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Optional<ClassNode> find(String name) {
        return read.computeIfAbsent(name, key -> {
            Optional<byte[]> file = key.startsWith("java/") || key.startsWith("[") || classes.has(key)
                    ? Optional.empty()
                    : jars.read(key + ".class", MAX_BYTES);
            file.ifPresent(content -> bytes.put(key, content));
            return file.flatMap(content -> ClassFiles.parse(key, content));
        });
    }

    /** A class of a library and its superclasses. */
    private Collection<ClassNode> chain(String name) {
        Map<String, ClassNode> chain = new LinkedHashMap<>();
        Optional<ClassNode> each = find(name);
        while (each.isPresent() && chain.putIfAbsent(each.get().name, each.get()) == null) {
            each = Optional.ofNullable(each.get().superName).flatMap(this::find);
        }
        return chain.values();
    }

    /** What a class of the application leads to. */
    private void enter(ClassNode owner) {
        for (MethodNode method : owner.methods) {
            // Not looked for behind each instruction: a class may have no line numbers.
            @Nullable AbstractInsnNode line = null;
            for (AbstractInsnNode instruction : method.instructions) {
                line = instruction instanceof LineNumberNode ? instruction : line;
                CodePlace place = CodePlace.of(classes, owner, method, line);
                if (instruction instanceof MethodInsnNode call
                        && hands(call.desc, Paths::isPath)
                        && WriteCall.of(call).isEmpty()) {
                    handing.add(place);
                }
                follow(instruction, place);
            }
            if (method.name.equals("<init>") && owner.superName != null) {
                make(owner.superName, CodePlace.of(classes, owner, method, line));
            }
        }
        imported(owner.visibleAnnotations, CodePlace.of(classes, owner, owner.methods.get(0), null));
    }

    /** What annotations make Spring use. */
    private void imported(@Nullable List<AnnotationNode> on, CodePlace caller) {
        Injection.types(on, SpringBeans.IMPORT, "value").forEach(each -> use(each, caller));
        for (AnnotationNode annotation : on == null ? List.<AnnotationNode>of() : on) {
            String name = Type.getType(annotation.desc).getInternalName();
            find(name)
                    .filter(type -> annotations.put(name, type) == null)
                    .ifPresent(type -> imported(type.visibleAnnotations, caller));
        }
    }

    /** A framework makes an object. */
    private void use(String type, CodePlace caller) {
        callsBack |= classes.has(type);
        make(type, caller);
        find(type).ifPresent(node -> {
            node.methods.stream()
                    .filter(method -> method.name.equals("<init>"))
                    .forEach(made -> reach(type, made.name, made.desc, caller));
            if (annotations.putIfAbsent(type, node) == null) {
                imported(node.visibleAnnotations, caller);
            }
        });
    }

    /** What a Spring Boot application leads to in libraries that configure themselves. */
    private void configured(Map<String, Set<String>> own) {
        own.forEach((name, mentioned) -> {
            if (mentioned.contains(APPLICATION)) {
                classes.find(name)
                        .flatMap(node -> node.methods.stream()
                                .filter(method -> method.name.equals("main"))
                                .findFirst()
                                .map(main -> CodePlace.of(classes, node, main, null)))
                        .ifPresent(start ->
                                AutoConfigurations.named(this::texts, true).forEach(each -> use(each, start)));
            }
        });
    }

    private List<String> texts(String file) {
        return jars.all(file, MAX_BYTES).stream()
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .toList();
    }

    private void follow() {
        while (!next.isEmpty()) {
            Target target = next.remove();
            CodePlace caller = Objects.requireNonNull(callers.get(target));
            find(target.owner()).flatMap(target::in).ifPresent(method -> {
                for (AbstractInsnNode instruction : method.instructions) {
                    follow(instruction, caller);
                }
            });
        }
    }

    private void follow(AbstractInsnNode instruction, CodePlace caller) {
        if (instruction instanceof MethodInsnNode call) {
            if (call.getOpcode() == Opcodes.INVOKESTATIC) {
                reach(call.owner, "<clinit>", "()V", caller);
            } else if (call.getOpcode() != Opcodes.INVOKESPECIAL
                    && called.putIfAbsent(call.name + call.desc, caller) == null) {
                for (String type : List.copyOf(made.keySet())) {
                    reach(type, call.name, call.desc, caller);
                }
            }
            reach(call.owner, call.name, call.desc, caller);
            Providers.file(call).ifPresent(file -> {
                files.add(file);
                Stream.of(texts(file), classes.texts(file))
                        .flatMap(texts -> Providers.named(texts).stream())
                        .forEach(each -> use(each, caller));
            });
        } else if (instruction instanceof TypeInsnNode type && type.getOpcode() == Opcodes.NEW) {
            make(type.desc, caller);
        } else if (instruction instanceof FieldInsnNode field && field.getOpcode() == Opcodes.GETSTATIC) {
            reach(field.owner, "<clinit>", "()V", caller);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle code) {
                    reach(code.getOwner(), code.getName(), code.getDesc(), caller);
                }
            }
        }
    }

    /** An object is made, of which frameworks and the code so far may call methods. */
    private void make(String type, CodePlace caller) {
        if (find(type).isPresent() && made.putIfAbsent(type, caller) == null) {
            reach(type, "<clinit>", "()V", caller);
            Set<String> seen = new HashSet<>();
            for (ClassNode each : chain(type)) {
                for (MethodNode method : each.methods) {
                    if (seen.add(method.name + method.desc)
                            && (called.containsKey(method.name + method.desc) || StartCallbacks.mayCall(method))) {
                        reach(each.name, method.name, method.desc, caller);
                    }
                }
            }
        }
    }

    private static boolean hands(String descriptor, Predicate<Type> argument) {
        return Stream.of(Type.getArgumentTypes(descriptor)).anyMatch(argument);
    }

    private void reach(String owner, String name, String descriptor, CodePlace caller) {
        for (ClassNode each : chain(owner)) {
            Target target = new Target(each.name, name, descriptor);
            Optional<MethodNode> method = target.in(each);
            if (method.isPresent()) {
                if (callers.size() < most && callers.putIfAbsent(target, caller) == null) {
                    // Where a path is handed on, a write is near.
                    if (hands(descriptor, type -> PATHS.contains(type.getInternalName()))) {
                        next.addFirst(target);
                    } else {
                        next.add(target);
                    }
                }
                return;
            }
        }
    }
}
