// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes that {@link java.util.ServiceLoader} finds. */
public final class Providers {

    private static final String LOADER = "java/util/ServiceLoader";

    private static final Pattern NAME = Pattern.compile("[\\w.$]+");

    private Providers() {}

    /** The file that names the classes for which a call looks, if it is one that does so. */
    public static Optional<String> file(MethodInsnNode call) {
        @Nullable AbstractInsnNode before = call;
        while (call.owner.equals(LOADER) && call.name.equals("load") && before != null) {
            if (before instanceof LdcInsnNode literal && literal.cst instanceof Type type) {
                return Optional.of("META-INF/services/" + type.getClassName());
            }
            before = Flow.preceding(before);
        }
        return Optional.empty();
    }

    /** The classes that a call looks for and of which its method takes objects, with slashes. */
    public static Set<String> taken(MethodNode method, MethodInsnNode call, ClassFiles classes) {
        return file(call)
                .filter(file -> Stream.of(method.instructions.toArray())
                        .anyMatch(other -> other instanceof MethodInsnNode takes
                                && takes.owner.equals(LOADER)
                                && !takes.name.equals("load")))
                .map(file -> named(classes.texts(file)))
                .orElse(Set.of());
    }

    /** The classes that the lines of files name, with slashes. */
    public static Set<String> named(List<String> texts) {
        Set<String> named = new LinkedHashSet<>();
        for (String text : texts) {
            for (String line : text.lines().toList()) {
                Matcher name = NAME.matcher(line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')));
                while (name.find()) {
                    named.add(name.group().replace('.', '/'));
                }
            }
        }
        return named;
    }
}
