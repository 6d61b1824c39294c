// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.bytecode.CodeSetting.When;
import io.github.readonlyrootfs.bytecode.path.Callers;
import io.github.readonlyrootfs.bytecode.path.Callers.Context;
import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.FieldTexts;
import io.github.readonlyrootfs.bytecode.path.Flow;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.path.PathValue;
import io.github.readonlyrootfs.bytecode.path.PathValue.MadeMap.Entry;
import io.github.readonlyrootfs.bytecode.path.PathVariables;
import io.github.readonlyrootfs.bytecode.path.Paths;
import io.github.readonlyrootfs.bytecode.start.Handlers;
import io.github.readonlyrootfs.bytecode.start.SettingCall;
import io.github.readonlyrootfs.bytecode.start.StartUp;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Finds the settings that code makes before its framework reads them. What frameworks call is not followed: which beans there are
 * depends on the settings.
 */
final class MadeSettings {

    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final FieldTexts fields;
    private final Callers callers;
    private final StartUp started;
    private final Set<CodeSetting> found = new LinkedHashSet<>();

    private MadeSettings(ClassFiles classes, Hierarchy hierarchy, Main main) {
        this.classes = classes;
        this.hierarchy = hierarchy;
        this.fields = new FieldTexts(
                classes, () -> hierarchy, (owner, method) -> ways(owner, method), main, text -> text, Map.of());
        this.callers = new Callers(classes, hierarchy, fields, this::started);
        this.started = new StartUp(classes, hierarchy, fields, main.name());
    }

    private StartUp started() {
        return started;
    }

    private List<Context> ways(ClassNode owner, MethodNode method) {
        return callers.of(owner, method);
    }

    /** The settings that some classes make, in no order. */
    static List<CodeSetting> in(ClassFiles classes, Supplier<Hierarchy> hierarchy, List<String> names, Main main) {
        Map<MethodNode, ClassNode> making = new LinkedHashMap<>();
        for (String name : names) {
            classes.find(name)
                    .ifPresent(node -> classes.guarded(name, node, owner -> {
                        for (MethodNode method : owner.methods) {
                            if (SettingCall.mayBeIn(method, classes)) {
                                making.put(method, owner);
                            }
                        }
                    }));
        }
        if (making.isEmpty()) {
            return List.of();
        }
        MadeSettings made = new MadeSettings(classes, hierarchy.get(), main);
        making.forEach((method, owner) -> classes.guarded(owner.name, owner, it -> made.add(it, method)));
        return List.copyOf(made.found);
    }

    private void add(ClassNode owner, MethodNode method) {
        Target target = Target.of(owner, method);
        List<CodeSetting> settings = settings(owner, method, Map.of(), () -> started.reaches(target));
        if (settings.stream()
                .anyMatch(
                        setting -> !setting.key().isKnown() || !setting.value().isKnown())) {
            settings = callers.of(owner, method).stream()
                    .flatMap(context -> settings(owner, method, context.parameters(), context::starts).stream())
                    .toList();
        }
        for (CodeSetting setting : settings) {
            boolean outside = setting.when() == When.PERHAPS
                    && setting.call().startsWith("java.")
                    && started.reaches(target).isFalse();
            // System properties that code computes later are about something else.
            if (!outside || setting.key().isKnown()) {
                found.add(outside && isOnlyLater(method) ? setting.later() : setting);
            }
        }
    }

    /** Whether only methods that frameworks run after the start lead to a method. */
    private boolean isOnlyLater(MethodNode method) {
        Set<MethodNode> leading = new LinkedHashSet<>();
        Deque<MethodNode> next = new ArrayDeque<>(List.of(method));
        while (!next.isEmpty()) {
            MethodNode each = next.remove();
            ClassNode owner = classes.owner(each);
            if (!leading.add(each) || Handlers.isLater(owner, each, hierarchy)) {
                continue;
            }
            Set<MethodNode> calling = callers.using(owner, each);
            if (calling.isEmpty() || each.name.startsWith("<") || each.visibleAnnotations != null) {
                return false;
            }
            next.addAll(calling);
        }
        return true;
    }

    private List<CodeSetting> settings(
            ClassNode owner, MethodNode method, Map<Integer, Text> passed, Supplier<Truth> starts) {
        List<CodeSetting> settings = new ArrayList<>();
        for (Frame<PathValue>[] frames : Paths.each(owner, method, fields, passed)) {
            for (int i = 0; i < frames.length; i++) {
                if (frames[i] != null && method.instructions.get(i) instanceof MethodInsnNode call) {
                    Optional<SettingCall> setting =
                            SettingCall.of(call, hierarchy).filter(it -> !started.isBehind(method, call));
                    for (Entry entry :
                            setting.isPresent() ? setting.get().settings(call, frames[i]) : List.<Entry>of()) {
                        settings.add(new CodeSetting(
                                WriteSite.CodePlace.of(classes, owner, method, call),
                                call.owner.replace('/', '.') + "." + call.name,
                                setting.get().kind(),
                                entry.key(),
                                entry.value(),
                                when(method, call, entry.key(), frames, starts)));
                    }
                }
            }
        }
        return settings;
    }

    private When when(
            MethodNode method, MethodInsnNode call, Text key, Frame<PathValue>[] frames, Supplier<Truth> starts) {
        if (!starts.get().isTrue()) {
            return When.PERHAPS;
        }
        if (started.isCertain(method, call, List.of())) {
            return When.ALWAYS;
        }
        Optional<Text> property = key.known().map(PathVariables::property);
        List<Flow.Guard> unlessSet = Paths.nullTests(method, frames, text -> property.equals(Optional.of(text)), true);
        return started.isCertain(method, call, unlessSet) ? When.UNLESS_SET : When.PERHAPS;
    }
}
