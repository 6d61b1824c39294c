// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * <code>${key:default}</code> as in Spring, MicroProfile Config and Micronaut. A placeholder without a value is unknown if the
 * application does not start without one.
 */
public final class SettingPlaceholders implements PlaceholderResolver.Dialect {

    /** A placeholder that Maven replaces if the project filters the file. */
    private static final Pattern UNFILTERED = Pattern.compile("@[\\w.-]+@");

    /** A default in backticks, which Micronaut takes literally. */
    private static final Pattern QUOTED = Pattern.compile("(.+)?:`([^`]+?)`");

    private final Function<String, Optional<Setting>> settings;
    private final Optional<String> incomplete;
    private final PlaceholderStyle style;

    /**
     * Placeholders for settings.
     *
     * @param incomplete why keys may be set that are not among the settings
     * @param style of the placeholders
     */
    public SettingPlaceholders(
            Function<String, Optional<Setting>> settings, Optional<String> incomplete, PlaceholderStyle style) {
        this.settings = settings;
        this.incomplete = incomplete;
        this.style = style;
    }

    /** No text contains the opening of a style without placeholders. */
    @Override
    public String opening() {
        return style == PlaceholderStyle.NONE ? "\0" : "${";
    }

    @Override
    public String separator() {
        return ":";
    }

    @Override
    public boolean nests() {
        return style != PlaceholderStyle.MICRONAUT && style != PlaceholderStyle.HELIDON;
    }

    @Override
    public PlaceholderResolver.Content split(String content) {
        if (style == PlaceholderStyle.HELIDON) {
            return new PlaceholderResolver.Content(content, Optional.empty(), false);
        }
        if (style != PlaceholderStyle.MICRONAUT) {
            return PlaceholderResolver.Dialect.super.split(content);
        }
        String text = content.strip();
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.find()) {
            String name = quoted.group(1) == null ? "" : quoted.group(1);
            return new PlaceholderResolver.Content(name, Optional.of(quoted.group(2)), false);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new PlaceholderResolver.Content(text, Optional.empty(), false);
        }
        String fallback = text.substring(colon + 1);
        return new PlaceholderResolver.Content(text.substring(0, colon), Optional.of(fallback), fallback.contains(":"));
    }

    @Override
    public Value<String> lookup(String name) {
        Optional<Setting> setting = settings.apply(name);
        if (setting.isPresent()) {
            return setting.get().value();
        }
        if (name.startsWith("random.")) {
            return new Value.Unknown<>("it is different each time", Location.of(name));
        }
        return Setting.unset(name, incomplete);
    }

    @Override
    public Text undefined(String name) {
        return style == PlaceholderStyle.SPRING || style == PlaceholderStyle.HELIDON
                ? Text.of("${" + name + "}")
                : Text.unknown("nothing sets " + name);
    }

    @Override
    public Optional<String> objection(String plain) {
        if (style != PlaceholderStyle.NONE && plain.contains("#{")) {
            return Optional.of("it is an expression that only the running application evaluates");
        }
        if (plain.indexOf('\uFFFD') >= 0) {
            return Optional.of("it is not written in UTF-8");
        }
        return plain.indexOf('@') >= 0 && UNFILTERED.matcher(plain).find()
                ? Optional.of("it has a placeholder that Maven did not replace")
                : Optional.empty();
    }
}
