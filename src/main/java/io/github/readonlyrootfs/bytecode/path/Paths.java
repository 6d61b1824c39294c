// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Analyses a method: the known paths at each instruction. */
public final class Paths {

    /** Steps times variables: a larger method is generated code, and too expensive. */
    private static final long MAX_SIZE = 2_000_000;

    /** A loop over more elements is a table. */
    private static final int MAX_TURNS = 8;

    private static final Set<String> TYPES = Set.of(
            "java/lang/String",
            "java/lang/CharSequence",
            "java/io/File",
            "java/nio/file/Path",
            "java/net/URI",
            "java/net/URL",
            "io/helidon/config/Config",
            "org/springframework/core/io/Resource",
            "org/springframework/core/io/WritableResource");

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final Frame<PathValue>[] NOTHING = new Frame[0];

    private Paths() {}

    /** One frame per instruction, null if it is unreachable; no frames if the method cannot be analysed. */
    public static Frame<PathValue>[] of(ClassNode owner, MethodNode method, FieldTexts fields) {
        return of(owner, method, fields, Map.of());
    }

    /** @param passed the known parameters, by local variable */
    public static Frame<PathValue>[] of(
            ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed) {
        return each(owner, method, fields, passed, 1).get(0);
    }

    /** The jumps after tests whose result is known whenever the method runs. */
    public static List<Flow.Guard> decided(ClassNode owner, MethodNode method, FieldTexts fields) {
        return Decided.mayBeIn(method)
                ? Decided.in(method, inEveryTurn(owner, method, fields, fields.shared(owner, method)))
                : List.of();
    }

    /** The same, of which all holds in each turn of a loop. */
    static Frame<PathValue>[] inEveryTurn(
            ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed) {
        return cost(method) > MAX_SIZE
                ? NOTHING
                : analysed(() -> List.<Frame<PathValue>[]>of(
                                new Turns(owner, method, fields, passed).frames(PathInterpreter.EVERY_TURN)))
                        .get(0);
    }

    /** The same once for each element of the lists and arrays that the method loops over. */
    public static List<Frame<PathValue>[]> each(
            ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed) {
        return each(owner, method, fields, passed, MAX_TURNS);
    }

    private static List<Frame<PathValue>[]> each(
            ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed, int most) {
        if (cost(method) > MAX_SIZE) {
            return List.<Frame<PathValue>[]>of(NOTHING);
        }
        return analysed(() -> {
            Turns turns = new Turns(owner, method, fields, passed);
            List<Frame<PathValue>[]> all = new ArrayList<>();
            do {
                all.add(turns.frames(all.size()));
            } while (all.size() < Math.min(turns.widest, most));
            if (turns.widest > 1 && most > 1) {
                onlyInSeveral(all, turns.frames(PathInterpreter.EVERY_TURN)).ifPresent(all::add);
            }
            return all;
        });
    }

    /** What no single turn of a loop leads to. */
    private static Optional<Frame<PathValue>[]> onlyInSeveral(List<Frame<PathValue>[]> each, Frame<PathValue>[] every) {
        boolean any = false;
        for (int i = 0; i < every.length; i++) {
            int at = i;
            if (each.stream().anyMatch(frames -> frames[at] != null)) {
                every[i] = null;
            }
            any |= every[i] != null;
        }
        return any ? Optional.of(every) : Optional.empty();
    }

    private interface Analysis {

        List<Frame<PathValue>[]> run() throws AnalyzerException;
    }

    private static List<Frame<PathValue>[]> analysed(Analysis analysis) {
        try {
            return analysis.run();
        } catch (AnalyzerException e) {
            // The code is invalid: no compiler generates it.
            return List.<Frame<PathValue>[]>of(NOTHING);
        }
    }

    /** A method with the values that it gets. */
    private static final class Turns {

        private final ClassNode owner;
        private final MethodNode method;
        private final FieldTexts fields;
        private final Map<Integer, Text> parameters;
        private final PathValue.Arguments arguments;

        /** How many elements the longest list or array has that it loops over. */
        private int widest = 1;

        Turns(ClassNode owner, MethodNode method, FieldTexts fields, Map<Integer, Text> passed) {
            this.owner = owner;
            this.method = method;
            this.fields = fields;
            this.parameters = passed.isEmpty() ? Injection.parameters(method) : passed;
            this.arguments = fields.arguments(owner, method);
        }

        Frame<PathValue>[] frames(int turn) throws AnalyzerException {
            PathInterpreter plain = interpreter(Fallbacks.NONE, turn);
            Frame<PathValue>[] frames = of(owner, method, plain);
            widest = plain.widest();
            Fallbacks asked = Fallbacks.asked(method, frames);
            if (asked == Fallbacks.NONE) {
                return frames;
            }
            of(owner, method, interpreter(asked, turn));
            Fallbacks found = asked.found();
            return found == Fallbacks.NONE ? frames : of(owner, method, interpreter(found, turn));
        }

        private PathInterpreter interpreter(Fallbacks fallbacks, int turn) {
            return new PathInterpreter(method, fields, parameters, arguments, fallbacks, turn);
        }
    }

    private static Frame<PathValue>[] of(ClassNode owner, MethodNode method, PathInterpreter interpreter)
            throws AnalyzerException {
        Frame<PathValue>[] frames = new PathAnalyzer(method.instructions, interpreter).analyze(owner.name, method);
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] != null && !PathFrame.isReached(frames[i])) {
                frames[i] = null;
            }
        }
        return frames;
    }

    /**
     * The jumps after tests whether a text is null.
     *
     * @param tested which texts
     * @param whenNull whether they go to where it is null; otherwise to where it is not
     */
    public static List<Flow.Guard> nullTests(
            MethodNode method, Frame<PathValue>[] frames, Predicate<Text> tested, boolean whenNull) {
        List<Flow.Guard> guards = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof JumpInsnNode jump
                    && (jump.getOpcode() == Opcodes.IFNULL || jump.getOpcode() == Opcodes.IFNONNULL)
                    && frames[i] != null
                    && tested.test(PathFrame.fromTop(frames[i], 0).path())) {
                boolean jumps = (jump.getOpcode() == Opcodes.IFNULL) == whenNull;
                guards.add(new Flow.Guard(i, jumps ? method.instructions.indexOf(jump.label) : i + 1));
            }
        }
        return guards;
    }

    /** Whether a value of this type may be a path. */
    public static boolean isPath(Type type) {
        return type.getSort() == Type.OBJECT && TYPES.contains(type.getInternalName());
    }

    /**
     * The known arguments of a call, by the local variable of the called method.
     *
     * @param local the variable of the first argument
     */
    static Map<Integer, Text> passed(String descriptor, int local, List<PathValue> arguments) {
        Map<Integer, Text> passed = new HashMap<>();
        Type[] types = Type.getArgumentTypes(descriptor);
        int at = local;
        for (int i = 0; i < types.length; i++) {
            Text text = arguments.get(i).path();
            if (!text.equals(Text.UNKNOWN)) {
                passed.put(at, text);
            }
            at += types[i].getSize();
        }
        return passed;
    }

    /** The cost of an analysis: each instruction leads to the next one and to its handlers, with all variables. */
    static long cost(MethodNode method) {
        long ways = method.instructions.size();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            ways += Math.max(0, method.instructions.indexOf(block.end) - method.instructions.indexOf(block.start));
        }
        return ways * (method.maxLocals + method.maxStack);
    }

    private static final class PathAnalyzer extends Analyzer<PathValue> {

        private final InsnList code;
        private final Fallbacks fallbacks;

        PathAnalyzer(InsnList code, PathInterpreter interpreter) {
            super(interpreter);
            this.code = code;
            this.fallbacks = interpreter.fallbacks();
        }

        @Override
        protected Frame<PathValue> newFrame(int locals, int stack) {
            return new PathFrame(code, fallbacks, locals, stack);
        }

        @Override
        protected Frame<PathValue> newFrame(Frame<? extends PathValue> frame) {
            return new PathFrame(code, fallbacks, frame);
        }
    }
}
