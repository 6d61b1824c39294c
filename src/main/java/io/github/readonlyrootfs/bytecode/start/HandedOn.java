// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Hierarchy;
import io.github.readonlyrootfs.bytecode.path.Hierarchy.Target;
import io.github.readonlyrootfs.data.DataFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.tree.MethodInsnNode;

/** A method of a type that a library calls on objects that the start makes, as a line of {@code handed-on.txt} describes it. */
record HandedOn(String type, String method, When when) {

    /** When an exception in it ends the start. */
    enum When {
        SURELY,
        /** Only where the caller wants that. */
        PERHAPS,
        /** Never: it ends another thread. */
        IN_THREAD,
        /** Surely, where code names the class: the library makes the object. */
        NAMED
    }

    /** Calls that run the lambda that they get. */
    private static final Set<String> RUNNING = new HashSet<>();

    /** Calls that run the lambda that they get in another thread. */
    private static final Set<String> BEGINNING = new HashSet<>();

    private static final List<HandedOn> OBJECTS = new ArrayList<>();

    static {
        for (String line : DataFiles.lines(HandedOn.class, "handed-on.txt")) {
            String[] words = line.split("\\s+", -1);
            if (words[0].equals("lambda")) {
                RUNNING.add(words[1] + "." + words[2]);
            } else if (words[0].equals("thread")) {
                BEGINNING.add(words[1] + "." + words[2]);
            } else {
                When when = words.length > 3
                        ? When.valueOf(words[3].toUpperCase(Locale.ROOT).replace('-', '_'))
                        : When.SURELY;
                OBJECTS.add(new HandedOn(words[1], words[2], when));
            }
        }
    }

    /** Whether a call runs a lambda that it gets before it returns: some of libraries do, and those of the JDK's collections. */
    static boolean runs(MethodInsnNode call) {
        return surelyRuns(call)
                || (call.owner.startsWith("java/util/") && !call.owner.startsWith("java/util/concurrent/"));
    }

    /** Whether a call runs a lambda that it gets in another thread, and does not wait for it. */
    static boolean begins(MethodInsnNode call) {
        return BEGINNING.contains(call.owner + "." + call.name);
    }

    /** Whether a library runs a lambda that a call gets, so that its exception certainly leaves the call. */
    static boolean surelyRuns(MethodInsnNode call) {
        return RUNNING.contains(call.owner + "." + call.name);
    }

    /**
     * The methods that libraries call on an object of the application that the start makes.
     *
     * @param when an exception in them ends the start; what surely does so, perhaps does so too
     */
    static Stream<Target> called(String made, When when, Hierarchy hierarchy) {
        return hierarchy.find(made).stream()
                .flatMap(header -> OBJECTS.stream()
                        .filter(each -> (each.when == when || (when == When.PERHAPS && each.when == When.SURELY))
                                && hierarchy.isA(made, each.type))
                        .flatMap(each -> hierarchy.methods(header, each.method)));
    }
}
