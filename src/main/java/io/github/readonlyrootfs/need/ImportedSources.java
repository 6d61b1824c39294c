// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.data.SoughtText;
import io.github.readonlyrootfs.need.SourceCode.Source;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.start.Command;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sources that a command runs: those that it names, and those whose names these import. Frameworks that load code by its
 * place need no import; with them, all count, as with a command that names none.
 */
final class ImportedSources {

    private static final Set<String> LINKED = Set.of("npm", "pypi");

    private static final SoughtText LOADS_BY_PLACE = SoughtText.of(
            Pattern.compile(
                    "\\b(?:django|DJANGO_SETTINGS_MODULE|readdirSync|require-all|importlib|NextResponse|defineNuxtConfig|strapi|__import__)\\b"));

    private static final Pattern IMPORT = Pattern.compile(
            "from[^\\n]{1,200}import\\s*+\\([^)]{0,2000}\\)|(?m)^[^\\n]{0,300}\\b(?:import|from|require|from_object)\\b[^\\n]{0,300}");

    private static final Pattern NAME = Pattern.compile("[\\w.@-]++");

    private static final Pattern ENDING = Pattern.compile("\\.(?:[mc]?[jt]s|py)$");

    private static final Pattern DJANGO_COMMAND = Pattern.compile("(?:^|/)management/commands/(\\w+)\\.py$");

    /** Files that stand for their directory. */
    private static final Set<String> OF_DIRECTORY = Set.of("index", "__init__", "__main__", "mod");

    /** Files with which a program starts that lies in a directory of its name. */
    private static final Set<String> STARTS = Set.of("Program.cs", "main.go");

    private ImportedSources() {}

    static Collection<Source> of(List<Source> sources, Command command) {
        List<Source> run = sources.stream()
                .filter(source -> !isOtherCommand(source, command))
                .toList();
        return withoutOtherPrograms(imported(run, command), command);
    }

    /** Whether it is a command of Django's that nobody gives. */
    private static boolean isOtherCommand(Source source, Command command) {
        Matcher name = DJANGO_COMMAND.matcher(source.file().name());
        return name.find()
                && command.words().stream().noneMatch(word -> word.text().equals(name.group(1)));
    }

    /** Of a solution with several programs that lie in directories of their own, the one that starts, and what is no program. */
    private static Collection<Source> withoutOtherPrograms(Collection<Source> sources, Command command) {
        Set<String> own = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (Source source : sources) {
            String[] path = source.file().name().split("/", -1);
            if (path.length > 1 && STARTS.contains(path[path.length - 1])) {
                String directory = path[path.length - 2];
                boolean starts = command.words().stream()
                        .anyMatch(word ->
                                word.baseName().replaceFirst("\\.dll$", "").equals(directory));
                (starts ? own : others).add(source.file().name().replaceFirst("[^/]*+$", ""));
            }
        }
        // Of several none of which is named like the command, any may be it: only what they share is certain to run.
        return others.isEmpty() || (own.isEmpty() && others.size() == 1)
                ? sources
                : sources.stream()
                        .filter(source -> others.stream()
                                .noneMatch(directory -> source.file().name().startsWith(directory)))
                        .toList();
    }

    private static Collection<Source> imported(List<Source> sources, Command command) {
        Map<String, Set<Source>> byName = new HashMap<>();
        for (Source source : sources) {
            if (!LINKED.contains(source.ecosystem())
                    || LOADS_BY_PLACE.isIn(source.file().text())) {
                return sources;
            }
            String[] path = source.file().name().split("/", -1);
            String name = path[path.length - 1].replaceFirst("\\.\\w+$", "");
            byName.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(source);
            if (OF_DIRECTORY.contains(name) && path.length > 1) {
                byName.computeIfAbsent(path[path.length - 2], key -> new LinkedHashSet<>())
                        .add(source);
            }
        }
        Set<Source> reached = new LinkedHashSet<>();
        Deque<Source> open = new ArrayDeque<>();
        for (Field word : command.arguments()) {
            add(word.text(), byName, reached, open);
        }
        while (!open.isEmpty()) {
            Matcher imports = IMPORT.matcher(open.pop().file().text());
            while (imports.find()) {
                add(imports.group(), byName, reached, open);
            }
        }
        return reached.isEmpty() ? sources : reached;
    }

    private static void add(String text, Map<String, Set<Source>> byName, Set<Source> reached, Deque<Source> open) {
        Matcher name = NAME.matcher(text);
        Set<String> names = new HashSet<>();
        while (name.find()) {
            String whole = ENDING.matcher(name.group()).replaceFirst("");
            names.add(whole);
            names.addAll(List.of(whole.split("\\.", -1)));
        }
        for (String each : names) {
            for (Source source : byName.getOrDefault(each, Set.of())) {
                if (reached.add(source)) {
                    open.add(source);
                }
            }
        }
    }
}
