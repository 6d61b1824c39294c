package io.github.readonlyrootfs;

import io.github.readonlyrootfs.rule.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files to which the help of a finding is applied, word by word, as somebody would who pastes it. */
record Edited(Map<String, String> files) {

    private static final String LINE = "(?: line (\\d+)(?: of ([\\w./-]*\\w))?)";
    private static final Pattern PUT_ONE = Pattern.compile("put `([^`]+)` (above|below)" + LINE);
    private static final Pattern PUT_MORE = Pattern.compile("put th[^`:]* (above|below)" + LINE + ":\n((?s:.+))$");
    private static final Pattern WRITE_INSTEAD = Pattern.compile("write `([^`]+)` instead of `([^`]+)` in" + LINE);
    private static final Pattern WRITE_LINE = Pattern.compile("write `([^`]+)` in" + LINE);
    private static final Pattern SET = Pattern.compile("set `\"readOnly\": (true|false)` in" + LINE);
    private static final Pattern ADD_OPTIONS = Pattern.compile("add `([^`]+)` to the mountOptions in" + LINE);
    private static final Pattern ADD_KEY = Pattern.compile("add `([^`]+)` to the tmpfs in" + LINE);
    private static final Pattern REMOVE = Pattern.compile("remove `([^`]+)` from the mountOptions in" + LINE);

    /** The files with every edit that the help asks for; the lowest line first, so that numbers stay true. */
    Edited with(Finding finding) {
        String help = finding.help();
        String own = finding.location().file();
        Map<String, List<String>> lines = new TreeMap<>();
        files.forEach((name, text) -> lines.put(name, new ArrayList<>(List.of(text.split("\n", -1)))));
        int edits = 0;
        for (Matcher m = SET.matcher(help); m.find(); edits++) {
            replace(lines, own, m, 2, "\"readOnly\": (true|false)", "\"readOnly\": " + m.group(1));
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
        if (edits == 0) {
            throw new AssertionError("nothing to apply in: " + help);
        }
        Map<String, String> edited = new TreeMap<>();
        lines.forEach((name, all) -> edited.put(name, String.join("\n", all)));
        return new Edited(edited);
    }

    private static String file(Matcher matcher, int group, String own) {
        return matcher.group(group) == null ? own : matcher.group(group);
    }

    private static void replace(
            Map<String, List<String>> lines, String own, Matcher matcher, int group, String what, String by) {
        List<String> file = lines.get(file(matcher, group + 1, own));
        int index = Integer.parseInt(matcher.group(group)) - 1;
        String before = file.get(index);
        String after = before.replaceFirst(what, by);
        if (after.equals(before)) {
            throw new AssertionError("line " + (index + 1) + " has no " + what + ": " + before);
        }
        file.set(index, after);
    }

    private static void put(Map<String, List<String>> lines, String file, String where, int line, List<String> added) {
        lines.get(file).addAll(where.equals("above") ? line - 1 : line, added);
    }
}
