// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The exception of a refused write, as far as it is known.
 *
 * @param types its classes, from {@code Throwable} on, with slashes; empty if it may be any that a refused write can lead to
 */
public record Thrown(Optional<Set<String>> types) {

    /** What a library throws, and what the application's own code throws instead of what it caught. */
    public static final Thrown ANY = new Thrown(Optional.empty());

    /** That the process ends, which nothing catches. */
    public static final Thrown EXIT = new Thrown(Optional.of(Set.of()));

    /** The exceptions of refused writes, and those that wrap them. */
    private static final Set<String> REFUSALS = Set.of(
            "java/lang/Throwable",
            "java/lang/Exception",
            "java/lang/RuntimeException",
            "java/lang/IllegalStateException",
            "java/io/IOException",
            "java/io/UncheckedIOException",
            "java/io/FileNotFoundException",
            "java/nio/file/FileSystemException",
            "java/nio/file/AccessDeniedException",
            "java/sql/SQLException",
            "java/util/concurrent/ExecutionException",
            "java/util/concurrent/CompletionException",
            "java/lang/ExceptionInInitializerError",
            "java/lang/Error");

    static Thrown of(String... types) {
        return new Thrown(
                Optional.of(Stream.concat(Stream.of("java/lang/Throwable", "java/lang/Exception"), Stream.of(types))
                        .collect(Collectors.toUnmodifiableSet())));
    }

    /** Of the class of an exception that code makes; any where it is not the JDK's. */
    static Thrown ofClass(String name) {
        if (name.startsWith("java/io/") || name.startsWith("java/nio/file/")) {
            return name.equals("java/io/UncheckedIOException")
                    ? of(name, "java/lang/RuntimeException")
                    : of(name, "java/io/IOException");
        }
        boolean unchecked = name.startsWith("java/lang/Illegal") || name.equals("java/lang/RuntimeException");
        return unchecked ? of(name, "java/lang/RuntimeException") : ANY;
    }

    /** What a call throws where a task that it waits for throws this. */
    public Thrown ofTask(AbstractInsnNode instruction) {
        if (equals(EXIT) || !(instruction instanceof MethodInsnNode call) || !call.owner.startsWith("java/util/")) {
            return this;
        }
        if (call.owner.equals("java/util/ServiceLoader")) {
            return new Thrown(Optional.of(
                    Set.of("java/lang/Throwable", "java/lang/Error", "java/util/ServiceConfigurationError")));
        }
        if (!call.owner.startsWith("java/util/concurrent/")) {
            return this;
        }
        return switch (call.name) {
            case "get" -> of("java/util/concurrent/ExecutionException");
            case "join" ->
                call.owner.equals("java/util/concurrent/CompletableFuture")
                        ? of("java/util/concurrent/CompletionException", "java/lang/RuntimeException")
                        : this;
            default -> this;
        };
    }

    /** Whether it is one for a missing directory where that is missing. */
    public boolean isOfPaths() {
        return types.isEmpty() || types.get().contains("java/nio/file/FileSystemException");
    }

    /** Whether it is of a class, where that is known: a refusal is no more than an exception of files. */
    Optional<Boolean> is(String type) {
        if (types.isPresent() && types.get().contains(type)) {
            return Optional.of(true);
        }
        boolean other = types.isPresent() && type.startsWith("java/") && !type.startsWith("java/nio/file/");
        return other ? Optional.of(false) : Optional.empty();
    }

    /** @param type of a handler; null for one that catches everything */
    boolean isCaughtBy(@Nullable String type) {
        if (type == null) {
            return true;
        }
        return types.isPresent()
                ? types.get().contains(type)
                : REFUSALS.contains(type) || !(type.startsWith("java/") || type.startsWith("javax/"));
    }
}
