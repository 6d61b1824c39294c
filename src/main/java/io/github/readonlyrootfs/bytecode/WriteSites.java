// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where the classes of a project write files.
 *
 * @param sites in the order of the classes' names
 * @param unreadable what could not be read
 * @param mentioned the classes, with dots, that the code mentions
 * @param propertySources what Spring's {@code @PropertySource} names on classes that certainly count, the weakest first
 * @param startedCalls what is certainly called when the application starts, as in {@code com.example.Store.open}; found out
 *     when it is asked for, since that takes all classes
 */
public record WriteSites(
        List<WriteSite> sites,
        List<Unreadable> unreadable,
        Set<String> mentioned,
        List<String> propertySources,
        Supplier<Set<String>> startedCalls) {

    /** Methods of SpringApplication and of its builder. */
    private static final Set<String> LAZY = Set.of("setLazyInitialization", "lazyInitialization");

    public WriteSites {
        sites = List.copyOf(sites);
        unreadable = List.copyOf(unreadable);
        mentioned = Set.copyOf(mentioned);
        propertySources = List.copyOf(propertySources);
    }

    /**
     * A class file, or a directory of them, that could not be read.
     *
     * @param name the class's, with slashes
     * @param reason why, for people, as half a sentence
     */
    public record Unreadable(String name, String reason) {}

    /** Where there is no code. */
    public static final WriteSites NONE = new WriteSites(List.of(), List.of(), Set.of(), List.of(), Set::of);

    /**
     * Reads the class files of an application's own modules. Code of other classes, such as libraries, is not looked at:
     * what a library writes depends on how it is called.
     *
     * @param modules the project's own classes first
     * @param mainClass the class that is started, with dots; where empty, the only one that has a main method
     * @param lazySingletons whether the settings have Spring make singletons only when somebody asks for them; the code may
     *     say so too
     */
    public static WriteSites in(
            List<ClassPathEntry> modules, Optional<String> mainClass, boolean lazySingletons, WebApplication web) {
        ClassFiles classes = new ClassFiles(modules);
        if (classes.names().isEmpty()) {
            return new WriteSites(List.of(), classes.unreadable(), Set.of(), List.of(), NONE.startedCalls());
        }
        Set<String> all = new LinkedHashSet<>();
        List<String> writers = new ArrayList<>();
        List<String> propertySources = new ArrayList<>();
        boolean lazy = lazySingletons;
        for (String name : classes.names()) {
            ClassFiles.Mentioned mentioned = classes.mentioned(name);
            mentioned.classes().forEach(other -> all.add(other.replace('/', '.')));
            if (mentioned.classes().stream().anyMatch(WriteCall::isOwner)
                    || mentioned.members().stream().anyMatch(WriteCall::isNameOfAny)) {
                writers.add(name);
            }
            lazy |= mentioned.members().stream().anyMatch(LAZY::contains);
            if (mentioned.classes().contains(Injection.PROPERTY_SOURCE)) {
                classes.find(name).map(Injection::propertySources).ifPresent(propertySources::addAll);
            }
        }
        Scan scan = new Scan(classes, mainClass, lazy, web);
        List<WriteSite> sites = scan.of(writers);
        return new WriteSites(sites, classes.unreadable(), all, propertySources, scan::startedCalls);
    }

    /** Whether the code mentions a class, or one of a package or below it. */
    public boolean mentions(String name) {
        return mentioned.contains(name)
                || mentioned.stream().anyMatch(other -> other.startsWith(name + ".") || other.startsWith(name + "$"));
    }
}
