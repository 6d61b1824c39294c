// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Which code certainly runs when the application starts, so that an exception there ends the start: the main method, the
 * constructors and callbacks of singletons that Spring makes at start, and what those call without a branch before the
 * call and without catching its exceptions.
 */
final class StartUp {

    private static final String SPRING_BOOT = "Lorg/springframework/boot/autoconfigure/SpringBootApplication;";

    private static final Set<String> SINGLETONS = Set.of(
            SPRING_BOOT,
            "Lorg/springframework/stereotype/Component;",
            "Lorg/springframework/stereotype/Service;",
            "Lorg/springframework/stereotype/Repository;",
            "Lorg/springframework/stereotype/Controller;",
            "Lorg/springframework/web/bind/annotation/RestController;",
            "Lorg/springframework/context/annotation/Configuration;");

    /** Parts of names of annotations that make a singleton late, several, or none. */
    private static final List<String> NOT_AT_START =
            List.of("/Lazy;", "/Profile;", "/Scope;", "/Conditional", "Scope;");

    private static final Set<String> RUNNERS =
            Set.of("org/springframework/boot/CommandLineRunner", "org/springframework/boot/ApplicationRunner");

    private static final Set<String> CAUGHT = Set.of(
            "java/lang/Throwable",
            "java/lang/Exception",
            "java/lang/RuntimeException",
            "java/io/IOException",
            "java/io/UncheckedIOException",
            "java/io/FileNotFoundException",
            "java/nio/file/FileSystemException",
            "java/sql/SQLException");

    private static final String BEAN = "Lorg/springframework/context/annotation/Bean;";

    /** Whoever is told of one of these runs while the application starts, and ends that with an exception. */
    private static final List<String> EVENTS = List.of(
            "Lorg/springframework/context/event/ContextRefreshedEvent;",
            "Lorg/springframework/boot/context/event/ApplicationStartedEvent;",
            "Lorg/springframework/boot/context/event/ApplicationReadyEvent;");

    /** A pool that is made of its configuration takes a first connection at once. */
    private static final String POOL = "com/zaxxer/hikari/HikariDataSource.<init>(Lcom/zaxxer/hikari/HikariConfig;)V";

    /**
     * A call.
     *
     * @param method as {@link #key} names it
     * @param owner the class that the method is called of
     * @param virtual whether the method of a class that extends that one may be meant
     */
    private record Call(String method, String owner, boolean virtual) {}

    /**
     * What runs when the application starts.
     *
     * @param methods as {@link #key} names them
     * @param opensDatabase whether one of them connects to a database
     * @param calls what they certainly call, as in {@code com.example.Store.open}
     */
    record Started(Set<String> methods, boolean opensDatabase, Set<String> calls) {}

    private final Map<String, List<Call>> calls = new HashMap<>();

    /** The classes that others extend, and the interfaces that they implement. */
    private final Set<String> extended = new HashSet<>();

    /** The methods that connect to a database. */
    private final Set<String> opening = new HashSet<>();

    private final List<String> mains = new ArrayList<>();
    private final List<String> bootPackages = new ArrayList<>();
    /** The methods that Spring runs, by the package of their class. */
    private final Map<String, List<String>> springs = new HashMap<>();

    void add(ClassNode owner) {
        boolean singleton = hasAny(owner.visibleAnnotations, SINGLETONS) && !isLate(owner.visibleAnnotations);
        if (hasAny(owner.visibleAnnotations, Set.of(SPRING_BOOT))) {
            bootPackages.add(packageOf(owner.name));
        }
        if (owner.superName != null) {
            extended.add(owner.superName);
        }
        extended.addAll(owner.interfaces);
        for (MethodNode method : owner.methods) {
            String name = key(owner.name, method.name, method.desc);
            List<Call> straight = straightCalls(method);
            calls.put(name, straight);
            if (straight.stream().anyMatch(StartUp::opensDatabase)) {
                opening.add(name);
            }
            if (method.name.equals("main") && method.desc.equals("([Ljava/lang/String;)V")) {
                mains.add(name);
            }
            if (singleton && isRunBySpring(owner, method)) {
                springs.computeIfAbsent(packageOf(owner.name), key -> new ArrayList<>())
                        .add(name);
            }
        }
    }

    private static boolean opensDatabase(Call call) {
        String name = call.method().substring(call.owner().length() + 1);
        return (name.startsWith("getConnection(") && name.endsWith(")Ljava/sql/Connection;"))
                || call.method().equals(POOL)
                || (call.owner().equals("org/flywaydb/core/Flyway") && name.startsWith("migrate("));
    }

    private static boolean isRunBySpring(ClassNode owner, MethodNode method) {
        boolean callback = method.visibleAnnotations != null
                && method.visibleAnnotations.stream()
                        .anyMatch(annotation -> annotation.desc.endsWith("/annotation/PostConstruct;")
                                || (annotation.desc.equals(BEAN) && !isLate(method.visibleAnnotations))
                                || (annotation.desc.endsWith("/event/EventListener;")
                                        && EVENTS.stream().anyMatch(method.desc::contains)));
        return switch (method.name) {
            case "<init>", "<clinit>" -> true;
            case "afterPropertiesSet" ->
                callback || owner.interfaces.contains("org/springframework/beans/factory/InitializingBean");
            case "run" -> callback || owner.interfaces.stream().anyMatch(RUNNERS::contains);
            default -> callback;
        };
    }

    private static boolean hasAny(@Nullable List<AnnotationNode> annotations, Collection<String> wanted) {
        return annotations != null && annotations.stream().anyMatch(annotation -> wanted.contains(annotation.desc));
    }

    /** Whether annotations make a singleton late, several, or none. */
    static boolean isLate(@Nullable List<AnnotationNode> annotations) {
        return annotations != null
                && annotations.stream()
                        .anyMatch(annotation -> NOT_AT_START.stream().anyMatch(annotation.desc::contains));
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    static String key(String owner, String name, String descriptor) {
        return owner + "." + name + descriptor;
    }

    /** The calls that certainly are made, and whose exceptions leave the method. */
    private static List<Call> straightCalls(MethodNode method) {
        List<Call> found = new ArrayList<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (branches(instruction)) {
                break;
            }
            if (instruction instanceof MethodInsnNode call && !isCaught(method, instruction)) {
                boolean virtual = call.getOpcode() != Opcodes.INVOKESTATIC && call.getOpcode() != Opcodes.INVOKESPECIAL;
                found.add(new Call(key(call.owner, call.name, call.desc), call.owner, virtual));
            }
        }
        return found;
    }

    private static boolean branches(AbstractInsnNode instruction) {
        return instruction instanceof JumpInsnNode
                || instruction instanceof TableSwitchInsnNode
                || instruction instanceof LookupSwitchInsnNode;
    }

    /** Whether an instruction always runs when its method does, and its exceptions leave the method. */
    static boolean isStraight(MethodNode method, AbstractInsnNode instruction) {
        for (AbstractInsnNode before = instruction; before != null; before = before.getPrevious()) {
            if (branches(before)) {
                return false;
            }
        }
        return !isCaught(method, instruction);
    }

    private static boolean isCaught(MethodNode method, AbstractInsnNode instruction) {
        int at = method.instructions.indexOf(instruction);
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type != null
                    && CAUGHT.contains(block.type)
                    && !throwsAgain(block)
                    && method.instructions.indexOf(block.start) <= at
                    && at < method.instructions.indexOf(block.end)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a handler does nothing in the end but throw: an exception that is wrapped ends the start as well. */
    private static boolean throwsAgain(TryCatchBlockNode block) {
        for (AbstractInsnNode next = block.handler; next != null; next = next.getNext()) {
            if (next.getOpcode() == Opcodes.ATHROW) {
                return true;
            }
            if (branches(next) || isReturn(next)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isReturn(AbstractInsnNode instruction) {
        return instruction.getOpcode() >= Opcodes.IRETURN && instruction.getOpcode() <= Opcodes.RETURN;
    }

    /**
     * What runs.
     *
     * @param mainClass with dots; where empty, the only class that has a main method
     */
    Started started(Optional<String> mainClass) {
        Deque<String> next = new ArrayDeque<>();
        Optional<String> main = mainClass
                .map(name -> key(name.replace('.', '/'), "main", "([Ljava/lang/String;)V"))
                .or(() -> mains.size() == 1 ? Optional.of(mains.get(0)) : Optional.empty());
        main.ifPresent(next::add);
        main.ifPresent(method -> next.add(method.replaceFirst("\\.main\\(.*", ".<clinit>()V")));
        springs.forEach((name, methods) -> {
            if (bootPackages.stream().anyMatch(boot -> (name + "/").startsWith(boot + "/"))) {
                next.addAll(methods);
            }
        });
        Set<String> found = new HashSet<>();
        while (!next.isEmpty()) {
            String method = next.remove();
            if (calls.containsKey(method) && found.add(method)) {
                for (Call call : calls.getOrDefault(method, List.of())) {
                    // Of a class that nobody extends, an object has the class's own methods.
                    if (!call.virtual() || !extended.contains(call.owner())) {
                        next.add(call.method());
                    }
                }
            }
        }
        Set<String> called = new HashSet<>();
        for (String method : found) {
            for (Call call : calls.getOrDefault(method, List.of())) {
                called.add(
                        call.method().substring(0, call.method().indexOf('(')).replace('/', '.'));
            }
        }
        return new Started(found, found.stream().anyMatch(opening::contains), called);
    }
}
