// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Truth;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern that {@code grep} looks for in lines.
 *
 * @param pattern the regular expression
 * @param start the text that a line must begin with, if the pattern asks for nothing else; empty otherwise
 * @param anchored whether it looks at the end of a line
 */
public record LinePattern(Pattern pattern, Optional<String> start, boolean anchored) {

    /** Longer lines are not matched: that may take too long. */
    static final int MAX_LINE = 1_000;

    public static Optional<LinePattern> of(
            String written, boolean fixed, boolean extended, boolean ignoresCase, boolean whole, boolean words) {
        Optional<Pattern> compiled = fixed
                ? Optional.of(Pattern.compile(Pattern.quote(written), ignoresCase ? Pattern.CASE_INSENSITIVE : 0))
                : RegularExpression.compile(written, extended, ignoresCase);
        boolean plain = !ignoresCase && !whole && written.matches("\\^[\\w:/@ -]+");
        return compiled.map(pattern -> {
            String regex = whole ? "^(?:" + pattern.pattern() + ")$" : pattern.pattern();
            String bounded = words ? "(?<!\\w)(?:" + regex + ")(?!\\w)" : regex;
            return new LinePattern(
                    Pattern.compile(bounded, pattern.flags()),
                    plain && !fixed && !words ? Optional.of(written.substring(1)) : Optional.empty(),
                    whole || words || written.contains("$"));
        });
    }

    /** Whether a line matches; unknown if that depends on a part of it that is unknown. */
    public Truth matches(Text line) {
        if (line.raw().length() > MAX_LINE) {
            return Truth.UNKNOWN;
        }
        if (line.isKnown()) {
            return Truth.of(pattern.matcher(line.raw()).find());
        }
        String prefix = line.prefix();
        if (start.isPresent()) {
            String wanted = start.get();
            if (prefix.startsWith(wanted)) {
                return Truth.TRUE;
            }
            return wanted.startsWith(prefix) ? Truth.UNKNOWN : Truth.FALSE;
        }
        return !anchored && pattern.matcher(prefix).find() ? Truth.TRUE : Truth.UNKNOWN;
    }
}
