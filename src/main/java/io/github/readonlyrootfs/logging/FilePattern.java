// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.partial.Text;
import java.util.regex.Pattern;

/** The pattern for the names of rolled-over log files: {@code app.%d{yyyy-MM-dd}.%i.gz}. */
public final class FilePattern {

    private static final Pattern CONVERSION = Pattern.compile("%-?\\d*[a-zA-Z]+(?:\\{[^}]*\\})*");

    private FilePattern() {}

    /** The path with conversions marked as varying. */
    public static Text path(Text pattern) {
        return pattern.replaceAll(CONVERSION, conversion -> Text.VARYING);
    }
}
