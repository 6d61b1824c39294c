// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/** The help for a value that a deployment fills in: where to set it. */
public final class GivenValue {

    private static final Pattern ELEMENT = Pattern.compile("[A-Za-z_][\\w.-]*");

    private GivenValue() {}

    /**
     * The configuration that makes an unknown value known.
     *
     * @param example a possible value
     */
    public static Optional<String> help(Value<?> value, String example) {
        return value instanceof Value.Unknown<?> unknown
                ? unknown.templateValue().map(name -> "set the value that the deployment uses\n" + entry(name, example))
                : Optional.empty();
    }

    private static String entry(String name, String value) {
        return ELEMENT.matcher(name).matches()
                ? "<templateValues><" + name + ">" + value + "</" + name + "></templateValues>"
                : "-Dreadonly-rootfs.templateValues=" + name + "=" + value;
    }
}
