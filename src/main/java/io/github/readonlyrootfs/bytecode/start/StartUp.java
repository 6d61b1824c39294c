// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Callers;
import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Failure;
import io.github.readonlyrootfs.bytecode.path.FieldTexts;
import io.github.readonlyrootfs.bytecode.path.Flow;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.path.PathFrame;
import io.github.readonlyrootfs.bytecode.path.PathValue;
import io.github.readonlyrootfs.bytecode.path.Paths;
import io.github.readonlyrootfs.bytecode.path.Providers;
import io.github.readonlyrootfs.bytecode.path.Thrown;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Finds the code that certainly runs when the application starts, so that an exception there ends the start: the main method, the
 * methods that frameworks call at start, and the methods that these call on every path without catching their exceptions. Code after
 * the call that runs the application is not part of the start.
 */
public final class StartUp implements Callers.Calls {

    /** A pool that is created with its configuration opens a first connection at once. */
    private static final String POOL = "com/zaxxer/hikari/HikariDataSource.<init>(Lcom/zaxxer/hikari/HikariConfig;)V";

    /** A method that is called in more ways is a utility. */
    private static final int MAX_WAYS = 8;

    /** How many instructions are followed of what may run at start; of a method, those of each way to it count. */
    private static final long MAX_POSSIBLE = 500_000;

    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final Callbacks callbacks;
    private final FieldTexts fields;
    private final Tasks tasks;
    private final Kinds kinds;
    private final Map<MethodNode, Flow> flows = new HashMap<>();
    private final Map<MethodNode, BitSet> behind = new HashMap<>();
    private final Map<Target, Boolean> running = new HashMap<>();

    /** By method that runs at start, the handlers around its calls, from the inner ones to the outer ones. */
    private final Map<Target, List<List<Guarded>>> methods = new HashMap<>();

    /** The methods that something other than the application's own code calls. */
    private final Set<Target> calledBack = new HashSet<>();

    private final Set<String> calls = new HashSet<>();
    private final Deque<Reached> next = new ArrayDeque<>();
    private boolean opensDatabase;

    /** The same of methods that may run at start; computed when it is first needed. */
    private @Nullable Map<Target, List<List<Guarded>>> possible;

    private final Set<Target> perhapsCalledBack = new HashSet<>();

    /** By method that may run at start, the calls of it. */
    private final Map<Target, List<Used>> used = new HashMap<>();

    /** How many instructions were followed of what may run. */
    private long followed;

    /** How many instructions were searched for calls that run the application. */
    private long searched;

    /** Whether what leaves a thread may end the process. */
    private boolean handlesUncaught;

    /** The methods that are asked whether they are failing: some call themselves. */
    private final Set<List<Object>> open = new HashSet<>();

    private final Optional<String> main;

    /** Whether all methods that certainly run are known. */
    private boolean complete;

    /**
     * Follows the start.
     *
     * @param mainClass with dots; if empty, the only class with a main method
     */
    public StartUp(
            ClassFiles classes,
            Hierarchy hierarchy,
            StartCallbacks callbacks,
            FieldTexts fields,
            Optional<String> mainClass) {
        this(classes, hierarchy, (Callbacks) callbacks, fields, mainClass);
    }

    /** Follows what the main method does by itself. */
    public StartUp(ClassFiles classes, Hierarchy hierarchy, FieldTexts fields, Optional<String> mainClass) {
        this(classes, hierarchy, Callbacks.NONE, fields, mainClass);
    }

    private StartUp(
            ClassFiles classes,
            Hierarchy hierarchy,
            Callbacks callbacks,
            FieldTexts fields,
            Optional<String> mainClass) {
        this.fields = fields;
        this.tasks = new Tasks(hierarchy);
        this.kinds = new Kinds(hierarchy, classes::method, this::flow, calledBack::contains);
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.callbacks = callbacks;
        this.main = mainClass.map(name -> name.replace('.', '/')).or(this::onlyMain);
        main.filter(name -> callbacks.runsMain()).ifPresent(name -> {
            callBack(new Target(name, "<clinit>", "()V"));
            hierarchy.target(name, "main", Main.DESCRIPTOR, false).ifPresent(this::callBack);
        });
        callbacks.all(main).forEach(this::callBack);
        reach(methods, this::follow);
        complete = true;
    }

    /** A call in a method that has handlers around it. */
    private record Guarded(Flow flow, AbstractInsnNode call, Target method) {}

    /** What is around the code of a thread: an exception that leaves it ends only the thread. */
    private static final List<Guarded> THREAD =
            List.of(new Guarded(new Flow(new MethodNode()), new InsnNode(Opcodes.NOP), new Target("", "", "")));

    /** A call whose result its caller may use. */
    private record Used(Target caller, MethodNode method, MethodInsnNode call) {}

    private record Reached(Target method, List<Guarded> around) {}

    /** Adds to what is next what a method leads to. */
    private interface Step {

        void follow(ClassNode owner, MethodNode method, List<Guarded> around);
    }

    /** Adds what is next, and all that it leads to. */
    private void reach(Map<Target, List<List<Guarded>>> into, Step step) {
        while (!next.isEmpty()) {
            Reached reached = next.remove();
            Target target = reached.method();
            List<List<Guarded>> known = into.computeIfAbsent(target, key -> new ArrayList<>());
            if (known.size() < MAX_WAYS && !known.contains(reached.around())) {
                known.add(reached.around());
                classes.method(target)
                        .ifPresent(found -> classes.guarded(
                                target.owner(),
                                classes.owner(found),
                                owner -> step.follow(owner, found, reached.around())));
            }
        }
    }

    private List<Guarded> around(ClassNode owner, MethodNode method, AbstractInsnNode call, List<Guarded> outer) {
        if (!flow(method).isGuarded(call) && Thrown.ANY.ofTask(call).equals(Thrown.ANY)) {
            return outer;
        }
        List<Guarded> around = new ArrayList<>(List.of(new Guarded(flow(method), call, Target.of(owner, method))));
        around.addAll(outer);
        return around;
    }

    /**
     * Whether an exception that leaves a method ends the start.
     *
     * @param possibly whether handlers may be refused the directories that they make
     */
    private boolean leaves(List<Guarded> around, Thrown thrown, boolean possibly) {
        Thrown leaving = thrown;
        for (Guarded each : around) {
            if (leaving.equals(Thrown.EXIT) || THREAD.contains(each)) {
                return leaving.equals(Thrown.EXIT) || (possibly && handlesUncaught);
            }
            Thrown thrownHere = leaving.ofTask(each.call);
            Optional<Thrown> left = each.flow.failure().leaving(each.call, thrownHere, made -> possibly, possibly);
            if (left.isEmpty()) {
                return fails(each.method, each.flow.failure().returned(each.call, thrownHere), possibly);
            }
            leaving = left.get();
        }
        return true;
    }

    private void callBack(Target target) {
        calledBack.add(target);
        next.add(new Reached(target, List.of()));
    }

    /** The only class with a main method: of the project itself, or else of a module. Spring Boot's plugins prefer its application. */
    private Optional<String> onlyMain() {
        List<String> applications = mains().filter(SpringBeans::isApplication)
                .map(header -> header.name)
                .toList();
        List<String> all = applications.size() == 1
                ? applications
                : mains().map(header -> header.name).toList();
        List<String> own = all.stream().filter(name -> classes.place(name) == 0).toList();
        List<String> nearest = own.isEmpty() ? all : own;
        return nearest.size() == 1 ? Optional.of(nearest.get(0)) : Optional.empty();
    }

    private Stream<ClassNode> mains() {
        return hierarchy
                .classes()
                .filter(header -> classes.place(header.name) >= 0)
                .filter(header -> header.methods.stream().anyMatch(Main::is));
    }

    private Flow flow(MethodNode method) {
        boolean main = Main.is(method);
        return flows.computeIfAbsent(
                method,
                it -> new Flow(
                        it,
                        new Flow.Calls(
                                kinds::neverReturns,
                                kinds::exits,
                                kinds::isHarmless,
                                kinds::writes,
                                kinds::begins,
                                call -> main && RunningCall.is(call)),
                        decided(method)));
    }

    /** The jumps after tests of constants, of settings, of what all callers hand over, and of the arguments of the main method. */
    private List<Flow.Guard> decided(MethodNode method) {
        ClassNode owner = classes.owner(method);
        boolean starts = !Main.is(method) || main.equals(Optional.of(owner.name));
        return starts ? Paths.decided(owner, method, fields) : List.of();
    }

    private void follow(ClassNode owner, MethodNode method, List<Guarded> around) {
        boolean makesBean = callbacks.isBeanMethod(method);
        Frame<PathValue>[] frames = Tasks.mayBeIn(method) ? Paths.of(owner, method, fields) : null;
        int at = -1;
        for (AbstractInsnNode instruction : method.instructions) {
            at++;
            boolean counts = instruction instanceof MethodInsnNode
                    || instruction instanceof FieldInsnNode
                    || instruction instanceof TypeInsnNode
                    || (instruction instanceof LdcInsnNode literal && literal.cst instanceof Type)
                    || (makesBean && instruction instanceof InvokeDynamicInsnNode);
            if (counts && isCertain(method, instruction, List.of())) {
                List<Guarded> here = around(owner, method, instruction, around);
                initialised(instruction).ifPresent(target -> next.add(new Reached(target, here)));
                if (instruction instanceof MethodInsnNode call) {
                    hierarchy.target(call).ifPresent(target -> next.add(new Reached(target, here)));
                    Providers.taken(method, call, classes)
                            .forEach(name -> next.add(new Reached(new Target(name, "<init>", "()V"), here)));
                    if (frames != null && frames.length > 0 && frames[at] != null) {
                        tasks.run(call, frames[at]).forEach(target -> next.add(new Reached(target, here)));
                        handOver(call, PathFrame.arguments(call, frames[at]), here);
                        if (callbacks != Callbacks.NONE) {
                            tasks.begun(call, frames[at]).forEach(target -> next.add(new Reached(target, THREAD)));
                        }
                    }
                } else if (instruction instanceof TypeInsnNode made && made.getOpcode() == Opcodes.NEW) {
                    HandedOn.called(made.desc, HandedOn.When.SURELY, hierarchy)
                            .forEach(target -> next.add(new Reached(target, List.of())));
                } else if (instruction instanceof LdcInsnNode literal && literal.cst instanceof Type named) {
                    HandedOn.called(named.getInternalName(), HandedOn.When.NAMED, hierarchy)
                            .forEach(target -> next.add(new Reached(target, List.of())));
                }
                if (!leaves(here, Thrown.ANY, false)) {
                    continue;
                }
                if (instruction instanceof MethodInsnNode call) {
                    calls.add((call.owner + "." + call.name).replace('/', '.'));
                    opensDatabase |= opensDatabase(call);
                    if (call.owner.endsWith("ApplicationContext")) {
                        context(owner, method, call);
                    }
                }
                if (makesBean) {
                    bean(method, instruction);
                }
            }
        }
    }

    /** Follows the code that a method of the application gets, and certainly runs. */
    private void handOver(MethodInsnNode call, List<PathValue> arguments, List<Guarded> around) {
        if (arguments.stream().noneMatch(PathValue::isTask)) {
            return;
        }
        hierarchy
                .target(call)
                .flatMap(classes::method)
                .ifPresent(taker -> tasks.handed(taker, arguments).forEach((run, code) -> {
                    if (isCertain(taker, run, List.of())) {
                        next.add(new Reached(code, around(classes.owner(taker), taker, run, around)));
                    }
                }));
    }

    /** Follows the beans of a context that code creates or configures. */
    private void context(ClassNode owner, MethodNode method, MethodInsnNode call) {
        Frame<PathValue>[] frames = Paths.of(owner, method, fields);
        int at = method.instructions.indexOf(call);
        if (frames.length > 0 && frames[at] != null) {
            SpringContext.of(method, call, frames[at])
                    .ifPresent(context -> callbacks.ofContext(context).forEach(this::callBack));
        }
    }

    /** Follows the object that a {@code @Bean} method creates. */
    private void bean(MethodNode method, AbstractInsnNode instruction) {
        if (instruction instanceof TypeInsnNode made && made.getOpcode() == Opcodes.NEW) {
            callbacks.ofMade(method, made.desc).forEach(this::callBack);
        } else if (instruction instanceof InvokeDynamicInsnNode lambda
                && lambda.bsmArgs.length > 1
                && lambda.bsmArgs[1] instanceof Handle code
                && StartCallbacks.isRun(method, Type.getReturnType(lambda.desc).getInternalName())) {
            hierarchy.target(code).ifPresent(this::callBack);
        }
    }

    /** The static initialiser that an instruction triggers. */
    static Optional<Target> initialised(AbstractInsnNode instruction) {
        Optional<String> owner = switch (instruction.getOpcode()) {
            case Opcodes.NEW -> Optional.of(((TypeInsnNode) instruction).desc);
            case Opcodes.INVOKESTATIC -> Optional.of(((MethodInsnNode) instruction).owner);
            case Opcodes.GETSTATIC, Opcodes.PUTSTATIC -> Optional.of(((FieldInsnNode) instruction).owner);
            default -> Optional.empty();
        };
        return owner.map(name -> new Target(name, "<clinit>", "()V"));
    }

    private static boolean opensDatabase(MethodInsnNode call) {
        return (call.name.equals("getConnection") && call.desc.endsWith(")Ljava/sql/Connection;"))
                || (call.owner + "." + call.name + call.desc).equals(POOL)
                || (call.owner.equals("org/flywaydb/core/Flyway") && call.name.equals("migrate"));
    }

    /** What may run at start: all that certainly does may call, and what frameworks may call. */
    private Map<Target, List<List<Guarded>>> possible() {
        if (possible != null) {
            return possible;
        }
        possible = new HashMap<>();
        methods.forEach((target, ways) -> ways.forEach(way -> next.add(new Reached(target, way))));
        for (Target target : callbacks.possible(main)) {
            perhapsCalledBack.add(target);
            next.add(new Reached(target, List.of()));
        }
        if (main.isEmpty() && callbacks.runsMain()) {
            mains().map(header -> new Target(header.name, "main", Main.DESCRIPTOR))
                    .forEach(target -> next.add(new Reached(target, List.of())));
        }
        reach(possible, this::followPossible);
        return possible;
    }

    private void followPossible(ClassNode owner, MethodNode method, List<Guarded> around) {
        followed += method.instructions.size();
        if (followed > MAX_POSSIBLE) {
            next.clear();
            classes.skip("code that may run at start", "more than " + MAX_POSSIBLE + " instructions may");
            return;
        }
        for (AbstractInsnNode instruction : method.instructions) {
            Stream<Target> called = Stream.empty();
            List<AbstractInsnNode> throwing = List.of(instruction);
            if (instruction instanceof MethodInsnNode call) {
                called = hierarchy.targets(call);
                if (!call.desc.endsWith(")V")) {
                    hierarchy
                            .target(call)
                            .ifPresent(target -> used.computeIfAbsent(target, key -> new ArrayList<>())
                                    .add(new Used(Target.of(owner, method), method, call)));
                }
                called = Stream.concat(called, tasks.reflected(call));
                handlesUncaught |= call.owner.equals("java/lang/Thread")
                        && call.name.startsWith("set")
                        && call.name.endsWith("UncaughtExceptionHandler")
                        && Tasks.lambda(Flow.preceding(call))
                                .map(kinds::mayExit)
                                .orElse(true);
            } else if (instruction instanceof InvokeDynamicInsnNode lambda
                    && lambda.bsmArgs.length > 1
                    && lambda.bsmArgs[1] instanceof Handle code) {
                called = hierarchy.target(code).stream();
                throwing = Tasks.throwing(
                        lambda,
                        method,
                        taker -> hierarchy.target(taker).flatMap(classes::method),
                        kinds::mayExit,
                        kinds::isHarmless);
                if (throwing.isEmpty() && Tasks.isBegun(lambda) && mayRun(method, instruction)) {
                    hierarchy.target(code).ifPresent(target -> next.add(new Reached(target, THREAD)));
                }
            } else if (instruction instanceof TypeInsnNode made && made.getOpcode() == Opcodes.NEW) {
                called = HandedOn.called(made.desc, HandedOn.When.PERHAPS, hierarchy);
                if (mayRun(method, instruction)) {
                    HandedOn.called(made.desc, HandedOn.When.IN_THREAD, hierarchy)
                            .forEach(target -> next.add(new Reached(target, THREAD)));
                }
            } else if (instruction instanceof LdcInsnNode literal && literal.cst instanceof Type named) {
                called = HandedOn.called(named.getInternalName(), HandedOn.When.NAMED, hierarchy);
            }
            List<Target> all =
                    Stream.concat(called, initialised(instruction).stream()).toList();
            if (!all.isEmpty() && !throwing.isEmpty() && mayRun(method, instruction)) {
                for (AbstractInsnNode each : throwing) {
                    List<Guarded> here = around(owner, method, each, around);
                    all.forEach(target -> next.add(new Reached(target, here)));
                }
            }
        }
    }

    private boolean mayRun(MethodNode method, AbstractInsnNode instruction) {
        return !isBehind(method, instruction) && flow(method).isOnWay(instruction);
    }

    /** Whether an instruction may run at start, and may end it where it throws. */
    public boolean mayEnd(Target target, MethodNode method, AbstractInsnNode instruction, Thrown thrown) {
        Optional<Thrown> leaving = flow(method).failure().leaving(instruction, thrown, made -> true, true);
        return mayRun(method, instruction)
                && (leaving.isPresent()
                        ? mayLeave(target, leaving.get())
                        : possible().containsKey(target)
                                && fails(target, flow(method).failure().returned(instruction, thrown), true));
    }

    /** Whether an exception that leaves a method may end the start. */
    private boolean mayLeave(Target target, Thrown thrown) {
        return possible().getOrDefault(target, List.of()).stream().anyMatch(around -> leaves(around, thrown, true));
    }

    /**
     * Whether the start ends where a method says that it failed.
     *
     * @param results what it may return then, see {@link Failure#returned}
     */
    private boolean fails(Target target, Set<Integer> results, boolean possibly) {
        boolean isCertain = results.size() == 1 && !results.contains(Failure.UNKNOWN);
        boolean outermost = open.isEmpty();
        if (!complete
                || results.isEmpty()
                || (!possibly && !isCertain)
                || !open.add(List.of(target, results, possibly))) {
            return false;
        }
        possible();
        try {
            return used.getOrDefault(target, List.of()).stream().anyMatch(each -> fails(each, results, possibly));
        } finally {
            if (outermost) {
                open.clear();
            }
        }
    }

    private boolean fails(Used use, Set<Integer> results, boolean possibly) {
        Flow flow = flow(use.method);
        if (!possibly && !(methods.containsKey(use.caller) && isCertain(use.method, use.call, List.of()))) {
            return false;
        }
        if (Failure.passesOn(use.call)) {
            return fails(use.caller, results, possibly);
        }
        return results.stream()
                .filter(result -> result != Failure.UNKNOWN)
                .flatMap(result -> flow.failure().thrownIf(use.call, result, possibly).stream())
                .flatMap(thrown -> flow.failure().leaving(use.call, thrown, made -> possibly, possibly).stream())
                .anyMatch(thrown -> possibly
                        ? mayLeave(use.caller, thrown)
                        : methods.getOrDefault(use.caller, List.of()).stream()
                                .anyMatch(around -> leaves(around, thrown, false)));
    }

    /** What a method throws if a call returns false or null, see {@link Failure#thrownIf}. */
    public Optional<Thrown> thrownWithout(MethodNode method, MethodInsnNode call) {
        return flow(method).failure().thrownIf(call, 0, false);
    }

    /** Whether an instruction runs only after the application has started. */
    public boolean isBehind(MethodNode method, AbstractInsnNode instruction) {
        return behind(method).get(method.instructions.indexOf(instruction));
    }

    /** The instructions that run only after the application has started. */
    private BitSet behind(MethodNode method) {
        BitSet known = behind.get(method);
        if (known == null) {
            // A recursive call does not run the application.
            behind.put(method, new BitSet());
            List<AbstractInsnNode> runs = new ArrayList<>();
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof MethodInsnNode call && runsApplication(call)) {
                    runs.add(instruction);
                }
            }
            known = runs.isEmpty() ? new BitSet() : flow(method).behind(runs);
            behind.put(method, known);
        }
        return known;
    }

    private boolean runsApplication(MethodInsnNode call) {
        return RunningCall.is(call)
                || hierarchy.target(call).filter(this::runsApplication).isPresent();
    }

    /** Whether a method runs the application, or static methods that it calls do. */
    private boolean runsApplication(Target target) {
        Set<Target> reached = new LinkedHashSet<>();
        Deque<Target> open = new ArrayDeque<>(List.of(target));
        boolean runs = false;
        while (!runs && !open.isEmpty()) {
            Target each = open.remove();
            Optional<MethodNode> method = running.containsKey(each) ? Optional.empty() : classes.method(each);
            runs = running.getOrDefault(each, false);
            if (method.isPresent() && searched < MAX_POSSIBLE && reached.add(each)) {
                searched += method.get().instructions.size();
                for (AbstractInsnNode instruction : method.get().instructions) {
                    if (instruction instanceof MethodInsnNode call) {
                        runs |= RunningCall.is(call);
                        hierarchy.target(call).ifPresent(open::add);
                    }
                }
            }
        }
        if (runs) {
            running.put(target, true);
        } else {
            reached.forEach(each -> running.put(each, false));
        }
        return runs;
    }

    /** Whether an instruction can run: nothing that does not return is before it on every path. */
    public boolean isReachable(MethodNode method, AbstractInsnNode instruction) {
        return flow(method).isReachable(instruction);
    }

    /**
     * Whether an instruction certainly runs whenever its method is called at start.
     *
     * @param guards see {@link Flow#isCertain(AbstractInsnNode, List)}
     */
    public boolean isCertain(MethodNode method, AbstractInsnNode instruction, List<Flow.Guard> guards) {
        return !isBehind(method, instruction) && flow(method).isCertain(instruction, guards);
    }

    /**
     * Whether the write of a call certainly happens whenever its method is called at start, and ends the start where it is refused.
     *
     * @param guards see {@link Flow#isCertain(AbstractInsnNode, List)}
     * @param refused the other calls that are refused where this one is
     */
    public boolean isStraight(
            Target target,
            MethodNode method,
            AbstractInsnNode instruction,
            Thrown thrown,
            List<Flow.Guard> guards,
            Set<MethodInsnNode> refused) {
        if (!methods.containsKey(target) || !isCertain(method, instruction, guards)) {
            return false;
        }
        Optional<Thrown> leaving = flow(method).failure().leaving(instruction, thrown, refused::contains, false);
        return leaving.isPresent()
                ? methods.getOrDefault(target, List.of()).stream()
                        .anyMatch(around -> leaves(around, leaving.get(), false))
                : fails(target, flow(method).failure().returned(instruction, thrown), false);
    }

    @Override
    public Truth reaches(Target method) {
        return methods.containsKey(method) ? Truth.TRUE : possible().containsKey(method) ? Truth.UNKNOWN : Truth.FALSE;
    }

    @Override
    public Truth isCalledBack(Target method) {
        if (calledBack.contains(method)) {
            return Truth.TRUE;
        }
        possible();
        return perhapsCalledBack.contains(method) ? Truth.UNKNOWN : Truth.FALSE;
    }

    @Override
    public Truth calls(MethodNode caller, MethodInsnNode call, Target method) {
        if (isCertain(caller, call, List.of())) {
            Optional<Target> only = hierarchy.target(call);
            if (only.isPresent()) {
                return Truth.of(only.get().equals(method));
            }
        }
        return mayRun(caller, call) && hierarchy.targets(call).anyMatch(method::equals) ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** Whether one of the methods connects to a database. */
    public boolean opensDatabase() {
        return opensDatabase;
    }

    /** The methods that are certainly called, such as {@code com.example.Store.open}. */
    public Set<String> calls() {
        return calls;
    }
}
