// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.partial.Hole;
import io.github.readonlyrootfs.partial.Text;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources of tests, and prints paths. */
public final class Compiled {

    private static final Pattern NAME =
            Pattern.compile("(?:class|@interface|interface|record|enum) (\\w+)", Pattern.DOTALL);

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** One for all compilations: it takes longer to list the JDK's classes than to compile a test's. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private Compiled() {}

    /** A source file in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Compiles sources into the directory. The first type of each source names its file. */
    public static void compile(Path directory, List<String> options, String... sources) {
        List<JavaFileObject> units = new ArrayList<>();
        for (String source : sources) {
            Matcher name = NAME.matcher(source);
            assertThat(name.find()).isTrue();
            units.add(new Source(name.group(1), source));
        }
        List<String> all = new ArrayList<>(List.of("-d", directory.toString(), "-nowarn", "-g:lines,source"));
        all.addAll(options);
        if (!options.contains("-cp")) {
            // Otherwise the compiler opens all jars of the tests.
            all.addAll(List.of("-proc:none", "-cp", directory.toString()));
        }
        assertThat(COMPILER.getTask(null, FILES, null, all, null, units).call()).isTrue();
    }

    /** What modules write, the project first, where nothing is known of their settings and their start. */
    static WriteSites sites(Path... modules) {
        return new ProjectCode()
                .sites(
                        Stream.of(modules).map(ClassPathEntry::of).toList(),
                        List.of(),
                        Main.UNKNOWN,
                        KnownSpring.NOTHING,
                        WebApplication.NONE);
    }

    /** The source of an annotation with these optional members. */
    public static String annotation(String name, String... members) {
        int dot = name.lastIndexOf('.');
        return "package " + name.substring(0, dot) + "; import java.lang.annotation.*;"
                + " @Retention(RetentionPolicy.RUNTIME) public @interface " + name.substring(dot + 1) + " { "
                + String.join(" ", members) + " }";
    }

    /** A path with {@code {property}}, {@code {env VARIABLE}}, {@code {key name:default}} and {@code ?} in it. */
    static String text(Text path) {
        return path.fill(hole -> Text.of(text(hole))).raw();
    }

    private static String text(Hole hole) {
        if (hole instanceof Hole.Variable variable) {
            String kind = switch (variable.kind()) {
                case SYSTEM_PROPERTY -> "";
                case ENVIRONMENT_VARIABLE -> "env ";
                case KEY -> "key ";
            };
            return "{" + kind + variable.name()
                    + variable.otherwise().map(o -> ":" + o).orElse("") + "}";
        }
        return "?";
    }
}
