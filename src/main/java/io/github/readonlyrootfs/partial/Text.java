// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.partial;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of which parts may be unknown: a word of a shell, a value with placeholders, a path that code constructs. An unknown
 * part may be empty unless its mark says otherwise.
 *
 * @param raw the characters, with a mark in the place of each hole
 * @param holes the unknown parts, in order
 */
public record Text(String raw, List<Hole> holes) {

    /** The mark of a hole. Unicode reserves it for internal use: no text contains it. */
    public static final char HOLE = '\uFFFF';

    /** The mark of a hole that is not empty. */
    private static final char FILLED_HOLE = '\uFFFE';

    /** Linux accepts no longer argument, and a variable that is doubled in a loop would fill the memory. */
    public static final int MAX_LENGTH = 128 * 1024;

    private static final Hole UNEXPLAINED = new Hole.Unknown("part of it is not known");

    public static final Text EMPTY = new Text("", List.of());

    public static final Text UNKNOWN = of(UNEXPLAINED);

    /** A text that is different each time. */
    public static final Text VARYING = of(new Hole.Varying());

    /** Patterns that most texts do not need. */
    private static final class Patterns {

        static final Pattern MARK = Pattern.compile("[" + HOLE + FILLED_HOLE + "]");

        /** The last segment of a path, with all slashes around it. */
        static final Pattern LAST = Pattern.compile("/++[^/" + HOLE + FILLED_HOLE + "]++/*+\\z");
    }

    public Text {
        if (raw.length() > MAX_LENGTH) {
            raw = raw.substring(0, MAX_LENGTH) + HOLE;
            holes = unexplained(raw);
        }
    }

    /** Characters and marks of holes that nothing explains. */
    public Text(String raw) {
        this(raw, unexplained(raw));
    }

    private static List<Hole> unexplained(String raw) {
        int marks = marks(raw);
        return marks == 0 ? List.of() : Collections.nCopies(marks, UNEXPLAINED);
    }

    private static int marks(String raw) {
        int marks = 0;
        // Most texts are known, and of a text in Latin 1 that is known without looking at it.
        for (int at = indexOfHole(raw); at >= 0 && at < raw.length(); at++) {
            marks += isHole(raw.charAt(at)) ? 1 : 0;
        }
        return marks;
    }

    public static Text of(String text) {
        return text.isEmpty() ? EMPTY : new Text(text);
    }

    public static Text of(long number) {
        return new Text(String.valueOf(number), List.of());
    }

    public static Text of(Value<String> value, String name) {
        return value instanceof Value.Unknown<String> why
                ? unknown(why.reason())
                : value.known().map(Text::of).orElseGet(() -> unknown("nothing sets " + name));
    }

    public static Text of(Hole hole) {
        return new Text(String.valueOf(HOLE), List.of(hole));
    }

    /** @param reason why it is unknown, as half a sentence that names no values */
    public static Text unknown(String reason) {
        return of(new Hole.Unknown(reason));
    }

    /** A text of which only the beginning is known. */
    public static Text beginningWith(String prefix) {
        return of(prefix).plus(UNKNOWN);
    }

    public boolean isKnown() {
        return holes.isEmpty();
    }

    public static boolean isHole(char c) {
        return c == HOLE || c == FILLED_HOLE;
    }

    /** Where the first hole is; negative without one. */
    public static int indexOfHole(String raw) {
        int hole = raw.indexOf(HOLE);
        int filled = raw.indexOf(FILLED_HOLE);
        return hole < 0 || (filled >= 0 && filled < hole) ? filled : hole;
    }

    /** The same with holes that may be empty. */
    public Text perhapsEmpty() {
        return raw.indexOf(FILLED_HOLE) < 0 ? this : new Text(raw.replace(FILLED_HOLE, HOLE), holes);
    }

    /** The same with holes that are not empty. */
    public Text filled() {
        return new Text(raw.replace(HOLE, FILLED_HOLE), holes);
    }

    public Optional<String> known() {
        return isKnown() ? Optional.of(raw) : Optional.empty();
    }

    /** Why a part is unknown; empty if all is known. */
    public Optional<String> unknown() {
        return isKnown() ? Optional.empty() : Optional.of(reason());
    }

    private String reason() {
        return holes.stream()
                .filter(Hole.Unknown.class::isInstance)
                .findFirst()
                .orElse(holes.get(0))
                .reason();
    }

    /** The value of something that is in a place. */
    public Value<String> at(Location location) {
        return isKnown() ? new Value.Known<>(raw, location) : unknownAt(location);
    }

    private <T> Value<T> unknownAt(Location location) {
        return new Value.Unknown<>(reason(), location);
    }

    /** What precedes the first hole. */
    public String prefix() {
        int hole = indexOfHole(raw);
        return hole < 0 ? raw : raw.substring(0, hole);
    }

    /** The same with another text before the first hole. */
    public Text withPrefix(String other) {
        return of(other).plus(slice(prefix().length(), raw.length()));
    }

    /** The hole that it begins with. */
    public Optional<Hole> first() {
        return indexOfHole(raw) == 0 ? Optional.of(holes.get(0)) : Optional.empty();
    }

    /** What follows the last hole. */
    public String suffix() {
        return raw.substring(Math.max(raw.lastIndexOf(HOLE), raw.lastIndexOf(FILLED_HOLE)) + 1);
    }

    public Text plus(Text other) {
        if (raw.isEmpty()) {
            return other;
        }
        if (other.raw.isEmpty()) {
            return this;
        }
        if (isKnown() || other.isKnown()) {
            return new Text(raw + other.raw, isKnown() ? other.holes : holes);
        }
        List<Hole> both = new ArrayList<>(holes);
        both.addAll(other.holes);
        return new Text(raw + other.raw, both);
    }

    /** Its characters from one place to another. */
    public Text slice(int from, int to) {
        String part = raw.substring(from, to);
        int marks = marks(part);
        int before = marks == 0 ? 0 : marks(raw.substring(0, from));
        return new Text(part, marks == 0 ? List.of() : holes.subList(before, before + marks));
    }

    /** Other characters with the same holes; if some are missing, the first one's reason is that of all. */
    public Text with(String changed) {
        int marks = marks(changed);
        boolean same = marks == holes.size() || isKnown();
        return same ? new Text(changed, holes) : new Text(changed, Collections.nCopies(marks, holes.get(0)));
    }

    /** The text with others in the place of what matches a pattern. */
    public Text replaceAll(Pattern pattern, Function<MatchResult, Text> content) {
        List<Text> pieces = new ArrayList<>();
        int start = 0;
        for (Matcher match = pattern.matcher(raw); match.find(); start = match.end()) {
            pieces.add(slice(start, match.start()));
            pieces.add(content.apply(match));
        }
        pieces.add(slice(start, raw.length()));
        return joined(pieces);
    }

    /** The text with others in the place of its holes. */
    public Text fill(Function<Hole, Text> content) {
        Iterator<Hole> next = holes.iterator();
        return isKnown() ? this : replaceAll(Patterns.MARK, mark -> content.apply(next.next()));
    }

    private static Text joined(List<Text> pieces) {
        StringBuilder raw = new StringBuilder();
        List<Hole> holes = new ArrayList<>();
        for (Text piece : pieces) {
            raw.append(piece.raw);
            holes.addAll(piece.holes);
        }
        return new Text(raw.toString(), holes);
    }

    /** Whether the text is empty; unknown if it is only a hole. */
    public Truth isEmpty() {
        if (raw.isEmpty()) {
            return Truth.TRUE;
        }
        return raw.chars().allMatch(c -> c == HOLE) ? Truth.UNKNOWN : Truth.FALSE;
    }

    public Truth same(Text other) {
        if (isKnown() && other.isKnown()) {
            return Truth.of(raw.equals(other.raw));
        }
        return couldBe(other) ? Truth.UNKNOWN : Truth.FALSE;
    }

    private boolean couldBe(Text other) {
        if ((isKnown() && raw.length() < other.minLength()) || (other.isKnown() && other.raw.length() < minLength())) {
            return false;
        }
        String mine = prefix();
        String others = other.prefix();
        boolean start = isKnown()
                ? raw.startsWith(others)
                : other.isKnown() ? other.raw.startsWith(mine) : mine.startsWith(others) || others.startsWith(mine);
        String end = suffix();
        String otherEnd = other.suffix();
        boolean finish = isKnown()
                ? raw.endsWith(otherEnd)
                : other.isKnown() ? other.raw.endsWith(end) : end.endsWith(otherEnd) || otherEnd.endsWith(end);
        return start && finish;
    }

    private long minLength() {
        return raw.chars().filter(c -> c != HOLE).count();
    }

    /**
     * The directory of the file with this path: everything before the last slash that precedes a varying part. It is the empty text
     * for a file in the working directory.
     *
     * @return empty if a part of the directory is unknown
     */
    public Optional<String> directory() {
        String constant = raw;
        int at = -1;
        for (Hole hole : holes) {
            do {
                at++;
            } while (!isHole(raw.charAt(at)));
            if (hole instanceof Hole.Varying) {
                constant = raw.substring(0, at);
                break;
            }
        }
        int slash = constant.lastIndexOf('/');
        String directory = constant.substring(0, slash == 0 ? 1 : Math.max(slash, 0));
        // The unknown beginning of a file's name may contain a directory.
        boolean known = slash < 0 ? indexOfHole(constant) != 0 : indexOfHole(directory) < 0;
        return known ? Optional.of(directory) : Optional.empty();
    }

    /** The path that it is in a directory; an absolute one is itself. */
    public Value<ContainerPath> resolve(Value<ContainerPath> directory, Location location) {
        if (!isKnown()) {
            return unknownAt(location);
        }
        if (raw.startsWith("/")) {
            return new Value.Known<>(ContainerPath.of(raw), location);
        }
        return directory instanceof Value.Known<ContainerPath> known
                ? new Value.Known<>(known.value().resolve(raw), location)
                : directory.or(new Value.Unknown<>("the working directory is not known", location));
    }

    /** As {@code Path.resolve} of Java: an absolute path is the result, an empty one gives this path. */
    public Text resolve(Text child) {
        return child.raw.isEmpty() ? this : child.raw.startsWith("/") ? child : below(child);
    }

    /** As {@code new File(parent, child)} of Java: the child is below the parent even if it is absolute. */
    public Text below(Text child) {
        boolean separated = raw.isEmpty() || child.raw.isEmpty() || raw.endsWith("/") || child.raw.startsWith("/");
        return separated ? plus(child) : plus(of("/")).plus(child);
    }

    /** The path before the last segment; unknown if that follows a hole without a slash. */
    public Text parent() {
        Matcher last = Patterns.LAST.matcher(raw);
        return last.find() ? last.start() == 0 ? of("/") : slice(0, last.start()) : UNKNOWN;
    }

    /** The same of a path that a file has. */
    public static Value<ContainerPath> resolve(Value<String> path, Value<ContainerPath> directory) {
        return path.flatMap(known -> of(known.value()).resolve(directory, known.location()));
    }

    /** Without the line ends at its end, as in a command substitution. */
    public Text withoutLineEnds() {
        int end = raw.length();
        while (end > 0 && raw.charAt(end - 1) == '\n') {
            end--;
        }
        return end == raw.length() ? this : slice(0, end);
    }

    /** Its lines; the last one may lack its line end. */
    public List<Text> lines() {
        List<Text> lines = new ArrayList<>();
        int start = 0;
        while (start < raw.length()) {
            int end = raw.indexOf('\n', start);
            end = end < 0 ? raw.length() : end;
            lines.add(new Text(raw.substring(start, end)));
            start = end + 1;
        }
        return lines;
    }
}
