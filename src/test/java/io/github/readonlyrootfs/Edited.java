package io.github.readonlyrootfs;

import io.github.readonlyrootfs.rule.Finding;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files to which the help of a finding is applied, word by word, as somebody would who pastes it. */
record Edited(Map<String, String> files) {

    private static final String LINE = "(?: line (\\d+)(?: of ([\\w./-]*\\w))?)";
    private static final Pattern PUT_ONE = Pattern.compile("put `([^`]+)` (above|below)" + LINE);
    private static final Pattern PUT_MORE = Pattern.compile("put th[^`:]* (above|below)" + LINE + ":\n((?s:.+))$");
    private static final Pattern WRITE_INSTEAD = Pattern.compile("write `([^`]+)` instead of `([^`]+)` in" + LINE);
    private static final Pattern WRITE_LINE = Pattern.compile("write `([A-Z]+ [^`]+)` in" + LINE);
    private static final Pattern ADD_READ_ONLY = Pattern.compile("add `(\"readOnly\": true)` to the entry in" + LINE);
    private static final Pattern SET = Pattern.compile("set `\"readOnly\": (true|false)` in" + LINE);
    private static final Pattern ADD_OPTIONS = Pattern.compile("add `([^`]+)` to the mountOptions in" + LINE);
    private static final Pattern ADD_KEY = Pattern.compile("add `([^`]+)` to the tmpfs in" + LINE);
    private static final Pattern REMOVE = Pattern.compile("remove `([^`]+)` from the mountOptions in" + LINE);

    private static final Pattern WRITE_MEMBER = Pattern.compile("^write [^`\n]*\n(\"(\\w+)\": .+)(?:\nor (?s:.*))?$");
    private static final Pattern WRITE_TEXT = Pattern.compile("^(?:write|give it the mode\n) ?(\"[^\"]+\")$");
    private static final Pattern WRITE_VALUE = Pattern.compile("^write (true|false) without quotes$");
    private static final Pattern WRITE_KEY = Pattern.compile("^write `(\\w+)`(?: in line \\d+, letter for letter)?$");
    private static final Pattern PUT_IN_FRONT =
            Pattern.compile("^put in front of (\".+\"|the task's volume \\S+)\n(.+)$");
    private static final Pattern ADD_TO_CONTAINER = Pattern.compile("add th[^`:]* to container ([\\w-]+):\n(\".+)$");
    private static final Pattern REMOVE_PATH = Pattern.compile("remove `(/[^`]*)` in" + LINE);
    private static final Pattern MOVE_LINE = Pattern.compile("move this RUN above" + LINE);

    /** The files with every edit that the help asks for; the lowest line first, so that numbers stay true. */
    Edited with(Finding finding) {
        return applying(finding).orElseThrow(() -> new AssertionError("nothing to apply in: " + finding.help()));
    }

    /** The same; empty where the help leaves to a person what exactly is to be written. */
    Optional<Edited> applying(Finding finding) {
        String help = finding.help();
        String own = finding.location().file();
        Map<String, List<String>> lines = new TreeMap<>();
        files.forEach((name, text) -> lines.put(name, new ArrayList<>(List.of(text.split("\n", -1)))));
        int edits = 0;
        for (Matcher m = SET.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 2, "\"readOnly\": (true|false)", "\"readOnly\": " + m.group(1));
        }
        for (Matcher m = ADD_READ_ONLY.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 2, "\"(containerPath|sourceContainer)\": \"[^\"]*\"", "$0, " + m.group(1));
        }
        for (Matcher m = WRITE_INSTEAD.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 3, Pattern.quote(m.group(2)), m.group(1));
        }
        for (Matcher m = WRITE_LINE.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 2, ".*", m.group(1));
        }
        for (Matcher m = ADD_OPTIONS.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 2, "(\"mountOptions\": \\[[^]]*)]", "$1, " + m.group(1) + "]");
        }
        for (Matcher m = ADD_KEY.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 2, "(\"size\": \\d+)", "$1, " + m.group(1));
        }
        for (Matcher m = REMOVE.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 2, "(, )?" + Pattern.quote(m.group(1)), "");
        }
        for (Matcher m = PUT_ONE.matcher(help); m.find(); edits++) {
            put(lines, file(m, 4, own), m.group(2), Integer.parseInt(m.group(3)), List.of(m.group(1)));
        }
        for (Matcher m = PUT_MORE.matcher(help); m.find(); edits++) {
            put(
                    lines,
                    file(m, 3, own),
                    m.group(1),
                    Integer.parseInt(m.group(2)),
                    m.group(4).lines().toList());
        }
        edits += inPlace(lines.get(own), finding);
        if (edits == 0) {
            return Optional.empty();
        }
        Map<String, String> edited = new TreeMap<>();
        lines.forEach((name, all) -> edited.put(name, String.join("\n", all)));
        return Optional.of(new Edited(edited));
    }

    /** Edits of the very place that the finding is at, or of what is named by its text instead of its line. */
    private static int inPlace(List<String> file, Finding finding) {
        String help = finding.help();
        int index = finding.location().line() - 1;
        int edits = 0;
        for (Matcher m = WRITE_MEMBER.matcher(help); m.find(); edits++) {
            replaceFirst(file, index, member(m.group(2)), m.group(1));
        }
        for (Matcher m = WRITE_TEXT.matcher(help); m.find(); edits++) {
            Location place = finding.location();
            String line = file.get(index);
            file.set(index, line.substring(0, place.column() - 1) + m.group(1) + line.substring(place.endColumn() - 1));
        }
        for (Matcher m = WRITE_VALUE.matcher(help); m.find(); edits++) {
            replaceFirst(file, index, "\"" + m.group(1) + "\"", m.group(1));
        }
        for (Matcher m = WRITE_KEY.matcher(help); m.find(); edits++) {
            replaceFirst(file, index, "\"\\w+\"(?=\\s*:)", "\"" + m.group(1) + "\"");
        }
        for (Matcher m = PUT_IN_FRONT.matcher(help); m.find(); edits++) {
            String volume = "the task's volume ";
            String anchor = m.group(1).startsWith(volume)
                    ? "\\{\\s*\"name\": \"" + m.group(1).substring(volume.length()) + "\""
                    : Pattern.quote(m.group(1));
            replaceAnywhere(file, anchor, m.group(2) + " $0");
        }
        for (Matcher m = ADD_TO_CONTAINER.matcher(help); m.find(); edits++) {
            replaceAnywhere(file, "\"name\": \"" + m.group(1) + "\"", m.group(2) + ", $0");
        }
        for (Matcher m = REMOVE_PATH.matcher(help); m.find(); edits++) {
            int line = Integer.parseInt(m.group(2)) - 1;
            replaceFirst(file, line, "(?<=\\s)" + Pattern.quote(m.group(1)) + "/?(?=\\s|$)", "");
            if (file.get(line).strip().equals("VOLUME")) {
                file.remove(line);
            }
        }
        for (Matcher m = MOVE_LINE.matcher(help); m.find(); edits++) {
            file.add(Integer.parseInt(m.group(1)) - 1, file.remove(index));
        }
        return edits;
    }

    private static String member(String key) {
        return "\"" + key + "\"\\s*:\\s*(\"[^\"]*\"|\\$\\{[^}]*}|[^\\s,}\\]]+)";
    }

    private static void replaceFirst(List<String> file, int index, String what, String by) {
        String before = file.get(index);
        String after = before.replaceFirst(what, by);
        if (after.equals(before)) {
            throw new AssertionError("line " + (index + 1) + " has no " + what + ": " + before);
        }
        file.set(index, after);
    }

    private static void replaceAnywhere(List<String> file, String what, String by) {
        for (int i = 0; i < file.size(); i++) {
            if (Pattern.compile(what).matcher(file.get(i)).find()) {
                replaceFirst(file, i, what, by);
                return;
            }
        }
        throw new AssertionError("no line has " + what);
    }

    private static String file(Matcher matcher, int group, String own) {
        return matcher.group(group) == null ? own : matcher.group(group);
    }

    private static void replace(
            Map<String, List<String>> lines, String own, Matcher matcher, int group, String what, String by) {
        replaceFirst(lines.get(file(matcher, group + 1, own)), Integer.parseInt(matcher.group(group)) - 1, what, by);
    }

    private static void put(Map<String, List<String>> lines, String file, String where, int line, List<String> added) {
        lines.get(file).addAll(where.equals("above") ? line - 1 : line, added);
    }
}
