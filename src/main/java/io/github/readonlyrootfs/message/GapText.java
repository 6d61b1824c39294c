// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Gap.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is not known about a container's needs, in words. */
public final class GapText {

    private GapText() {}

    /** {@code nothing is known about what /api writes}. */
    public static String of(Gap gap) {
        return switch (gap.kind()) {
            case PLACE ->
                gap.subject().startsWith("/")
                        ? "whether " + gap.subject() + " or another path is written is unknown"
                        : "the place of " + gap.subject() + " is unknown";
            case COMPUTED -> gap.subject() + " is unknown";
            case WRITES -> "what " + gap.subject() + " writes is not completely known";
            case START, BASE -> "the start command is not completely known";
            case PROGRAM, NOT_BUILT, LIBRARY, IMAGE -> "nothing is known about what " + gap.subject() + " writes";
        };
    }

    /** The same with the reason. */
    public static String withReason(Gap gap) {
        return of(gap) + ": " + gap.reason();
    }

    /** {@code whether the start command writes /srv/x is unknown}. */
    public static String ofPerhaps(String paths) {
        return "whether it works without writing " + paths + " is unknown";
    }

    /**
     * What closes gaps, as an imperative; the ways that are sure and cheap come first.
     *
     * @param more whether the container is known to write something
     */
    public static String closing(Collection<Gap> gaps, boolean more) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Gap gap : gaps) {
            kinds.add(gap.kind());
        }
        List<String> ways = new ArrayList<>();
        if (kinds.remove(Kind.NOT_BUILT)) {
            ways.add("run this check after the project is compiled");
        }
        if (kinds.remove(Kind.LIBRARY)) {
            ways.add("let Maven download the dependencies (without -o)");
        }
        if (kinds.contains(Kind.IMAGE) || kinds.contains(Kind.BASE)) {
            kinds.removeAll(EnumSet.of(Kind.IMAGE, Kind.BASE));
            ways.add("describe the image with imageFacts");
        }
        String first = String.join(", and ", ways);
        String declare = "declare in writablePaths what " + (more ? "else " : "") + "the container writes";
        if (!first.isEmpty() && kinds.isEmpty()) {
            return first + "; or " + declare + ", or `none`";
        }
        return (first.isEmpty() ? "" : first + ", and ")
                + declare
                + (gaps.stream().anyMatch(Gap::isCertainWrite)
                        ? ""
                        : ", or `none` if it writes nothing" + (more ? " else" : ""));
    }
}
