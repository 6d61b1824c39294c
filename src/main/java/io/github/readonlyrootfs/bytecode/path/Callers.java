// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * The parameters of a method: the arguments of the application's own calls, and the values that a lambda captures. A compiler turns
 * each lambda's body into a method whose first parameters are the captured values.
 */
public final class Callers {

    /** A method that is called with more different paths is a utility, whose calls are not told apart. */
    private static final int MAX_CONTEXTS = 16;

    /** How many calls deep the callers of callers are searched. */
    private static final int MAX_DEPTH = 50;

    /** The limit for the cost of all analyses of callers, see {@link Paths#cost}. */
    private static final long MAX_COST = 5_000_000;

    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final FieldTexts fields;
    private final Supplier<? extends Calls> started;
    private final Map<MethodNode, List<Context>> known = new HashMap<>();

    /** Methods whose callers are being searched: a recursive call passes on its own parameters. */
    private final Set<MethodNode> open = new HashSet<>();

    /** By class, the place where each lambda is created, by the name and descriptor of its method. */
    private final Map<String, Map<String, Made>> lambdas = new HashMap<>();

    /** By class, the methods that call, refer to or pass on something: by its name and descriptor, or the class's name. */
    private final Map<ClassNode, Map<String, Set<MethodNode>>> uses = new HashMap<>();

    private long cost;

    public Callers(ClassFiles classes, Hierarchy hierarchy, FieldTexts fields, Supplier<? extends Calls> started) {
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.fields = fields;
        this.started = started;
    }

    /**
     * One way to call a method.
     *
     * @param parameters the known ones, by local variable
     * @param starting one of these is true if the application certainly calls it so when it starts
     * @param called false if no call was found, and nothing but the application's own code can make one
     */
    public record Context(Map<Integer, Text> parameters, List<Supplier<Truth>> starting, boolean called) {

        Context(Map<Integer, Text> parameters, List<Supplier<Truth>> starting) {
            this(parameters, starting, true);
        }

        /** Whether the application calls it so when it starts. */
        public Truth starts() {
            Truth any = Truth.FALSE;
            for (Supplier<Truth> each : starting) {
                any = any.or(any.isTrue() ? any : each.get());
            }
            return any;
        }
    }

    /** The calls that happen when the application starts. */
    public interface Calls {

        /** Whether a method is called. */
        Truth reaches(Target method);

        /** Whether something other than the application's own code calls a method. */
        Truth isCalledBack(Target method);

        /** Whether a method calls another one whenever it is called. */
        Truth calls(MethodNode caller, MethodInsnNode call, Target method);
    }

    private record Made(MethodNode maker, InvokeDynamicInsnNode instruction) {}

    /** The ways to call a method; unknown ones are combined. */
    public List<Context> of(ClassNode owner, MethodNode method) {
        List<Context> contexts = known.get(method);
        if (contexts != null) {
            return contexts;
        }
        if (open.size() == MAX_DEPTH) {
            return List.of(other(owner, method));
        }
        if (!open.add(method)) {
            return List.of(new Context(Injection.parameters(method), List.of()));
        }
        contexts = takesPath(method) && cost < MAX_COST ? found(owner, method) : List.of(other(owner, method));
        open.remove(method);
        known.put(method, contexts);
        return contexts;
    }

    /** The method that creates the lambda of which a method is the body. */
    public Optional<MethodNode> maker(ClassNode owner, MethodNode method) {
        return made(owner, method).map(Made::maker);
    }

    private Context other(ClassNode owner, MethodNode method) {
        Target target = Target.of(owner, method);
        return new Context(
                Injection.parameters(method), List.of(() -> started.get().reaches(target)));
    }

    private static boolean takesPath(MethodNode method) {
        for (Type type : Type.getArgumentTypes(method.desc)) {
            if (Paths.isPath(type)) {
                return true;
            }
        }
        return false;
    }

    private List<Context> found(ClassNode owner, MethodNode method) {
        Map<Map<Integer, Text>, List<Supplier<Truth>>> found = new LinkedHashMap<>();
        Optional<Made> made = made(owner, method);
        boolean complete = made.isPresent();
        if (made.isPresent()) {
            ofLambda(owner, method, made.get(), found);
        } else {
            complete = ofCalls(owner, method, found);
        }
        Context other = other(owner, method);
        if (found.isEmpty() && complete) {
            return List.of(new Context(other.parameters(), other.starting(), false));
        }
        if (found.isEmpty() || found.size() > MAX_CONTEXTS) {
            return List.of(other);
        }
        if (!complete) {
            Target target = Target.of(owner, method);
            found.computeIfAbsent(other.parameters(), key -> new ArrayList<>())
                    .add(() -> started.get().isCalledBack(target));
        }
        List<Context> contexts = new ArrayList<>();
        found.forEach((parameters, starts) -> contexts.add(new Context(parameters, starts)));
        return contexts;
    }

    private void ofLambda(
            ClassNode owner, MethodNode method, Made made, Map<Map<Integer, Text>, List<Supplier<Truth>>> found) {
        int at = made.maker().instructions.indexOf(made.instruction());
        Target target = Target.of(owner, method);
        for (Context around : of(owner, made.maker())) {
            for (Frame<PathValue>[] frames : frames(owner, made.maker(), around)) {
                if (frames.length > 0 && frames[at] != null) {
                    List<Map<Integer, Text>> all = elements(made.instruction(), frames[at]);
                    for (Map<Integer, Text> each :
                            all.isEmpty() ? List.of(arguments(made.instruction().desc, 0, frames[at])) : all) {
                        found.computeIfAbsent(each, parameters -> new ArrayList<>())
                                .add(() -> started.get().reaches(target));
                    }
                }
            }
        }
    }

    /**
     * The known elements that a list, a stream, an {@code Optional} or a map hands to a lambda, each with the captured values; empty
     * if something else gets it.
     */
    private static List<Map<Integer, Text>> elements(InvokeDynamicInsnNode lambda, Frame<PathValue> frame) {
        int captured = Type.getArgumentCount(lambda.desc);
        List<Map<Integer, Text>> all = new ArrayList<>();
        if (Flow.following(lambda) instanceof MethodInsnNode call
                && (call.name.equals("forEach") || call.name.equals("ifPresent"))
                && frame.getStackSize() > captured) {
            PathValue receiver = PathFrame.fromTop(frame, captured);
            List<List<Text>> elements = receiver instanceof PathValue.MadeMap map
                    ? map.entries().stream()
                            .map(entry -> List.of(entry.key(), entry.value()))
                            .toList()
                    : (receiver instanceof PathValue.Array array ? array.elements() : List.of(receiver))
                            .stream().map(element -> List.of(element.path())).toList();
            int local = 0;
            for (Type type : Type.getArgumentTypes(lambda.desc)) {
                local += type.getSize();
            }
            for (List<Text> element : elements) {
                Map<Integer, Text> parameters = new HashMap<>(arguments(lambda.desc, 0, frame));
                for (int i = 0; i < element.size(); i++) {
                    parameters.put(local + i, element.get(i));
                }
                parameters.values().removeIf(Text.UNKNOWN::equals);
                all.add(parameters);
            }
        }
        return all;
    }

    /** @return whether nothing else can call it */
    private boolean ofCalls(ClassNode owner, MethodNode method, Map<Map<Integer, Text>, List<Supplier<Truth>>> found) {
        boolean complete = !mayBeCalledByOthers(owner, method);
        Set<String> types = hierarchy.related(owner.name);
        for (MethodNode each : using(owner, method)) {
            complete &= ofCalls(classes.owner(each), each, owner, method, types, found);
        }
        return complete;
    }

    /** The methods that may call a method, refer to it, or pass on the class of a constructor. */
    public Set<MethodNode> using(ClassNode owner, MethodNode method) {
        Set<MethodNode> using = new LinkedHashSet<>();
        classes.around(hierarchy.related(owner.name)).forEach(caller -> {
            Map<String, Set<MethodNode>> in = uses.computeIfAbsent(caller, Callers::uses);
            using.addAll(in.getOrDefault(method.name + method.desc, Set.of()));
            using.addAll(in.getOrDefault(method.name.equals("<init>") ? owner.name : "", Set.of()));
        });
        return using;
    }

    private static Map<String, Set<MethodNode>> uses(ClassNode owner) {
        Map<String, Set<MethodNode>> uses = new HashMap<>();
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                for (String used : used(instruction)) {
                    uses.computeIfAbsent(used, key -> new LinkedHashSet<>()).add(method);
                }
            }
        }
        return uses;
    }

    private static List<String> used(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            return List.of(call.name + call.desc);
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            List<String> handles = new ArrayList<>();
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle handle) {
                    handles.add(handle.getName() + handle.getDesc());
                }
            }
            return handles;
        }
        return instruction instanceof LdcInsnNode constant && constant.cst instanceof Type type
                ? List.of(type.getInternalName())
                : List.of();
    }

    private boolean ofCalls(
            ClassNode callerOwner,
            MethodNode caller,
            ClassNode owner,
            MethodNode method,
            Set<String> types,
            Map<Map<Integer, Text>, List<Supplier<Truth>>> found) {
        boolean complete = true;
        List<MethodInsnNode> calls = new ArrayList<>();
        List<InvokeDynamicInsnNode> references = new ArrayList<>();
        int first = (method.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
        for (AbstractInsnNode instruction : caller.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && call.name.equals(method.name)
                    && call.desc.equals(method.desc)
                    && (method.name.equals("<init>") ? call.owner.equals(owner.name) : types.contains(call.owner))) {
                calls.add(call);
            }
            if (refersTo(instruction, owner, method)) {
                if (first == 0 && instruction instanceof InvokeDynamicInsnNode handed) {
                    references.add(handed);
                } else {
                    complete = false;
                }
            }
        }
        if (calls.isEmpty() && references.isEmpty()) {
            return complete;
        }
        Target target = Target.of(owner, method);
        for (Context context : of(callerOwner, caller)) {
            for (Frame<PathValue>[] frames : frames(callerOwner, caller, context)) {
                for (InvokeDynamicInsnNode handed : references) {
                    int at = caller.instructions.indexOf(handed);
                    List<Map<Integer, Text>> all =
                            frames.length == 0 || frames[at] == null ? List.of() : elements(handed, frames[at]);
                    complete &= !all.isEmpty();
                    all.forEach(each -> found.computeIfAbsent(each, parameters -> new ArrayList<>())
                            .add(() -> started.get().reaches(target)));
                }
                for (MethodInsnNode call : calls) {
                    int at = caller.instructions.indexOf(call);
                    if (frames.length == 0) {
                        complete = false;
                    } else if (frames[at] != null && found.size() <= MAX_CONTEXTS) {
                        found.computeIfAbsent(arguments(call.desc, first, frames[at]), parameters -> new ArrayList<>())
                                .add(() -> {
                                    Truth starts = context.starts();
                                    return starts.isFalse()
                                            ? starts
                                            : starts.and(started.get().calls(caller, call, target));
                                });
                    }
                }
            }
        }
        return complete;
    }

    /** Frameworks call methods with annotations, methods that override theirs, and constructors of annotated classes. */
    private boolean mayBeCalledByOthers(ClassNode owner, MethodNode method) {
        if (method.visibleAnnotations != null || method.visibleParameterAnnotations != null) {
            return true;
        }
        if (method.name.equals("<init>")) {
            return owner.visibleAnnotations != null;
        }
        return (method.access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
                && (method.access & Opcodes.ACC_STATIC) == 0
                && hierarchy.hasForeignParents(owner.name);
    }

    /** Whether an instruction creates an object that calls the method, or passes its class on. */
    private static boolean refersTo(AbstractInsnNode instruction, ClassNode owner, MethodNode method) {
        return calls(
                        instruction,
                        handle -> handle.getName().equals(method.name)
                                && handle.getDesc().equals(method.desc))
                || (method.name.equals("<init>") && isClass(instruction, owner.name));
    }

    /** Whether an instruction passes a class on, or a method of it. */
    public static boolean refersTo(AbstractInsnNode instruction, String owner) {
        return calls(instruction, handle -> handle.getOwner().equals(owner)) || isClass(instruction, owner);
    }

    private static boolean calls(AbstractInsnNode instruction, Predicate<Handle> wanted) {
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                if (argument instanceof Handle handle && wanted.test(handle)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isClass(AbstractInsnNode instruction, String name) {
        return instruction instanceof LdcInsnNode constant
                && constant.cst instanceof Type type
                && type.getSort() == Type.OBJECT
                && type.getInternalName().equals(name);
    }

    private List<Frame<PathValue>[]> frames(ClassNode owner, MethodNode method, Context context) {
        List<Frame<PathValue>[]> frames = Paths.each(owner, method, fields, context.parameters());
        cost += Paths.cost(method) * frames.size();
        return frames;
    }

    /** @param local the variable of the first argument */
    private static Map<Integer, Text> arguments(String descriptor, int local, Frame<PathValue> frame) {
        return Paths.passed(descriptor, local, PathFrame.arguments(descriptor, frame));
    }

    /** The place where the lambda of a method is created; only the compiler's own methods are lambdas. */
    private Optional<Made> made(ClassNode owner, MethodNode method) {
        return (method.access & Opcodes.ACC_SYNTHETIC) == 0
                ? Optional.empty()
                : Optional.ofNullable(lambdas.computeIfAbsent(owner.name, key -> lambdas(owner))
                        .get(method.name + method.desc));
    }

    private static Map<String, Made> lambdas(ClassNode owner) {
        Map<String, Made> lambdas = new HashMap<>();
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof InvokeDynamicInsnNode lambda) {
                    for (Object argument : lambda.bsmArgs) {
                        if (argument instanceof Handle handle
                                && handle.getOwner().equals(owner.name)) {
                            lambdas.putIfAbsent(handle.getName() + handle.getDesc(), new Made(method, lambda));
                        }
                    }
                }
            }
        }
        return lambdas;
    }
}
