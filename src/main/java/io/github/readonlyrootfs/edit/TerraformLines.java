// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.Outline.Member;
import io.github.readonlyrootfs.taskdef.schema.FragmentWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lines of an object of Terraform's. {@code terraform fmt} gives all {@code =} of keys on consecutive lines one column:
 * a new line goes where no other line has to change for that.
 */
final class TerraformLines {

    private final TaskDefinitionEditor editor;
    private final Location object;
    private final List<Member> members;
    private final boolean commas;

    TerraformLines(TaskDefinitionEditor editor, Location object) {
        this.editor = editor;
        this.object = object;
        this.members = editor.outline().members(object).stream()
                .filter(TaskDefinitionEditor::follows)
                .sorted(Comparator.comparing(Member::keyLocation))
                .toList();
        this.commas = needComma(editor, object);
    }

    /** Whether a comma ends a member, as it does in JSON; in HCL, the end of the line is enough. */
    static boolean needComma(TaskDefinitionEditor editor, Location object) {
        List<Member> members = editor.outline().members(object);
        boolean equals = !members.isEmpty()
                && editor.isTerraform()
                && editor.writer(object).separatesWithEquals();
        return !equals || members.stream().anyMatch(member -> hasComma(editor, member));
    }

    private static boolean hasComma(TaskDefinitionEditor editor, Member member) {
        return editor.behind(TaskDefinitionEditor.span(member)).stripLeading().startsWith(",");
    }

    /** Below a member, else as near below it as possible, else behind an empty line. */
    TextEdit insert(String path, List<String> lines, Member wanted) {
        List<Integer> gaps = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            gaps.add(i);
        }
        Collections.rotate(gaps, -members.indexOf(wanted));
        int width = editor.writer(object).writtenKey(path).length();
        for (int gap : gaps) {
            List<Member> beside = aligned(gap);
            int column = beside.stream().mapToInt(TerraformLines::width).max().orElse(0);
            boolean fits = beside.isEmpty() || (lines.size() == 1 ? column >= width : isBoundary(gap));
            if (takesLine(gap) && fits) {
                String first = lines.size() == 1 && !beside.isEmpty()
                        ? FragmentWriter.padded(
                                lines.get(0),
                                editor.before(wanted.keyLocation()).length() + column)
                        : lines.get(0);
                return at(
                        end(gap) + 1,
                        Stream.concat(Stream.of(first), lines.stream().skip(1)).toList());
            }
        }
        int last = members.size() - 1;
        if (takesLine(last)) {
            return at(
                    end(last) + 1, Stream.concat(Stream.of(""), lines.stream()).toList());
        }
        Stream<String> blank = aligned(0).isEmpty() ? Stream.of() : Stream.of("");
        return at(
                members.get(0).keyLocation().line(),
                Stream.concat(lines.stream(), blank).toList());
    }

    private TextEdit at(int line, List<String> lines) {
        return TextEdit.insertLines(editor.source(object), line, lines);
    }

    private int end(int member) {
        return TaskDefinitionEditor.span(members.get(member)).endLine();
    }

    private int begin(int member) {
        return members.get(member).keyLocation().line();
    }

    /** Whether a line can be put behind a member. */
    private boolean takesLine(int member) {
        boolean last = member == members.size() - 1;
        boolean ended = last ? object.endLine() > end(member) : begin(member + 1) > end(member);
        return ended && (!commas || hasComma(editor, members.get(member)));
    }

    private boolean isBoundary(int gap) {
        return !isLine(gap) || gap == members.size() - 1 || !isLine(gap + 1) || begin(gap + 1) > end(gap) + 1;
    }

    /** The members whose lines a line behind a member would belong to; none where they are not aligned anyway. */
    private List<Member> aligned(int gap) {
        List<Member> beside = new ArrayList<>();
        for (int i = gap; i >= 0 && isLine(i) && (i == gap || end(i) + 1 == begin(i + 1)); i--) {
            beside.add(members.get(i));
        }
        for (int i = gap + 1; i < members.size() && isLine(i) && begin(i) == end(i - 1) + 1; i++) {
            beside.add(members.get(i));
        }
        int column = beside.stream().mapToInt(TerraformLines::width).max().orElse(0);
        SourceFile file = editor.source(object);
        boolean aligned = beside.stream().allMatch(member -> {
            int equals = file.text().indexOf('=', file.end(member.keyLocation()));
            return equals - file.start(member.keyLocation()) == column + 1;
        });
        return aligned ? beside : List.of();
    }

    private boolean isLine(int member) {
        return begin(member) == end(member)
                && editor.beginsLine(members.get(member).keyLocation());
    }

    private static int width(Member member) {
        return member.keyLocation().endColumn() - member.keyLocation().column();
    }
}
