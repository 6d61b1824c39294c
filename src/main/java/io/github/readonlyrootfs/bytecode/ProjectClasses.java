// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.archive.LibraryClasses;
import io.github.readonlyrootfs.bytecode.path.ClassFiles;
import io.github.readonlyrootfs.bytecode.path.ClassFiles.Unreadable;
import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Injection;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.path.WriteCall;
import io.github.readonlyrootfs.bytecode.start.SettingCall;
import io.github.readonlyrootfs.bytecode.start.SpringEnvironment;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * The class files of a project. They are read once, and what is found in them is kept: each trial of an edit asks again, mostly with
 * the same settings.
 */
final class ProjectClasses {

    /** Methods of SpringApplication and of its builder that may make singletons lazy. */
    private static final Set<String> LAZY = Set.of("setLazyInitialization", "lazyInitialization");

    private final ClassFiles classes;
    private final List<Path> libraries;

    /** By class, the other classes that it mentions. */
    private final Map<String, Set<String>> others = new LinkedHashMap<>();

    private final Set<String> mentioned = new LinkedHashSet<>();
    private final Set<String> members = new HashSet<>();
    private final List<String> propertySources = new ArrayList<>();
    private final List<String> writers = new ArrayList<>();
    private final List<String> setters = new ArrayList<>();
    private final boolean lazy;

    /** By the parts of the main method: a record as a key takes long to link. */
    private final Map<List<Object>, List<CodeSetting>> settings = new HashMap<>();

    /** By what was looked for, what was found with some answers of the settings. */
    private final Map<Object, List<Found>> found = new HashMap<>();

    private @Nullable Hierarchy hierarchy;
    private @Nullable LibraryCode code;

    private record Found(AskedSettings asked, Object what) {}

    ProjectClasses(List<ClassPathEntry> modules, List<Path> libraries) {
        this.classes = new ClassFiles(modules);
        this.libraries = libraries;
        boolean mayBeLazy = false;
        for (String name : classes.names()) {
            ClassFiles.Mentioned in = classes.mentioned(name);
            others.put(name, in.classes());
            for (String other : in.classes()) {
                mentioned.add(other.replace('/', '.'));
            }
            members.addAll(in.members());
            if (WriteCall.mayBeIn(in)) {
                writers.add(name);
            }
            mayBeLazy |= !Collections.disjoint(LAZY, in.members());
            if (SettingCall.mayBeIn(in)) {
                setters.add(name);
            }
            if (in.classes().contains(Injection.PROPERTY_SOURCE)) {
                classes.find(name).map(Injection::propertySources).ifPresent(propertySources::addAll);
            }
        }
        this.lazy = mayBeLazy;
    }

    Hierarchy hierarchy() {
        Hierarchy made = hierarchy;
        if (made == null) {
            made = new Hierarchy(classes);
            hierarchy = made;
        }
        return made;
    }

    /** Created when there is something to scan, because it loads the library that reads byte code. */
    Scan scan(Main main, SpringEnvironment spring, WebApplication web) {
        LibraryCode made = code;
        if (made == null) {
            made = libraryCode();
            code = made;
            if (made != LibraryCode.NONE) {
                hierarchy = null;
            }
        }
        return new Scan(classes, this::hierarchy, made, new Scan.Framework(spring, lazy, web), main);
    }

    private LibraryCode libraryCode() {
        if (libraries.isEmpty()) {
            return LibraryCode.NONE;
        }
        try (LibraryClasses jars = new LibraryClasses(libraries)) {
            return LibraryCode.of(classes, jars, others);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<CodeSetting> settings(Main main) {
        return settings.computeIfAbsent(
                List.of(main.name(), main.arguments()),
                key -> MadeSettings.in(classes, this::hierarchy, setters, main));
    }

    /** What was found before where the settings answer alike, or is found now. */
    @SuppressWarnings("unchecked") // One key is always asked for the same type.
    <T> T found(Object key, AskedSettings asked, Supplier<T> search) {
        List<Found> before = found.computeIfAbsent(key, it -> new ArrayList<>());
        for (Found each : before) {
            if (each.asked().answersLike(asked)) {
                return (T) each.what();
            }
        }
        T now = search.get();
        before.add(new Found(asked, now));
        return now;
    }

    /** The writes that a scan finds. */
    List<WriteSite> sites(Supplier<Scan> scan) {
        return writers.isEmpty() && libraries.isEmpty() ? List.of() : scan.get().of(writers);
    }

    boolean isEmpty() {
        return others.isEmpty();
    }

    List<Unreadable> unreadable() {
        return classes.unreadable();
    }

    List<String> propertySources() {
        return propertySources;
    }

    /** See {@link WriteSites#mentions}. */
    boolean mentions(String name) {
        if (name.startsWith("@")) {
            String[] parts =
                    name.substring(1, name.length() - 1).replace('.', '/').split("\\(", 2);
            return classes.names().stream()
                    .filter(each -> others.getOrDefault(each, Set.of()).contains(parts[0]))
                    .flatMap(each -> classes.find(each).stream())
                    .anyMatch(each -> Injection.isGiven(each, "L" + parts[0] + ";", Type.getObjectType(parts[1])));
        }
        if (name.endsWith("*")) {
            int dot = name.lastIndexOf('.');
            String start = name.substring(dot + 1, name.length() - 1);
            return mentions(name.substring(0, dot)) && members.stream().anyMatch(member -> member.startsWith(start));
        }
        if (mentioned.contains(name)) {
            return true;
        }
        for (String other : mentioned) {
            if (other.startsWith(name + ".") || other.startsWith(name + "$")) {
                return true;
            }
        }
        return false;
    }
}
