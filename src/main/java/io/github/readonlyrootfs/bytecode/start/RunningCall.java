// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Flow;
import io.github.readonlyrootfs.data.DataFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** A call behind which the application has started: it runs the application, or waits for what happens later. */
final class RunningCall {

    /** By class and method, the further conditions of each line of {@code running-calls.txt}. */
    private static final Map<String, List<String>> CALLS = new HashMap<>();

    private static final String LONG = "long";

    /** A smaller number in another unit than these is too short to wait for the end. */
    private static final long MUCH = Integer.MAX_VALUE;

    private static final Set<String> LONG_UNITS = Set.of("DAYS", "HOURS");

    static {
        for (String line : DataFiles.lines(RunningCall.class, "running-calls.txt")) {
            String[] words = line.split("\\s+", -1);
            CALLS.computeIfAbsent(words[0] + "." + words[1], name -> new ArrayList<>())
                    .add(words.length > 2 ? words[2] : "");
        }
    }

    private RunningCall() {}

    static boolean is(MethodInsnNode call) {
        for (String condition : CALLS.getOrDefault(call.owner + "." + call.name, List.of())) {
            boolean met = condition.equals(LONG) ? waitsLong(call) : call.desc.startsWith(condition);
            if (met) {
                return true;
            }
        }
        return false;
    }

    /** Whether its last two arguments are a constant and a unit that make a long time. */
    private static boolean waitsLong(MethodInsnNode call) {
        if (!call.desc.startsWith("(JLjava/util/concurrent/TimeUnit;)")
                || !(Flow.preceding(call) instanceof FieldInsnNode unit)) {
            return false;
        }
        @Nullable AbstractInsnNode number = Flow.preceding(unit);
        if (number instanceof LdcInsnNode constant && constant.cst instanceof Long much) {
            return much > 0 && (much >= MUCH || LONG_UNITS.contains(unit.name));
        }
        return number instanceof InsnNode && number.getOpcode() == Opcodes.LCONST_1 && LONG_UNITS.contains(unit.name);
    }
}
