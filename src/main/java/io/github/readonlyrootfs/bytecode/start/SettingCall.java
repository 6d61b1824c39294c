// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.Flow;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.PathFrame;
import io.github.readonlyrootfs.bytecode.path.PathValue;
import io.github.readonlyrootfs.bytecode.path.PathValue.MadeMap.Entry;
import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.partial.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * A call with which code makes settings, as a line of {@code setting-calls.txt} describes it.
 *
 * @param owner the class, with slashes
 */
public record SettingCall(String owner, Kind kind, Form form) {

    /** Where the settings belong. */
    public enum Kind {
        PROPERTY,
        ARGUMENT,
        /** Over everything else. */
        OVERRIDE,
        /** Below everything else. */
        DEFAULT,
        PROFILE,
        /** A profile for when nothing names one. */
        DEFAULT_PROFILE
    }

    private enum Form {
        PAIR,
        MAP,
        TEXTS,
        NAMES,
        WORDS,
        ANY
    }

    private static final String PROPERTIES = "java/util/Properties";

    private static final Map<String, List<SettingCall>> CALLS = new HashMap<>();

    private static final Set<String> OWNERS = new HashSet<>();

    static {
        for (String line : DataFiles.lines(SettingCall.class, "setting-calls.txt")) {
            String[] words = line.split("\\s+", -1);
            OWNERS.add(words[0]);
            CALLS.computeIfAbsent(words[1], method -> new ArrayList<>())
                    .add(new SettingCall(
                            words[0], constant(Kind::valueOf, words[2]), constant(Form::valueOf, words[3])));
        }
    }

    private static <T> T constant(Function<String, T> of, String word) {
        return of.apply(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether a class with these names may have such a call. */
    public static boolean mayBeIn(ClassFiles.Mentioned names) {
        return names.members().stream().anyMatch(CALLS::containsKey)
                && names.classes().stream().anyMatch(OWNERS::contains);
    }

    /** Whether a method may have such a call, except one that hands on the arguments of the method. */
    public static boolean mayBeIn(MethodNode method, ClassFiles classes) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call) {
                boolean own = classes.place(call.owner) >= 0;
                for (SettingCall each : CALLS.getOrDefault(call.name, List.of())) {
                    // Only a class of the application can be a subclass of the line's as far as the hierarchy shows.
                    if ((own || each.owner.equals(call.owner))
                            && (each.form != Form.WORDS || (each.takesWords(call) && !handsOn(method, call)))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether the last argument of a call is that of the method, or a copy as Kotlin makes it. */
    private static boolean handsOn(MethodNode method, MethodInsnNode call) {
        AbstractInsnNode last = Flow.preceding(call);
        if (last instanceof TypeInsnNode && last.getOpcode() == Opcodes.CHECKCAST) {
            last = Flow.preceding(last);
        }
        if (last instanceof MethodInsnNode copy) {
            return copy.name.equals("copyOf");
        }
        int hidden = (method.access & Opcodes.ACC_STATIC) != 0 ? 1 : 0;
        int parameters = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - hidden;
        return last instanceof VarInsnNode load && load.var < parameters;
    }

    private boolean takesWords(MethodInsnNode call) {
        return call.desc.contains("[Ljava/lang/String;)");
    }

    /** The line for a call, also for one of a subclass. */
    public static Optional<SettingCall> of(MethodInsnNode call, Hierarchy hierarchy) {
        return CALLS.getOrDefault(call.name, List.of()).stream()
                .filter(each -> each.owner.equals(call.owner) || hierarchy.isA(call.owner, each.owner))
                .filter(each -> each.form != Form.WORDS || each.takesWords(call))
                .findFirst();
    }

    /** What a call sets, each with its key; a key or a value that the code computes is unknown. */
    public List<Entry> settings(MethodInsnNode call, Frame<PathValue> frame) {
        List<PathValue> arguments = PathFrame.arguments(call, frame);
        if (owner.equals(PROPERTIES)
                && !(PathFrame.fromTop(frame, arguments.size()) instanceof PathValue.SystemProperties)) {
            return List.of();
        }
        List<Entry> unknown = List.of(new Entry(kind == Kind.PROFILE ? Text.EMPTY : Text.UNKNOWN, Text.UNKNOWN));
        if (form == Form.ANY || arguments.isEmpty()) {
            return unknown;
        }
        PathValue last = arguments.get(arguments.size() - 1);
        if (form == Form.PAIR) {
            return List.of(new Entry(arguments.get(0).path(), arguments.get(1).path()));
        }
        if (last instanceof PathValue.MadeMap map) {
            return map.entries();
        }
        if (last instanceof PathValue.Arguments && form == Form.WORDS) {
            return List.of();
        }
        return last instanceof PathValue.Array array && form != Form.MAP
                ? array.elements().stream()
                        .map(PathValue::path)
                        .map(this::entry)
                        .toList()
                : unknown;
    }

    private Entry entry(Text text) {
        if (form != Form.TEXTS) {
            return new Entry(Text.EMPTY, text);
        }
        // As SpringApplicationBuilder: the first of the two characters separates.
        int at = Stream.of(text.raw().indexOf('='), text.raw().indexOf(':'))
                .filter(index -> index >= 0)
                .min(Integer::compare)
                .orElse(text.raw().length());
        return new Entry(
                text.slice(0, at),
                text.slice(Math.min(at + 1, text.raw().length()), text.raw().length()));
    }
}
