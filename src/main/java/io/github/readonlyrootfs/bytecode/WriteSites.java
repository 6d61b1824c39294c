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
import org.jspecify.annotations.Nullable;

/** The places where the classes of a project write files. They are searched when they are first needed: the settings depend on the code too. */
public final class WriteSites {

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
    private final Main main;
    private final SpringEnvironment spring;
    private final WebApplication web;
    private final boolean lazy;
    private final List<CodeSetting> settings;
    private final Map<String, List<HandedValue>> handed = new HashMap<>();
    private @Nullable Hierarchy hierarchy;
    private @Nullable Scan scan;
    private @Nullable List<WriteSite> sites;

    private WriteSites(
            ClassFiles classes, List<Path> libraries, Main main, SpringEnvironment spring, WebApplication web) {
        this.classes = classes;
        this.libraries = libraries;
        boolean mayBeLazy = false;
        List<String> setters = new ArrayList<>();
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
        this.main = main;
        this.spring = spring;
        this.web = web;
        this.settings = MadeSettings.in(classes, this::hierarchy, setters, main);
        this.lazy = mayBeLazy;
    }

    /** The settings that the code makes. */
    public List<CodeSetting> settings() {
        return settings;
    }

    private Hierarchy hierarchy() {
        Hierarchy made = hierarchy;
        if (made == null) {
            made = new Hierarchy(classes);
            hierarchy = made;
        }
        return made;
    }

    /** Created when there is something to scan, because it loads the library that reads byte code. */
    private Scan scan() {
        Scan made = scan;
        if (made == null) {
            LibraryCode code = libraryCode();
            if (code != LibraryCode.NONE) {
                hierarchy = null;
            }
            made = new Scan(classes, this::hierarchy, code, new Scan.Framework(spring, lazy, web), main);
            scan = made;
        }
        return made;
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

    /**
     * Reads the class files of an application's own modules.
     *
     * @param modules the project's own classes first
     * @param libraries jars of which nothing is known: their code is followed from the modules' calls on
     */
    public static WriteSites in(
            List<ClassPathEntry> modules,
            List<Path> libraries,
            Main main,
            SpringEnvironment spring,
            WebApplication web) {
        return new WriteSites(new ClassFiles(modules), libraries, main, spring, web);
    }

    /** The writes in the order of the classes' names. */
    public synchronized List<WriteSite> sites() {
        if (sites == null) {
            sites = writers.isEmpty() && libraries.isEmpty() ? List.of() : scan().of(writers);
        }
        return sites;
    }

    /**
     * The values that the project's own code hands to a library.
     *
     * @param name a key, or {@code org.example.Type.method()} for its first argument
     */
    public synchronized List<HandedValue> handed(String name) {
        // Each condition of an entry asks anew, and all class files are read for it.
        return classes.names().isEmpty()
                ? List.of()
                : handed.computeIfAbsent(name, key -> scan().handed(HandedValue.Way.parse(key)));
    }

    /** The classes that could not be read. */
    public List<Unreadable> unreadable() {
        sites();
        return classes.unreadable();
    }

    /** The files in Spring's {@code @PropertySource} on classes that certainly apply, the weakest first. */
    public List<String> propertySources() {
        return propertySources;
    }

    /** The methods that are certainly called when the application starts, such as {@code com.example.Store.open}. */
    public synchronized Set<String> startedCalls() {
        return classes.names().isEmpty() ? Set.of() : scan().startedCalls();
    }

    /**
     * Whether the code mentions a class, or a class in a package or nested in a class; with an asterisk at the end, a class and any
     * member whose name begins so.
     */
    public boolean mentions(String name) {
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
