// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.start.JvmOptions.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JVM that a container starts: with the {@code java} launcher, with a known script, or as a native executable that GraalVM
 * compiled from the application.
 *
 * @param options with which it starts
 * @param isExecutable whether it is a native executable, which writes none of HotSpot's own files
 * @param certain whether it starts whenever the container starts
 */
public record Jvm(Command command, JvmOptions options, boolean isExecutable, boolean certain) {

    /** The launcher's options that take the next word as their value. */
    private static final Set<String> VALUED = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-opens",
            "--add-exports",
            "--add-reads",
            "--patch-module",
            "--enable-native-access",
            "--source",
            "-d",
            "--describe-module");

    /** The options whose value is what is run; the words after it are for the application. */
    private static final Set<String> LAST = Set.of("-m", "--module");

    private static final String JAR = "-jar";

    /** The arguments of the application: the words after its jar, module or main class; all arguments of a script. */
    public List<Field> applicationArguments() {
        List<Field> words = command.arguments();
        if (isExecutable) {
            return words.stream().filter(word -> !isOption(word)).toList();
        }
        if (!command.program().equals("java")) {
            return words;
        }
        int started = started(words);
        for (Field word : words.subList(0, started)) {
            if (!word.known() && !word.text().startsWith("-")) {
                // It may be the main class, so the application's arguments are unknown.
                return List.of();
            }
        }
        return words.subList(Math.min(started + 1, words.size()), words.size());
    }

    /** The jar that {@code -jar} is for. */
    public Optional<Field> jar() {
        List<Field> words = command.arguments();
        int started = started(words);
        for (Field word : words.subList(0, started)) {
            if (word.is(JAR) && started < words.size()) {
                return Optional.of(words.get(started));
            }
        }
        return Optional.empty();
    }

    /**
     * The index of the jar, module or main class; the number of words if there is none. The launcher takes options between
     * {@code -jar} and the jar too.
     */
    private static int started(List<Field> words) {
        boolean jar = false;
        for (int i = 0; i < words.size(); i++) {
            Field word = words.get(i);
            if (LAST.contains(word.text())) {
                return Math.min(i + 1, words.size());
            }
            if (isOptionOrFile(word)) {
                jar |= word.is(JAR);
                i += VALUED.contains(word.text()) ? 1 : 0;
            } else if (word.known() || (jar && !isFollowedByJar(words, i))) {
                return i;
            }
        }
        return words.size();
    }

    private static boolean isFollowedByJar(List<Field> words, int index) {
        for (Field later : words.subList(index + 1, words.size())) {
            if (later.text().endsWith(".jar")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOptionOrFile(Field word) {
        return word.text().startsWith("-") || OptionFiles.isArgumentFile(word);
    }

    /** The JVMs that a container starts, as far as the files show. */
    public static List<Jvm> of(StartCommand start, Image image) {
        List<Jvm> jvms = new ArrayList<>();
        for (Command command : start.commands()) {
            if (command.program().equals("java")) {
                List<Part> parts = new ArrayList<>(JavaLauncher.scriptOptions(start, command, image));
                parts.add(commandLine(command));
                JvmOptions options = JvmOptions.of(command, image, parts);
                jvms.add(new Jvm(command, options, false, command.certain()));
            } else if (isExecutable(command, image)) {
                List<Field> options =
                        command.arguments().stream().filter(Jvm::isOption).toList();
                jvms.add(new Jvm(command, JvmOptions.ofExecutable(options), true, command.certain()));
            } else {
                Optional<Jvm> launched = JavaLauncher.of(command, image);
                if (launched.isPresent()) {
                    jvms.add(launched.get());
                }
            }
        }
        return jvms;
    }

    /** A native executable reads such options anywhere among its arguments. */
    private static boolean isOption(Field word) {
        return word.text().startsWith("-D") || word.text().startsWith("-X");
    }

    /**
     * Whether a command runs a program that is not a script, and the project adds the program to an image without Java: in the
     * image of a Java application, GraalVM compiled it.
     *
     * @see <a href="https://www.graalvm.org/latest/reference-manual/native-image/guides/use-system-properties/">its system
     *     properties</a>
     */
    private static boolean isExecutable(Command command, Image image) {
        if (command.programPath().isEmpty()) {
            return false;
        }
        Optional<FileContent> content =
                image.files().content(command.programPath().get());
        boolean brought = content.isPresent()
                && (content.get() instanceof FileContent.Copied
                        || (content.get() instanceof FileContent.Changed
                                && image.config().complete()));
        return brought
                && content.get().read().isEmpty()
                && !EntrypointScripts.isNamedLikeOne(command.words().get(0))
                && command.arguments().stream().noneMatch(Jvm::isJava)
                && command.environment().get("JAVA_HOME").known().isEmpty()
                && JavaVersion.of(image, command.environment()).isEmpty();
    }

    private static boolean isJava(Field word) {
        return word.baseName().equals("java") || word.text().endsWith(".jar");
    }

    private static Part commandLine(Command command) {
        List<Field> options = new ArrayList<>();
        List<Field> words = command.arguments();
        int started = started(words);
        for (int i = 0; i < started; i++) {
            Field word = words.get(i);
            if (LAST.contains(word.text())) {
                break;
            }
            options.add(word);
            i += VALUED.contains(word.text()) ? 1 : 0;
        }
        return Part.of(options);
    }
}
