// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A remedy as a help text. Its first line begins with a verb, whole lines to paste follow on lines of their own with the
 * indentation that they have in the file.
 *
 * @param sources the files that are edited, by name
 * @param texts the public parts of each file
 */
public record HelpText(Map<String, SourceFile> sources, Function<SourceFile, PublicText> texts) {

    /** A key before which something is inserted, in JSON or YAML. */
    private static final Pattern KEY = Pattern.compile("(?:[\"'\\\\]*)[A-Za-z_][\\w.-]*[\"'\\\\]*(?=\\s*:|\\s+=\\s)");

    /** A key whose value is replaced. */
    private static final Pattern KEY_BEFORE =
            Pattern.compile("[\"'\\\\]*[A-Za-z_][\\w.-]*[\"'\\\\]*(?:\\s*:\\s*|\\s+=\\s+)$");

    /** How far before a place of a long line a key or a word is looked for. */
    private static final int NEAR = 500;

    /** A value with its key, if it has one, behind which something is inserted. */
    private static final Pattern LAST_WORD =
            Pattern.compile("(?:[\"\\\\]*[\\w.-]+[\"\\\\]*\\s*:\\s*)?(?:[\"\\\\]*[\\w./=-]+[\"\\\\]*|<\\w+>)$");

    /** An object or a list in brackets, with the key and the function before it. What is in it may be a secret. */
    private static final Pattern BRACKETS = Pattern.compile(
            "((?:[\"'\\\\]*[A-Za-z_][\\w.-]*[\"'\\\\]*\\s*:\\s*)?(?:![\\w:]+\\s+)?)(?:\\{.*}|\\[.*])", Pattern.DOTALL);

    /** The first member by which people know an object. */
    private static final Pattern IDENTITY = Pattern.compile(
            "[\"\\\\]*\\b(?:[nN]ame|[cC]ontainer(?:Path|Name)|[sS]ource(?:Container|Volume))[\"\\\\]*\\s*:\\s*[\"\\\\]*[^\\s\"\\\\,}]+[\"\\\\]*");

    /** The removed text without the blanks and commas around it. */
    private static final Pattern BETWEEN_COMMAS =
            Pattern.compile("(?:[\\s,]|\\\\[nrt])*+((?:[^\\s,]++(?:[\\s,]++(?=[^\\s,]))?)*+)[\\s,]*+");

    private static final Pattern JSON = Pattern.compile("\\s*[{\\[\"]");

    /** One edit: words, and lines to paste below them. */
    private record Step(String words, List<String> lines) {

        Step(String words) {
            this(words, List.of());
        }
    }

    /**
     * The text.
     *
     * @param reader where it is read: lines of that place's file need no file name
     */
    public String of(Remedy remedy, Location reader) {
        Stream<Step> edits = remedy.edits().stream()
                .flatMap(
                        edit -> Optional.ofNullable(sources.get(edit.location().file()))
                                .map(file -> step(edit, file, reader))
                                .stream());
        List<Step> steps =
                Stream.concat(remedy.advice().map(Step::new).stream(), edits).toList();
        StringBuilder text = new StringBuilder(remedy.lead().orElse(""));
        boolean lineOpen = text.length() > 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String joint = i > 0 ? (lineOpen ? ", and " : "\nand ") : lineOpen ? " " : "";
            text.append(joint).append(step.words());
            lineOpen = step.lines().isEmpty();
            if (!lineOpen) {
                text.append(":\n").append(String.join("\n", step.lines()));
            }
        }
        if (remedy.note().isPresent()) {
            text.append(
                            text.length() == 0
                                    ? ""
                                    : !lineOpen ? "\nnote: " : remedy.edits().isEmpty() ? "; " : ": ")
                    .append(remedy.note().get());
        }
        return text.toString();
    }

    private Step step(TextEdit edit, SourceFile file, Location reader) {
        Location place = edit.location();
        String in = "line " + place.line() + of(file, reader);
        if (edit.isInsertion()) {
            return insertion(edit, file, reader);
        }
        String old = file.text(place);
        String text = withoutSecret(edit.replacement().stripTrailing(), place, file);
        if (text.isEmpty()) {
            return new Step(removal(edit, file, reader));
        }
        if (keyOf(text).equals(keyOf(old)) && !keyOf(text).isEmpty()) {
            return text.contains("\n")
                    ? new Step(
                            "replace " + lines(place, file, reader) + " with",
                            (before(place, file) + text).lines().toList())
                    : new Step("set `" + text + "` in " + lines(place, file, reader) + column(place, file, old));
        }
        String head = file.line(place.line()).substring(0, place.column() - 1);
        Matcher key = KEY_BEFORE.matcher(head).region(Math.max(0, head.length() - NEAR), head.length());
        if (key.find()) {
            String said = key.group().stripTrailing() + " " + text;
            return text.contains("\n")
                    ? new Step(
                            "replace " + lines(place, file, reader) + " with",
                            (head + text).lines().toList())
                    : new Step("set `" + said + "` in " + lines(place, file, reader)
                            + column(place, file, key.group() + old));
        }
        return old.endsWith("\n") || text.contains("\n")
                ? replacedLines(text, place, file, reader)
                : new Step("write `" + text + "` instead of " + quoted(place, file) + " in " + in
                        + column(place, file, old));
    }

    /** Whether the new text of an edit repeats a value that is not shown. */
    public boolean repeatsSecret(TextEdit edit) {
        SourceFile file = sources.get(edit.location().file());
        return file != null
                && !withoutSecret(edit.replacement(), edit.location(), file).equals(edit.replacement());
    }

    private String withoutSecret(String text, Location place, SourceFile file) {
        String old = file.text(place).replaceAll("^[\\s\"'\\\\]+|[\\s\"'\\\\]+$", "");
        boolean repeats = !old.isEmpty() && text.contains(old);
        return repeats && !texts.apply(file).isPublic(file.start(place), file.end(place))
                ? text.replace(old, PublicText.MASK)
                : text;
    }

    private static Step replacedLines(String text, Location place, SourceFile file, Location reader) {
        String replaced = lines(wholeLines(place), file, reader);
        return text.contains("\n")
                ? new Step("replace " + replaced + " with", text.lines().toList())
                : new Step("write `" + text + "` in " + replaced);
    }

    /** A range that ends where a line begins has nothing of that line. */
    private static Location wholeLines(Location place) {
        int last = place.endColumn() == 1 && place.endLine() > place.line() ? place.endLine() - 1 : place.endLine();
        return new Location(place.file(), place.line(), place.column(), last, place.endColumn());
    }

    private Step insertion(TextEdit edit, SourceFile file, Location reader) {
        Location place = edit.location();
        String text = edit.replacement();
        boolean begins = place.column() == 1 && text.endsWith("\n");
        boolean atEnd = !begins && (text.startsWith("\n") || text.startsWith("\r\n"));
        if (begins || atEnd) {
            List<String> lines = (atEnd ? text.stripLeading() : text.replaceFirst("^\\R", ""))
                    .lines()
                    .toList();
            boolean last = atEnd
                    || (place.line() == file.lineCount()
                            && file.line(place.line()).isEmpty());
            String where =
                    last ? "below line " + (atEnd ? place.line() : place.line() - 1) : "above line " + place.line();
            where += of(file, reader);
            return lines.size() == 1 && isPastableInline(lines.get(0))
                    ? new Step("put `" + lines.get(0).strip() + "` " + where)
                    : new Step(
                            (lines.size() == 1 ? "put this line " : "put these lines ") + where,
                            atEnd ? text.replaceFirst("^\\R", "").lines().toList() : lines);
        }
        String in = " in line " + place.line() + of(file, reader);
        String line = file.line(place.line());
        int at = place.column() - 1;
        Matcher key = KEY.matcher(line).region(Math.min(at, line.length()), line.length());
        if (key.lookingAt()) {
            return new Step("put `" + text.strip() + "` before " + quoted(key, place, file) + in
                    + column(place, file, key.group()));
        }
        Matcher before = LAST_WORD.matcher(line).region(Math.max(0, at - NEAR), at);
        return before.find()
                ? new Step("put `" + text.strip() + "` after " + quoted(before, place, file) + in
                        + column(place, file, before.group()))
                : new Step("put `" + text.strip() + "`" + in + ", column " + place.column());
    }

    private String quoted(Location place, SourceFile file) {
        return "`" + texts.apply(file).quote(file.start(place), file.end(place)) + "`";
    }

    /** The text found in the line of a place. */
    private String quoted(Matcher found, Location place, SourceFile file) {
        int start = file.lineStart(place.line());
        return "`" + texts.apply(file).quote(start + found.start(), start + found.end()) + "`";
    }

    /** The blanks in front of what is quoted within a sentence are lost, which YAML minds. */
    private static boolean isPastableInline(String line) {
        return line.equals(line.stripLeading())
                || JSON.matcher(line).lookingAt()
                || line.stripLeading().startsWith("<");
    }

    private String removal(TextEdit edit, SourceFile file, Location reader) {
        Location place = edit.location();
        boolean wholeLines = place.column() == 1 && (place.endColumn() == 1 || place.endLine() == file.lineCount());
        if (wholeLines && place.endLine() > place.line()) {
            String key = keyOf(file.line(place.line()));
            return "remove " + (key.isEmpty() ? "" : "`" + key + "` in ") + lines(wholeLines(place), file, reader)
                    + which(place, file);
        }
        Matcher core = BETWEEN_COMMAS.matcher(file.text(place));
        String old = core.matches() ? core.group(1) : "";
        int start = file.start(place) + (core.matches() ? core.start(1) : 0);
        Location removed = file.location(start, start + old.length());
        String from = " from line " + removed.line() + of(file, reader);
        Matcher brackets = BRACKETS.matcher(old);
        if (old.contains("\n")) {
            return "remove the text in " + lines(removed, file, reader) + " from column " + removed.column()
                    + which(removed, file);
        }
        return brackets.matches()
                ? "remove `" + brackets.group(1) + (old.endsWith("}") ? "{…}" : "[…]") + "`" + from + ", column "
                        + removed.column() + (old.endsWith("}") ? which(removed, file) : "")
                : "remove " + quoted(removed, file) + from + column(removed, file, old);
    }

    /** The member by which a removed object is known. */
    private String which(Location removed, SourceFile file) {
        Matcher identity = IDENTITY.matcher(file.text(removed));
        if (!identity.find()) {
            return "";
        }
        int start = file.start(removed);
        return " (`"
                + texts.apply(file)
                        .quote(start + identity.start(), start + identity.end())
                        .strip() + "`)";
    }

    private static String keyOf(String text) {
        Matcher key = KEY.matcher(text.stripLeading());
        return key.lookingAt() ? key.group() : "";
    }

    private static String before(Location place, SourceFile file) {
        String before = file.line(place.line()).substring(0, place.column() - 1);
        return before.isBlank() ? before : "";
    }

    /** Which of several on its line, as in a file of a single line. */
    private static String column(Location place, SourceFile file, String written) {
        String line = file.line(place.line());
        boolean repeated = !written.isEmpty() && line.indexOf(written) != line.lastIndexOf(written);
        return repeated ? ", column " + place.column() : "";
    }

    private static String lines(Location place, SourceFile file, Location reader) {
        return (place.endLine() == place.line()
                        ? "line " + place.line()
                        : "lines " + place.line() + " to " + place.endLine())
                + of(file, reader);
    }

    private static String of(SourceFile file, Location reader) {
        return file.name().equals(reader.file()) ? "" : " of " + file.name();
    }
}
