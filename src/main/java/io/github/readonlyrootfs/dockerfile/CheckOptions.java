// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.source.GoBoolean;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directive {@code # check=}, which configures BuildKit's lint. BuildKit searches for it separately from the other
 * directives: only at the beginning of a line, and also after a shebang.
 */
public final class CheckOptions {

    private static final Pattern DIRECTIVE =
            Pattern.compile("#[\\t\\n\\f\\r ]*+([a-zA-Z][a-zA-Z0-9]*+)[\\t\\n\\f\\r ]*+=[\\t\\n\\f\\r ]*+((?s:.+))");

    private static final Pattern OPTION =
            Pattern.compile("\\s*(?:(?:skip|experimental)\\s*=.*|error\\s*=\\s*(?:" + GoBoolean.PATTERN + ")\\s*)");

    private CheckOptions() {}

    /** The option that BuildKit rejects. */
    public static Optional<Problem> problem(SourceFile source) {
        for (int number = 1; number <= source.lineCount(); number++) {
            String line = source.line(number);
            if (number == 1 && line.startsWith("#!")) {
                continue;
            }
            Matcher directive = DIRECTIVE.matcher(line);
            if (!directive.matches() || !Directives.isKey(directive.group(1))) {
                return Optional.empty();
            }
            if (directive.group(1).equalsIgnoreCase("check")) {
                int start = source.lineStart(number);
                return problem(directive.group(2), source.location(start, start + line.length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(String value, Location location) {
        String[] options = value.split(" ", -1)[0].split(";", 3);
        for (String option : options) {
            if (!OPTION.matcher(option).matches()) {
                return Optional.of(new Problem(
                        location,
                        "the directive check has an option that BuildKit does not know",
                        "write it without blanks: # check=skip=RULE,RULE;error=true"));
            }
        }
        return Optional.empty();
    }
}
