// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a shell knows of a variable.
 *
 * @param value empty if it is not set
 * @param elements of an array; empty if it is not an array
 * @param exported whether the programs that the shell starts see it
 * @param defaulted whether {@code ${name:-word}} is taken for its default although the variable may be set
 * @param location where it is set; null if unknown
 */
public record ShellVariable(
        Optional<Text> value,
        Optional<List<Text>> elements,
        boolean exported,
        boolean defaulted,
        @Nullable Location location) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    public static final ShellVariable UNSET = new ShellVariable(Optional.empty(), Optional.empty(), false, false, null);

    public static final ShellVariable UNKNOWN = inherited(Text.UNKNOWN, null);

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** One that the shell was started with. */
    public static ShellVariable inherited(Text value, @Nullable Location location) {
        return new ShellVariable(Optional.of(value), Optional.empty(), true, false, location);
    }

    /** An unknown variable that is usually not set, so that its default applies. */
    public static ShellVariable withDefault() {
        return new ShellVariable(Optional.of(Text.UNKNOWN), Optional.empty(), true, true, null);
    }

    public ShellVariable with(Text changed, @Nullable Location where) {
        return new ShellVariable(Optional.of(changed), Optional.empty(), exported, false, where);
    }

    public ShellVariable withElements(List<Text> changed, @Nullable Location where) {
        Optional<Text> first = changed.isEmpty() ? Optional.empty() : Optional.of(changed.get(0));
        return new ShellVariable(first, Optional.of(List.copyOf(changed)), exported, false, where);
    }

    public ShellVariable export() {
        return new ShellVariable(value, elements, true, defaulted, location);
    }

    /** What is known of a variable that is one of two. */
    static ShellVariable either(ShellVariable one, ShellVariable two) {
        boolean same = one.value.equals(two.value) && one.elements.equals(two.elements);
        return same
                ? one
                : new ShellVariable(
                        Optional.of(Text.UNKNOWN), Optional.empty(), one.exported || two.exported, false, one.location);
    }
}
