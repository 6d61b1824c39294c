// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * <code>${key:default}</code>, as Spring, MicroProfile Config and Micronaut have it. What is not known stays unknown: an
 * application that does not start, for want of a value, has no paths.
 */
final class SettingPlaceholders implements Placeholders.Dialect {

    /** What Maven puts in, if the project has it filter the file. */
    private static final Pattern UNFILTERED = Pattern.compile("@[\\w.-]+@");

    private final Function<String, Optional<Setting>> settings;
    private final Optional<String> incomplete;
    private final boolean kept;

    /**
     * Placeholders that stand for these settings.
     *
     * @param incomplete why something may be set that is not here
     * @param kept whether a placeholder stays as it is that nothing sets; if not, the application does not start
     */
    SettingPlaceholders(Function<String, Optional<Setting>> settings, Optional<String> incomplete, boolean kept) {
        this.settings = settings;
        this.incomplete = incomplete;
        this.kept = kept;
    }

    @Override
    public String separator() {
        return ":";
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
        return incomplete.isPresent()
                ? new Value.Unknown<>("nothing here sets " + name + ", but " + incomplete.get(), Location.of(name))
                : Value.absent();
    }

    @Override
    public ResolvedText undefined(String name) {
        return kept ? ResolvedText.known("${" + name + "}") : ResolvedText.unknown("nothing sets " + name);
    }

    @Override
    public Optional<String> objection(String plain) {
        if (plain.contains("#{")) {
            return Optional.of("it is an expression that only the running application evaluates");
        }
        if (plain.indexOf('\uFFFD') >= 0) {
            return Optional.of("it is not written in UTF-8");
        }
        return plain.indexOf('@') >= 0 && UNFILTERED.matcher(plain).find()
                ? Optional.of("Maven did not replace the text between the @")
                : Optional.empty();
    }
}
