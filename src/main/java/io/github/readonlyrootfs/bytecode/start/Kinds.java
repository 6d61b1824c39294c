// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Flow;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** What kinds of methods the application has: those that never return, end the process, throw nothing, or write. */
final class Kinds {

    /** Deeper calls are not asked. */
    private static final int MAX_DEPTH = 100;

    /** Classes that begin no thread. */
    private static final Pattern ALONE =
            Pattern.compile("java/(?!lang/(?:Thread|reflect/)|util/(?:Timer|concurrent/))|org/slf4j/");

    private final Hierarchy hierarchy;
    private final Function<Target, Optional<MethodNode>> method;
    private final Function<MethodNode, Flow> flow;
    private final Predicate<Target> calledBack;
    private final Map<Target, Boolean> endless = new HashMap<>();
    private final Map<Target, Boolean> exiting = new HashMap<>();
    private final Map<Target, Boolean> harmless = new HashMap<>();
    private final Map<Target, Boolean> writing = new HashMap<>();
    private final Map<Target, Boolean> beginning = new HashMap<>();
    private final Map<Target, Boolean> ending = new HashMap<>();
    private int depth;

    /** @param calledBack whether a method is followed for itself, as something else calls it */
    Kinds(
            Hierarchy hierarchy,
            Function<Target, Optional<MethodNode>> method,
            Function<MethodNode, Flow> flow,
            Predicate<Target> calledBack) {
        this.hierarchy = hierarchy;
        this.method = method;
        this.flow = flow;
        this.calledBack = calledBack;
    }

    boolean neverReturns(MethodInsnNode call) {
        return hierarchy
                .target(call)
                .filter(it -> is(it, endless, Flow::neverReturns))
                .isPresent();
    }

    boolean exits(MethodInsnNode call) {
        return neverReturns(call)
                && hierarchy
                        .target(call)
                        .filter(it -> is(it, exiting, Flow::exits))
                        .isPresent();
    }

    boolean writes(MethodInsnNode call) {
        return hierarchy
                .target(call)
                .filter(it -> is(it, writing, Flow::writes))
                .isPresent();
    }

    /** Whether a call may begin what goes on when the main method has returned, such as a thread. */
    boolean begins(MethodInsnNode call) {
        Optional<Target> own =
                hierarchy.target(call).filter(target -> method.apply(target).isPresent());
        return own.isPresent()
                ? Stream.concat(own.stream(), StartUp.initialised(call).stream())
                        .anyMatch(target -> is(target, beginning, Flow::begins))
                : !ALONE.matcher(call.owner).lookingAt();
    }

    /** Whether a lambda, or what it calls, may end the process. */
    boolean mayExit(Handle code) {
        return hierarchy.target(code).filter(this::mayExit).isPresent();
    }

    private boolean mayExit(Target target) {
        return is(
                target,
                ending,
                flow -> flow.mayExit(
                        call -> hierarchy.target(call).filter(this::mayExit).isPresent()));
    }

    boolean isHarmless(MethodInsnNode call) {
        return hierarchy.target(call).filter(this::isHarmless).isPresent()
                && StartUp.initialised(call)
                        .filter(target -> method.apply(target).isPresent() && !calledBack.test(target))
                        .map(this::isHarmless)
                        .orElse(true);
    }

    boolean isHarmless(Handle code) {
        return hierarchy.target(code).filter(this::isHarmless).isPresent();
    }

    private boolean isHarmless(Target target) {
        return is(target, harmless, Flow::isHarmless);
    }

    /**
     * Whether a method is of a kind that depends on the methods that it calls; of those that call each other, the first one's own
     * calls decide.
     */
    private boolean is(Target target, Map<Target, Boolean> answers, Predicate<Flow> kind) {
        Boolean known = answers.putIfAbsent(target, false);
        if (known != null || depth >= MAX_DEPTH) {
            return known != null && known;
        }
        depth++;
        boolean is =
                method.apply(target).filter(it -> kind.test(flow.apply(it))).isPresent();
        depth--;
        answers.put(target, is);
        return is;
    }
}
