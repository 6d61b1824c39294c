// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.yaml;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Explains why a text is not YAML. The parser's own message may repeat the text, which may be a secret. */
final class YamlFault {

    /** A part of the parser's message, with our message and help. */
    private record Saying(String parser, String message, String help) {}

    private static final List<Saying> SAYINGS = List.of(
            new Saying(
                    "mapping values are not allowed here",
                    "unexpected `:`: a key is not allowed here",
                    "put a text with `: ` in it in quotes, or look at the indentation"),
            new Saying(
                    "expected <block end>",
                    "the indentation does not match the lines above",
                    "indent it like its neighbours"),
            new Saying("could not find expected ':'", "the `:` after a key is missing", "write `key: value`"),
            new Saying(
                    "expected ',' or",
                    "a `,` or a closing bracket is missing",
                    "close the bracket, or put a comma before it"),
            new Saying("unexpected end of stream", "the file ends within a text in quotes", "close the quotes"),
            new Saying(
                    "found unknown escape character",
                    "unknown escape",
                    "write a backslash as `\\\\`, or use single quotes"),
            new Saying(
                    "that cannot start any token",
                    "a value cannot begin with this character",
                    "put the value in quotes"),
            new Saying("expected the node content", "a value is missing", "write a value, or put it in quotes"),
            new Saying(
                    "sequence entries are not allowed",
                    "unexpected `-`: an element is not allowed here",
                    "begin the array on its own line"));

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:U([0-9A-Fa-f]{0,8})|u([0-9A-Fa-f]{0,4})|[^Uu])", Pattern.DOTALL);

    private final SourceFile source;
    private final YamlOffsets offsets;

    YamlFault(SourceFile source, YamlOffsets offsets) {
        this.source = source;
        this.offsets = offsets;
    }

    Problem explain(YamlEngineException e) {
        if (e instanceof ReaderException unreadable) {
            return at(
                    offsets.of(unreadable.getPosition()),
                    "the text contains a control character",
                    "remove it, or write it as an escape in double quotes");
        }
        if (!(e instanceof MarkedYamlEngineException marked)) {
            return at(0, "this is not YAML", "look at the beginning of the file");
        }
        int offset = marked.getProblemMark()
                .or(marked::getContextMark)
                .map(Mark::getIndex)
                .map(offsets::of)
                .orElse(0);
        int tab = tabBefore(offset);
        if (tab >= 0) {
            return at(tab, "YAML does not allow tabs for indentation", "indent with spaces");
        }
        String said = marked.getProblem() == null ? "" : marked.getProblem();
        return SAYINGS.stream()
                .filter(saying -> said.contains(saying.parser()))
                .findFirst()
                .map(saying -> at(offset, saying.message(), saying.help()))
                .orElseGet(() -> at(
                        offset,
                        "this is not YAML",
                        "look at the indentation and the quotes here and on the line above"));
    }

    /**
     * A {@code \\u} or {@code \\U} without its digits, or one that names no character.
     *
     * @param from the offset to search from
     */
    Problem badEscape(int from) {
        Matcher escape = ESCAPE.matcher(source.text());
        int offset = from;
        for (boolean found = escape.find(from); found; found = escape.find()) {
            String digits = escape.group(1) == null ? escape.group(2) : escape.group(1);
            if (digits == null) {
                continue;
            }
            int wanted = escape.group(1) == null ? 4 : 8;
            if (digits.length() < wanted || Long.parseLong(digits, 16) > Character.MAX_CODE_POINT) {
                offset = escape.start();
                break;
            }
        }
        return at(
                offset,
                "this escape names no character",
                "write \\u and four hexadecimal digits, \\U and eight, or the character itself");
    }

    /** The offset of a tab at an offset, or in the indentation of its line; -1 if there is none. */
    private int tabBefore(int offset) {
        String text = source.text();
        if (offset < text.length() && text.charAt(offset) == '\t') {
            return offset;
        }
        int line = source.location(offset, offset).line();
        int start = source.lineStart(line);
        int i = start;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i < text.length() && text.charAt(i) == '\t' ? i : -1;
    }

    private Problem at(int offset, String message, String help) {
        int start = Math.min(offset, source.text().length());
        Location location =
                source.location(start, Math.min(start + 1, source.text().length()));
        return new Problem(location, message, help);
    }
}
