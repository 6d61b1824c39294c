// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the {@code logging.properties} of {@code java.util.logging}; see the documentation of {@code FileHandler}. */
final class JavaUtilLoggingReader {

    private static final String HANDLER = "java.util.logging.FileHandler";

    private static final String STANDARD_PATTERN = "%h/java%u.log";

    private static final Pattern CONVERSION = Pattern.compile("%[htgu%]");

    private JavaUtilLoggingReader() {}

    static LoggingOutput read(SourceFile source, LoggingEnvironment environment) {
        Optional<Location> used = Optional.empty();
        Value.Known<String> pattern = new Value.Known<>(STANDARD_PATTERN, Location.of(source.name()));
        boolean own = false;
        for (Property property : PropertiesReader.read(source)) {
            boolean handlers =
                    property.key().equals("handlers") || property.key().endsWith(".handlers");
            if (handlers && List.of(property.value().split("[\\s,]+", -1)).contains(HANDLER)) {
                used = Optional.of(property.location());
            }
            if (property.key().equals(HANDLER + ".pattern")) {
                pattern = property.known();
                own = true;
            }
        }
        if (used.isEmpty()) {
            return new LoggingOutput(List.of(), List.of());
        }
        Location location = own ? pattern.location() : used.get();
        LogFile file = new LogFile("FileHandler", path(pattern.value(), environment), location, Moment.START);
        return new LoggingOutput(List.of(file), List.of());
    }

    private static Text path(String pattern, LoggingEnvironment environment) {
        return Text.of(pattern).replaceAll(CONVERSION, conversion -> switch (conversion.group()) {
            case "%h" -> property("user.home", environment);
            case "%t" -> property("java.io.tmpdir", environment);
            case "%%" -> Text.of("%");
            default -> Text.VARYING;
        });
    }

    private static Text property(String name, LoggingEnvironment environment) {
        return Text.of(environment.systemProperty(name), name);
    }
}
