// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.text.Expansion;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.Variables;
import io.github.readonlyrootfs.source.Effort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARGs above the first FROM, and the predefined ones: visible in FROM lines, in stages only after an ARG of the
 * same name.
 */
final class GlobalScope implements Variables {

    private static final Pattern PLATFORM =
            Pattern.compile("(?:BUILD|TARGET)(?:PLATFORM|ARCH|VARIANT|OSVERSION)|TARGETSTAGE");

    private final Map<String, State> args = new LinkedHashMap<>();
    private final Map<String, String> buildArgs;
    private final char escape;
    private final Effort effort;

    GlobalScope(List<Instruction.Arg> globals, Map<String, String> buildArgs, char escape, Effort effort) {
        this.buildArgs = buildArgs;
        this.escape = escape;
        this.effort = effort;
        for (Instruction.Arg arg : globals) {
            for (Instruction.Assignment assignment : arg.assignments()) {
                String name = assignment.key().text();
                args.put(name, value(name, assignment.value(), this));
            }
        }
    }

    /** Whether a build argument replaces an ARG's default. */
    boolean isGiven(String name) {
        return buildArgs.containsKey(name);
    }

    /** The value of an ARG: its default, or the build argument that replaces it. */
    private State value(String name, Optional<JoinedText> written, Variables variables) {
        String given = buildArgs.get(name);
        if (given != null) {
            return new State.Set(given);
        }
        if (written.isEmpty()) {
            return new State.Unset(true);
        }
        Expansion expansion = Expansion.of(written.get(), escape, variables);
        if (expansion instanceof Expansion.Known known) {
            effort.spend(known.text().length());
            if (effort.isSpent()) {
                return new State.Unknown(StageEvaluator.TOO_MUCH);
            }
            return new State.Set(known.text());
        }
        return new State.Unknown(
                expansion instanceof Expansion.Unknown unknown ? unknown.reason() : "its default cannot be expanded");
    }

    /**
     * The value of an ARG in a stage.
     *
     * @param variables those of the stage
     */
    State declare(String name, Optional<JoinedText> written, Variables variables) {
        if (written.isPresent() || buildArgs.containsKey(name)) {
            return value(name, written, variables);
        }
        State global = args.get(name);
        return global != null ? global : platform(name).orElseGet(() -> value(name, written, variables));
    }

    private static Optional<State> platform(String name) {
        if (name.equals("TARGETOS") || name.equals("BUILDOS")) {
            return Optional.of(new State.Set("linux"));
        }
        return PLATFORM.matcher(name).matches()
                ? Optional.of(new State.Unknown("it depends on how the image is built"))
                : Optional.empty();
    }

    /** Whether an ARG above the first FROM defines a variable. */
    boolean defines(String name) {
        return args.containsKey(name);
    }

    /** The first of these variables that is an ARG without a value. */
    Optional<String> lacksValue(Set<String> names) {
        for (String name : new TreeSet<>(names)) {
            if (isArgWithoutValue(args.get(name))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Whether an ARG has neither a default nor a build argument. */
    static boolean isArgWithoutValue(@Nullable State state) {
        return state instanceof State.Unset unset && unset.declared();
    }

    @Override
    public State lookup(String name) {
        State state = args.get(name);
        if (state != null) {
            return state;
        }
        String given = buildArgs.get(name);
        Optional<State> platform = platform(name);
        if (platform.isPresent()) {
            return given != null ? new State.Set(given) : platform.get();
        }
        return new State.Unset();
    }
}
