// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.path.Callers;
import io.github.readonlyrootfs.bytecode.path.Callers.Context;
import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.ExistenceTest;
import io.github.readonlyrootfs.bytecode.path.Failure;
import io.github.readonlyrootfs.bytecode.path.FieldTexts;
import io.github.readonlyrootfs.bytecode.path.Flow;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.path.PathFrame;
import io.github.readonlyrootfs.bytecode.path.PathValue;
import io.github.readonlyrootfs.bytecode.path.PathVariables;
import io.github.readonlyrootfs.bytecode.path.Paths;
import io.github.readonlyrootfs.bytecode.path.Thrown;
import io.github.readonlyrootfs.bytecode.path.WriteCall;
import io.github.readonlyrootfs.bytecode.path.WriteCall.Effect;
import io.github.readonlyrootfs.bytecode.start.BeanConditions;
import io.github.readonlyrootfs.bytecode.start.Handlers;
import io.github.readonlyrootfs.bytecode.start.SpringEnvironment;
import io.github.readonlyrootfs.bytecode.start.StartCallbacks;
import io.github.readonlyrootfs.bytecode.start.StartUp;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.bytecode.start.When;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Finds the calls that write in classes that may have some. */
final class Scan {

    private final ClassFiles classes;
    private final Supplier<Hierarchy> hierarchy;
    private final LibraryCode libraries;
    private final Framework framework;
    private final Main main;
    private final FieldTexts fields;

    /** Analyses of all classes are made only when they are needed. */
    private @Nullable Callers callers;

    private @Nullable StartCallbacks callbacks;
    private @Nullable StartUp started;

    /** What every request leads to, or every message or time. */
    private @Nullable Map<Target, When> handling;

    /**
     * What decides which objects frameworks make at start.
     *
     * @param lazy whether the code may make Spring's singletons lazy
     */
    record Framework(SpringEnvironment spring, boolean lazy, WebApplication web) {}

    Scan(ClassFiles classes, Supplier<Hierarchy> hierarchy, LibraryCode libraries, Framework framework, Main main) {
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.libraries = libraries;
        this.framework = framework;
        this.main = main;
        this.fields = new FieldTexts(
                classes,
                hierarchy,
                (owner, method) -> callers().of(owner, method),
                main,
                framework.spring()::settled,
                framework.web().parameters());
    }

    List<WriteSite> of(List<String> names) {
        List<WriteSite> sites = new ArrayList<>();
        List<String> all = new ArrayList<>(names);
        all.addAll(libraries.owners());
        for (String name : all) {
            classes.find(name).ifPresent(node -> classes.guarded(name, node, owner -> add(owner, sites)));
        }
        return sites;
    }

    private void add(ClassNode owner, List<WriteSite> sites) {
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof MethodInsnNode call
                        && WriteCall.of(call).isPresent()) {
                    add(owner, method, sites);
                    break;
                }
            }
        }
    }

    private void add(ClassNode owner, MethodNode method, List<WriteSite> sites) {
        if (neverRuns(owner, method)) {
            return;
        }
        Target target = Target.of(owner, method);
        boolean ofLibrary = classes.place(owner.name) < 0;
        Optional<WriteSite.CodePlace> caller = libraries.caller(target);
        if (ofLibrary && caller.isEmpty()) {
            return;
        }
        List<WriteSite> found = sites(owner, method, Map.of(), () -> started().reaches(target));
        List<WriteSite> first = found;
        if (found.stream().anyMatch(site -> site.isComputed())) {
            Map<WriteSite, WriteSite> all = new LinkedHashMap<>();
            for (Context context : callers().of(owner, method)) {
                for (WriteSite site : sites(owner, method, context.parameters(), context::starts)) {
                    all.merge(site.ever(), site, WriteSite::orSurer);
                }
            }
            found = List.copyOf(all.values());
        }
        boolean handedOn = found.stream().noneMatch(first::contains);
        for (WriteSite site : found) {
            if (site.effect() != Effect.SOCKET || !site.path().equals(Text.UNKNOWN) || namesUnixSockets(owner)) {
                if (caller.isEmpty()) {
                    sites.add(site);
                } else if (site.start()
                        || site.perhaps()
                        || (handedOn && !site.isComputed())
                        || (site.isComputed() && libraries.hands(caller.get()))) {
                    sites.add(site.calledIn(caller.get()));
                }
            }
        }
    }

    /** Whether an address that nothing tells may be a path: most are not. */
    private static boolean namesUnixSockets(ClassNode owner) {
        return owner.methods.stream()
                .flatMap(method -> Stream.of(method.instructions.toArray()))
                .anyMatch(instruction -> instruction instanceof MethodInsnNode call
                        && call.owner.equals("java/net/UnixDomainSocketAddress"));
    }

    /** Whether a method, or the method around a lambda, is only for a bean whose condition certainly does not hold. */
    private boolean neverRuns(ClassNode owner, MethodNode method) {
        if (owner.visibleAnnotations == null
                && owner.methods.stream().allMatch(each -> each.visibleAnnotations == null)) {
            return false;
        }
        Set<MethodNode> around = new HashSet<>();
        Optional<MethodNode> maker = Optional.of(method);
        while (maker.isPresent() && around.add(maker.get())) {
            maker = callers().maker(owner, maker.get());
        }
        return callbacks().isNoBean(owner) || around.stream().anyMatch(callbacks()::isNoBeanMethod);
    }

    /**
     * The writes of a method.
     *
     * @param passed the known parameters, by local variable
     * @param starts whether it runs at start
     */
    private List<WriteSite> sites(
            ClassNode owner, MethodNode method, Map<Integer, Text> passed, Supplier<Truth> starts) {
        Set<WriteSite> sites = new LinkedHashSet<>();
        for (Frame<PathValue>[] frames : Paths.each(owner, method, fields, passed)) {
            add(owner, method, frames, starts, sites);
        }
        return List.copyOf(sites);
    }

    private void add(
            ClassNode owner,
            MethodNode method,
            Frame<PathValue>[] frames,
            Supplier<Truth> starts,
            Set<WriteSite> sites) {
        for (int i = 0; i < method.instructions.size(); i++) {
            AbstractInsnNode instruction = method.instructions.get(i);
            // No frames: the method was not analysed; no frame here: the code is unreachable.
            boolean reached = frames.length == 0 || frames[i] != null;
            if (reached && instruction instanceof MethodInsnNode call) {
                Optional<WriteCall> write = WriteCall.of(call).filter(known -> !isToldOtherwise(method, known));
                if (write.isPresent() && started().isReachable(method, call)) {
                    Optional<Text> path =
                            frames.length == 0 ? Optional.of(Text.UNKNOWN) : path(owner, write.get(), call, frames[i]);
                    boolean mayOnlyRead =
                            frames.length > 0 && write.get().mayOnlyRead(call, PathFrame.arguments(call, frames[i]));
                    path.filter(text -> write.get().effect() != Effect.DATABASE || mayBeDatabase(text))
                            .map(text -> site(
                                    owner,
                                    method,
                                    call,
                                    write.get(),
                                    text,
                                    new Around(
                                            guards(method, frames, write.get(), text), refused(method, frames, text)),
                                    starts))
                            .map(site -> mayOnlyRead ? site.perhapsReading() : site)
                            // A feature that may only read is no evidence.
                            .filter(site -> !mayOnlyRead || site.perhaps())
                            .ifPresent(sites::add);
                }
            }
        }
    }

    /**
     * The jumps after a test whether the directory exists that a call creates, because creating an existing directory does nothing,
     * and after a test whether a known path is null.
     */
    private static List<Flow.Guard> guards(MethodNode method, Frame<PathValue>[] frames, WriteCall write, Text made) {
        List<Flow.Guard> guards = Paths.nullTests(method, frames, text -> begins(made, text), false);
        // Two unknown paths may differ.
        boolean makes = (write.effect() == Effect.DIRECTORY || write.effect() == Effect.DIRECTORIES)
                && !PathVariables.beginsComputed(made);
        for (int i = 0; i < frames.length; i++) {
            if (makes
                    && method.instructions.get(i) instanceof MethodInsnNode call
                    && frames[i] != null
                    && ExistenceTest.of(call).isPresent()
                    && Flow.following(call) instanceof JumpInsnNode jump
                    && (jump.getOpcode() == Opcodes.IFEQ || jump.getOpcode() == Opcodes.IFNE)
                    && ExistenceTest.path(call, frames[i]).equals(made)) {
                boolean jumpsWhenMissing = (jump.getOpcode() == Opcodes.IFEQ)
                        == ExistenceTest.of(call).get().trueWhenThere();
                int at = method.instructions.indexOf(jump);
                guards.add(new Flow.Guard(at, jumpsWhenMissing ? method.instructions.indexOf(jump.label) : at + 1));
            }
        }
        return guards;
    }

    /**
     * What is known of the method around a write.
     *
     * @param guards jumps, see {@link Flow#isCertain}
     * @param refused the calls that are refused where the write is
     */
    private record Around(List<Flow.Guard> guards, Set<MethodInsnNode> refused) {}

    /** The calls that make the directory of a path, or one above it. */
    private static Set<MethodInsnNode> refused(MethodNode method, Frame<PathValue>[] frames, Text path) {
        Set<MethodInsnNode> refused = new HashSet<>();
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof MethodInsnNode call
                    && Failure.makesDirectory(call)
                    && frames[i] != null
                    && begins(path, PathFrame.fromTop(frames[i], 0).path())) {
                refused.add(call);
            }
        }
        return refused;
    }

    private static boolean begins(Text path, Text start) {
        return !start.raw().isEmpty()
                && !PathVariables.beginsComputed(start)
                && path.raw().startsWith(start.raw())
                && path.holes().subList(0, start.holes().size()).equals(start.holes());
    }

    private static boolean isToldOtherwise(MethodNode method, WriteCall write) {
        return calls(method, write.unless());
    }

    /** Whether the start, or for files the method itself, makes the call that writes what another one names. */
    private boolean isMadeIn(MethodNode method, WriteCall write) {
        return write.effect() == Effect.DATABASE ? started().opensDatabase() : calls(method, write.by());
    }

    private static boolean calls(MethodNode method, Set<String> names) {
        if (names.isEmpty()) {
            return false;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && names.contains(call.name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a URL may be that of a database; computed URLs are ignored. */
    private static boolean mayBeDatabase(Text url) {
        return url.raw().startsWith("jdbc:")
                || url.raw().startsWith("r2dbc:")
                || (url.first().isPresent() && !PathVariables.beginsComputed(url));
    }

    private WriteSite site(
            ClassNode owner,
            MethodNode method,
            MethodInsnNode call,
            WriteCall write,
            Text path,
            Around around,
            Supplier<Truth> starts) {
        Optional<Thrown> thrown = write.throwsOnFailure()
                ? Optional.of(write.thrown())
                : started().thrownWithout(method, call);
        boolean later = write.isOnlyPreparing() && !isMadeIn(method, write);
        boolean start = thrown.isPresent()
                && !later
                && started()
                        .isStraight(
                                Target.of(owner, method), method, call, thrown.get(), around.guards(), around.refused())
                && starts.get().isTrue();
        // A pool has its database from wherever code names it.
        boolean anywhere = later && write.effect() == Effect.DATABASE;
        boolean perhaps = !start
                && (later
                        || (thrown.isPresent()
                                && started().mayEnd(Target.of(owner, method), method, call, thrown.get())))
                && (anywhere || !starts.get().isFalse());
        boolean handles = !start
                && !perhaps
                && write.effect() != Effect.DATABASE
                && write.effect() != Effect.CHANGE
                && started().isCertain(method, call, around.guards());
        return new WriteSite(
                WriteSite.CodePlace.of(classes, owner, method, call),
                write.describe(call),
                path,
                write.effect(),
                start
                        ? When.START
                        : perhaps
                                ? When.PERHAPS_START
                                : handles ? handling().getOrDefault(Target.of(owner, method), When.LATER) : When.LATER,
                write.thrown().isOfPaths() && new Flow(method).failure().sparesMissingParent(call),
                write.sparesExisting());
    }

    /** The values that the application's own code hands to libraries so. */
    List<HandedValue> handed(HandedValue.Way way) {
        List<HandedValue> all = new ArrayList<>();
        for (String name : classes.names()) {
            if (classes.place(name) >= 0 && classes.hasText(name, way.word())) {
                classes.find(name)
                        .ifPresent(node -> classes.guarded(
                                name,
                                node,
                                owner -> owner.methods.stream()
                                        .filter(method -> Stream.of(method.instructions.toArray())
                                                .anyMatch(way::isUsedBy))
                                        .forEach(method -> handed(owner, method, way, all))));
            }
        }
        return all;
    }

    private void handed(ClassNode owner, MethodNode method, HandedValue.Way way, List<HandedValue> into) {
        for (Context context : callers().of(owner, method)) {
            for (Frame<PathValue>[] frames : Paths.each(owner, method, fields, context.parameters())) {
                for (int i = 0; i < frames.length; i++) {
                    if (frames[i] != null && method.instructions.get(i) instanceof MethodInsnNode call) {
                        way.value(call, PathFrame.arguments(call, frames[i]))
                                .ifPresent(value -> into.add(new HandedValue(
                                        WriteSite.CodePlace.of(classes, owner, method, call),
                                        value,
                                        started().isCertain(method, call, List.of()))));
                    }
                }
            }
        }
    }

    /** What is certainly called at start, as in {@code com.example.Store.open}. */
    Set<String> startedCalls() {
        return started().calls();
    }

    private Callers callers() {
        if (callers == null) {
            callers = new Callers(classes, hierarchy.get(), fields, this::started);
        }
        return callers;
    }

    private StartCallbacks callbacks() {
        if (callbacks == null) {
            BeanConditions conditions = new BeanConditions(hierarchy.get(), framework.spring());
            boolean lazy = framework.lazy() || framework.spring().isLazy();
            callbacks = new StartCallbacks(classes, hierarchy.get(), conditions, lazy, framework.web());
        }
        return callbacks;
    }

    private StartUp started() {
        if (started == null) {
            started = new StartUp(classes, hierarchy.get(), callbacks(), fields, main.name());
        }
        return started;
    }

    private Map<Target, When> handling() {
        if (handling == null) {
            handling = Handlers.all(classes, hierarchy.get(), started());
        }
        return handling;
    }

    private static Optional<Text> path(ClassNode owner, WriteCall write, MethodInsnNode call, Frame<PathValue> frame) {
        Optional<String[]> annotation = write.annotation();
        if (annotation.isPresent()) {
            String[] member = annotation.get();
            return Injection.texts(owner.visibleAnnotations, "L" + member[0] + ";", member[1])
                    .filter(path -> path.startsWith("/"))
                    .findFirst()
                    .map(Text::of);
        }
        List<PathValue> arguments = PathFrame.arguments(call, frame);
        Optional<PathValue> receiver =
                WriteCall.isStatic(call) ? Optional.empty() : Optional.of(PathFrame.fromTop(frame, arguments.size()));
        // An option of the command line is no path.
        return write.path(call, receiver, arguments).map(path -> path.raw().startsWith("-") ? Text.UNKNOWN : path);
    }
}
