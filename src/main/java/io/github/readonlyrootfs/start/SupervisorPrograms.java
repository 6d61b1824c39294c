// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.command.ImageHost;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs that {@code supervisord} starts, each as a shell script. See
 * <a href="https://supervisord.org/configuration.html">its documentation</a>.
 */
final class SupervisorPrograms {

    private static final String SUPERVISOR = "supervisord";

    /** The default paths; a relative one is below the directory in which it starts. */
    private static final List<String> FILES = List.of(
            "supervisord.conf", "etc/supervisord.conf", "/etc/supervisord.conf", "/etc/supervisor/supervisord.conf");

    /** The files that the configuration of Debian's package includes. */
    private static final String PACKAGED = "/etc/supervisor/conf.d/*.conf";

    private static final Pattern SECTION = Pattern.compile("\\[(include|(?:program|fcgi-program|eventlistener):.+)]");
    private static final Pattern SETTING = Pattern.compile("([A-Za-z_]+)\\s*[=:]\\s*(.*)");
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)[;#].*");
    private static final Pattern EXPANSION = Pattern.compile("%\\((?:ENV_(\\w+)|(\\w+))\\)s");

    private final ImageHost host;
    private final Optional<ContainerPath> directory;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Script> scripts = new ArrayList<>();
    private boolean complete;

    private SupervisorPrograms(ImageHost host, Optional<ContainerPath> directory) {
        this.host = host;
        this.directory = directory;
    }

    /**
     * A setting.
     *
     * @param lines its value
     * @param place of the first line
     */
    private record Setting(List<String> lines, Place place) {

        String value() {
            return String.join(" ", lines);
        }
    }

    /**
     * The programs that a command starts.
     *
     * @param directory in which it starts, if that is known
     * @return empty if it is not supervisord
     */
    static Optional<SupervisorPrograms> of(List<Field> words, ImageHost host, Optional<ContainerPath> directory) {
        if (!words.get(0).baseName().equals(SUPERVISOR)) {
            return Optional.empty();
        }
        SupervisorPrograms programs = new SupervisorPrograms(host, directory);
        programs.read(words);
        return Optional.of(programs);
    }

    List<SourceFile> files() {
        return files;
    }

    /** The scripts that start them, in the order of the files. */
    List<Script> scripts() {
        return scripts;
    }

    /** Whether the configuration was found. */
    boolean isComplete() {
        return complete;
    }

    private void read(List<Field> words) {
        List<String> places = named(words).map(List::of).orElse(FILES);
        for (String place : places) {
            Optional<ContainerPath> path = path(place, directory);
            Optional<SourceFile> file = path.flatMap(this::text);
            if (file.isPresent()) {
                complete = true;
                add(file.get(), path.get().parent())
                        .forEach(pattern -> include(pattern, path.get().parent()));
                return;
            }
        }
        if (places.equals(FILES)) {
            include(PACKAGED, ContainerPath.ROOT);
            complete = !scripts.isEmpty();
        }
    }

    /** The file that {@code -c} names. */
    private static Optional<String> named(List<Field> words) {
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i).text();
            if ((word.equals("-c") || word.equals("--configuration")) && i + 1 < words.size()) {
                return Optional.of(words.get(i + 1).text());
            }
            if (word.startsWith("--configuration=")) {
                return Optional.of(word.substring(word.indexOf('=') + 1));
            }
            if (word.startsWith("-c")) {
                return Optional.of(word.substring(2));
            }
        }
        return Optional.empty();
    }

    private static Optional<ContainerPath> path(String text, Optional<ContainerPath> below) {
        return text.startsWith("/") ? Optional.of(ContainerPath.of(text)) : below.map(base -> base.resolve(text));
    }

    private Optional<SourceFile> text(ContainerPath path) {
        return host.fileContent(path).flatMap(FileContent::read);
    }

    /** Adds the programs of a file; returns its patterns of included files. */
    private List<String> add(SourceFile file, ContainerPath here) {
        files.add(file);
        String section = "";
        String last = "";
        Map<String, Setting> settings = new LinkedHashMap<>();
        List<String> included = new ArrayList<>();
        for (int number = 1; number <= file.lineCount(); number++) {
            String line = COMMENT.matcher(file.line(number)).replaceFirst("").stripTrailing();
            Matcher opens = SECTION.matcher(line.strip());
            Matcher sets = SETTING.matcher(line);
            if (line.startsWith("[")) {
                end(section, settings, included);
                section = opens.matches() ? opens.group(1) : "";
                settings.clear();
                last = "";
            } else if (sets.matches()) {
                last = sets.group(1);
                int start = file.lineStart(number) + sets.start(2);
                Place place = Place.whole(file.location(start, file.lineStart(number) + sets.end(2)));
                settings.put(last, new Setting(new ArrayList<>(List.of(sets.group(2))), place));
            } else if (!line.isBlank() && Character.isWhitespace(line.charAt(0)) && settings.containsKey(last)) {
                settings.get(last).lines.add(line.strip());
            }
        }
        end(section, settings, included);
        return included.stream()
                .map(pattern -> pattern.replace("%(here)s", here.toString()))
                .toList();
    }

    private void end(String section, Map<String, Setting> settings, List<String> included) {
        Setting files = settings.get("files");
        if (section.equals("include") && files != null) {
            included.addAll(List.of(files.value().strip().split("\\s+", -1)));
        }
        Setting command = settings.get("command");
        Setting starts = settings.get("autostart");
        int colon = section.indexOf(':');
        if (colon > 0
                && command != null
                && (starts == null || !starts.value().strip().equalsIgnoreCase("false"))) {
            scripts.add(new Script(script(section.substring(colon + 1), command.value(), settings), command.place));
        }
    }

    /** Adds included files, which cannot include others. */
    private void include(String pattern, ContainerPath from) {
        Optional<ContainerPath> path = path(pattern, Optional.of(from));
        if (path.isEmpty() || path.get().isRoot()) {
            return;
        }
        ContainerPath in = path.get().parent();
        Glob names = new Glob(pattern.substring(pattern.lastIndexOf('/') + 1));
        for (String name : host.knownNames(in)) {
            ContainerPath file = in.resolve(name);
            if (names.matchesEntry(name)) {
                text(file).ifPresent(text -> add(text, in));
            }
        }
    }

    private static String script(String program, String command, Map<String, Setting> settings) {
        StringBuilder script = new StringBuilder();
        Setting directory = settings.get("directory");
        if (directory != null) {
            script.append("cd ").append(quoted(program, directory.value())).append("; ");
        }
        Setting environment = settings.get("environment");
        if (environment != null) {
            script.append("export ")
                    .append(quoted(program, environment.value().replace(',', ' ')))
                    .append("; ");
        }
        Setting user = settings.get("user");
        if (user != null) {
            script.append("gosu ").append(quoted(program, user.value())).append(' ');
        }
        return script.append(quoted(program, command)).toString();
    }

    /** Quotes a text for a shell: supervisor has its own quotes and expansions, and no other characters are special. */
    private static String quoted(String program, String text) {
        StringBuilder quoted = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            Matcher expansion = EXPANSION.matcher(text).region(i, text.length());
            char c = text.charAt(i);
            if (expansion.lookingAt()) {
                quoted.append(value(program, expansion));
                i = expansion.end() - 1;
                continue;
            }
            if (quote == 0 ? "$`;|&<>()*?[#~!{}".indexOf(c) >= 0 : quote == '"' && (c == '$' || c == '`')) {
                quoted.append('\\');
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
            quoted.append(c);
            if (c == '%' && i + 1 < text.length() && text.charAt(i + 1) == '%') {
                i++;
            }
        }
        return quoted.toString();
    }

    private static String value(String program, Matcher expansion) {
        String variable = expansion.group(1);
        if (variable != null) {
            return "${" + variable + "}";
        }
        return switch (expansion.group(2)) {
            case "program_name", "group_name" -> program;
            case "process_num" -> "0";
            // Unknown before it runs, like the output of a program.
            default -> "$(unknown)";
        };
    }
}
