// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A path that a line of code spells out: a literal, literals that are joined to the directory of the file or of the process, the
 * default of an environment variable, or a name that the same file gives such a value once.
 */
final class PathExpression {

    /**
     * A path.
     *
     * @param inside whether only the directory is known, in which it is
     */
    record Spelled(ContainerPath path, boolean inside) {}

    private static final Pattern LITERAL =
            Pattern.compile("\\s*+[rbufRBUF]?(?:\"([^\"\\n\\\\]*+)\"|'([^'\\n\\\\]*+)'|`([^`\\n\\\\]*+)`)");

    private static final Pattern HOLE = Pattern.compile("\\$?\\{|#\\{|%");

    private static final Pattern JOIN = Pattern.compile(
            "\\s*+(?:path\\.(?:join|resolve)|os\\.path\\.(?:join|abspath)|filepath\\.Join|Path\\.Combine|(?:pathlib\\.)?Path|join|resolve"
                    + "|File\\.join|str)\\(");

    private static final Pattern PROCESS = Pattern.compile(
            "\\s*+(?:process\\.cwd\\(\\)|os\\.getcwd\\(\\)|(?:pathlib\\.)?Path\\.cwd\\(\\)|getcwd\\(\\)|Directory\\.GetCurrentDirectory\\(\\))");

    private static final Pattern FILE = Pattern.compile(
            "\\s*+(?:__dirname|__DIR__|import\\.meta\\.dirname|((?:os\\.path\\.dirname\\(){1,4})(?:os\\.path\\.(?:abspath|realpath)\\()?__file__\\){1,5}"
                    + "|(?:pathlib\\.)?Path\\(__file__\\)(?:\\.(?:resolve|absolute)\\(\\))?((?:\\.parent){1,5})(?:\\.(?:resolve|absolute)\\(\\))?)");

    private static final Pattern VARIABLE = Pattern.compile(
            "\\s*+(?:process\\.env\\.(\\w++)\\s*+(?:\\|\\||\\?\\?)|(?:os\\.environ\\.get|os\\.getenv|getenv|env|config)\\(\\s*+[\"'](\\w++)[\"']\\s*+,(?:\\s*+default\\s*+=)?)");

    private static final Pattern NAME = Pattern.compile("\\s*+(?:this\\.|self\\.|\\$)?([A-Za-z_]\\w*+)(?![\\w(\\[.])");

    private static final Pattern ARGUMENT = Pattern.compile("\\s*+,(?!\\s*+[{)])");

    private static final Pattern OPERATOR = Pattern.compile("\\s*+(?:[/+]|\\.(?=\\s*+['\"$]))");

    private static final Pattern JOINED = Pattern.compile("\\s*+(\\+|\\.(?=\\s*+['\"$])|%)");

    private static final int MAX_NAMES = 3;
    private static final int MAX_PARTS = 8;

    private final String text;
    private final Value<ContainerPath> process;
    private final Optional<ContainerPath> file;
    private final Function<String, Value<String>> environment;

    /** Where the values of names are: the whole text is searched for each. */
    private final Map<String, Integer> values = new HashMap<>();

    /** How far the expression was read. */
    private int end;

    /**
     * @param text the code without comments
     * @param process the directory in which the process starts
     * @param file the directory of the code in the image
     * @param environment the values of its variables
     */
    PathExpression(
            String text,
            Value<ContainerPath> process,
            Optional<ContainerPath> file,
            Function<String, Value<String>> environment) {
        this.text = text;
        this.process = process;
        this.file = file;
        this.environment = environment;
    }

    /** The path that is written at a position; empty if it is not spelled out. */
    Optional<Spelled> at(int start) {
        return at(start, 0);
    }

    private static boolean isPath(String value) {
        return !value.contains("://")
                && (value.contains("/")
                        || Stream.of(".db", ".sqlite", ".sqlite3").anyMatch(value::endsWith));
    }

    /** The path for a text; a relative one starts in the directory of the process. */
    Optional<Spelled> of(String literal) {
        return process.known().flatMap(directory -> below(directory, literal, false));
    }

    private boolean skip(Pattern pattern, int from) {
        Matcher found = pattern.matcher(text).region(from, text.length());
        boolean here = found.lookingAt();
        end = here ? found.end() : from;
        return here;
    }

    private Optional<Spelled> at(int start, int names) {
        Matcher variable = VARIABLE.matcher(text).region(start, text.length());
        if (variable.lookingAt()) {
            String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
            Value<String> set = environment.apply(name);
            // Other values are names of databases, or secrets.
            return set.isAbsent()
                    ? at(variable.end(), names)
                    : set.known().filter(PathExpression::isPath).flatMap(this::of);
        }
        Matcher literal = LITERAL.matcher(text).region(start, text.length());
        if (literal.lookingAt()) {
            end = literal.end();
            return process.known().flatMap(directory -> joined(directory, value(literal)));
        }
        Matcher ofFile = FILE.matcher(text).region(start, text.length());
        if (ofFile.lookingAt()) {
            end = ofFile.end();
            return file.flatMap(directory -> parts(Optional.of(new Spelled(above(directory, ofFile), false)), false));
        }
        if (skip(PROCESS, start)) {
            return parts(process.known().map(directory -> new Spelled(directory, false)), false);
        }
        if (skip(JOIN, start)) {
            return parts(at(end, names), true);
        }
        Matcher name = NAME.matcher(text).region(start, text.length());
        if (name.lookingAt() && names < MAX_NAMES) {
            int after = name.end();
            Optional<Spelled> named = named(name.group(1), names);
            end = after;
            return parts(named, false);
        }
        return Optional.empty();
    }

    /** The value of a name that the file sets exactly once. */
    private Optional<Spelled> named(String name, int names) {
        int value = value(name);
        return value < 0 ? Optional.empty() : at(value, names + 1);
    }

    /** Where the value of such a name is; negative if it is set more often, or never. */
    private int value(String name) {
        return values.computeIfAbsent(name, this::searched);
    }

    private int searched(String name) {
        Matcher set = Pattern.compile(
                        "(?m)^[ \\t]*+(?:export )?(?:const |let |var |final |static |public |private |readonly |string |\\$|self\\.|this\\.){0,4}"
                                + Pattern.quote(name) + "\\s*+(?::\\s*+\\w++\\s*+)?(?::?=)(?!=)")
                .matcher(text);
        if (!set.find()) {
            return -1;
        }
        int value = set.end();
        return set.find() ? -1 : value;
    }

    private static String value(Matcher literal) {
        String found = literal.group(1) != null ? literal.group(1) : literal.group(2);
        return found != null ? found : literal.group(3);
    }

    private static ContainerPath above(ContainerPath directory, Matcher written) {
        int up = written.group(1) != null
                ? written.group(1).split("dirname", -1).length - 2
                : written.group(2) != null ? written.group(2).split("parent", -1).length - 2 : 0;
        ContainerPath above = directory;
        for (int i = 0; i < up && !above.isRoot(); i++) {
            above = above.parent();
        }
        return above;
    }

    /** A literal, to which something may be joined that is not known: then it is in the directory that the literal names. */
    private Optional<Spelled> joined(ContainerPath directory, String literal) {
        Matcher hole = HOLE.matcher(literal);
        boolean more = skip(JOINED, end);
        if (!hole.find()) {
            return below(directory, literal, more);
        }
        String known = literal.substring(0, hole.start());
        Spelled place = new Spelled(directory, true);
        return known.contains("/")
                ? below(directory, known, true)
                : isBase(place) ? Optional.empty() : Optional.of(place);
    }

    private static Optional<Spelled> below(ContainerPath directory, String literal, boolean more) {
        String path = more ? literal.substring(0, literal.lastIndexOf('/') + 1) : literal;
        boolean plain = path.matches("[\\w./@ +-]++") && path.matches(".*\\w.*") && !path.startsWith("//");
        return plain ? Optional.of(new Spelled(directory.resolve(path.strip()), more)) : Optional.empty();
    }

    /**
     * The parts that follow a directory.
     *
     * @param call whether they are arguments of a call that joins them
     */
    private Optional<Spelled> parts(Optional<Spelled> directory, boolean call) {
        Optional<Spelled> path = directory;
        for (int i = 0; i < MAX_PARTS && path.isPresent() && !path.get().inside(); i++) {
            int before = end;
            if (!skip(call ? ARGUMENT : OPERATOR, end)) {
                return path;
            }
            Optional<String> part = part(end);
            if (part.isEmpty()) {
                end = before;
                // Something in a directory of which nothing is spelled out may be anywhere in the application.
                boolean isNamed = i > 0 || !isBase(path.get());
                return call && isNamed ? path.map(known -> new Spelled(known.path(), true)) : Optional.empty();
            }
            path = joined(path.get().path(), part.get().replaceFirst("^/++", ""));
        }
        return path;
    }

    private boolean isBase(Spelled path) {
        return process.known().filter(path.path()::equals).isPresent()
                || file.filter(directory -> directory.isAtOrBelow(path.path())).isPresent();
    }

    /** A part of a path: a literal, or a name that the file gives a literal once. */
    private Optional<String> part(int start) {
        Matcher literal = LITERAL.matcher(text).region(start, text.length());
        if (literal.lookingAt()) {
            end = literal.end();
            return Optional.of(value(literal));
        }
        Matcher name = NAME.matcher(text).region(start, text.length());
        int value = name.lookingAt() ? value(name.group(1)) : -1;
        if (value < 0 || !literal.region(value, text.length()).lookingAt()) {
            return Optional.empty();
        }
        end = name.end();
        return Optional.of(value(literal));
    }
}
