package io.github.readonlyrootfs.bytecode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the classes of a project write files.
 *
 * @param sites in the order of the classes' names
 * @param unreadable class files that could not be read and why, as half sentences
 * @param packages the packages, with dots, whose classes the code mentions
 */
public record WriteSites(List<WriteSite> sites, List<String> unreadable, Set<String> packages) {

    public WriteSites {
        sites = List.copyOf(sites);
        unreadable = List.copyOf(unreadable);
        packages = Set.copyOf(packages);
    }

    /**
     * Reads the class files below some directories. Code of other classes, such as libraries, is not looked at: what a
     * library writes depends on how it is called.
     *
     * @param mainClass the class that is started, with dots; where empty, the only one that has a main method
     */
    public static WriteSites in(List<Path> directories, Optional<String> mainClass) {
        ClassFiles classes = new ClassFiles(directories);
        Set<String> packages = new LinkedHashSet<>();
        List<String> writers = new ArrayList<>();
        for (String name : classes.names()) {
            Set<String> mentioned = classes.mentioned(name);
            mentioned.stream().map(WriteSites::packageOf).forEach(packages::add);
            if (mentioned.stream().anyMatch(WriteCall::isOwner)) {
                writers.add(name);
            }
        }
        List<WriteSite> sites = new Scan(classes, mainClass).of(writers);
        return new WriteSites(sites, classes.unreadable(), packages);
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.');
    }
}
