package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a container runs: the task definition's entryPoint and command over the image's.
 *
 * @param words the program and its arguments
 */
record StartCommand(List<String> words) {

    /** Programs that run their arguments as they are. */
    private static final Set<String> WRAPPERS = Set.of("tini", "dumb-init", "__cacert_entrypoint.sh");

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");

    /** A shell's text that starts the JVM and nothing else. */
    private static final Pattern ONLY_JAVA = Pattern.compile("\\s*(exec\\s+)?(\\S*/)?java\\s[^;&|`()<>\\n]*");

    /** The command of a container; empty where the files do not tell it. */
    static Optional<StartCommand> of(ContainerDefinition definition, Image image) {
        boolean ownEntrypoint = !definition.entryPoint().isAbsent();
        Optional<List<String>> entrypoint =
                ownEntrypoint ? texts(definition.entryPoint()) : words(image.entrypoint(), image);
        // An entryPoint in the task definition drops the image's CMD too.
        Optional<List<String>> command = !definition.command().isAbsent()
                ? texts(definition.command())
                : ownEntrypoint || resetsCommand(image) ? Optional.of(List.of()) : words(image.cmd(), image);
        return entrypoint.flatMap(program -> command.map(arguments -> {
            List<String> words = new ArrayList<>(program);
            words.addAll(arguments);
            return new StartCommand(words);
        }));
    }

    /** An ENTRYPOINT of the Dockerfile drops the base image's CMD, whatever that is. */
    private static boolean resetsCommand(Image image) {
        return image.entrypoint().known().isPresent() && image.cmd().isAbsent();
    }

    private static Optional<List<String>> texts(Value<List<Located<String>>> words) {
        return words.known().map(known -> known.stream().map(Located::value).toList());
    }

    private static Optional<List<String>> words(Value<List<String>> words, Image image) {
        // What an unknown base image starts, nobody here knows.
        return words.isAbsent() && image.complete() ? Optional.of(List.of()) : words.known();
    }

    /** Whether it certainly starts a JVM without putting in the value of this variable. */
    boolean startsJavaWithout(String variable) {
        List<String> program = unwrapped();
        if (program.isEmpty()) {
            return false;
        }
        String name = baseName(program.get(0));
        if (SHELLS.contains(name)) {
            return program.size() == 3
                    && program.get(1).equals("-c")
                    && ONLY_JAVA.matcher(program.get(2)).matches()
                    && !program.get(2).contains(variable);
        }
        return name.equals("java");
    }

    private List<String> unwrapped() {
        List<String> rest = words;
        while (!rest.isEmpty() && WRAPPERS.contains(baseName(rest.get(0)))) {
            int next = 1;
            while (next < rest.size() && rest.get(next).startsWith("-")) {
                next++;
            }
            rest = rest.subList(next, rest.size());
        }
        return rest;
    }

    private static String baseName(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }
}
