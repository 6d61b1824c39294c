// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.file.PropertiesReader;
import io.github.readonlyrootfs.configuration.file.Property;
import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.logging.LogFile.Moment;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/** Reads the {@code logging.properties} of {@code java.util.logging}; see the documentation of {@code FileHandler}. */
final class JavaUtilLoggingReader {

    private static final String HANDLER = "java.util.logging.FileHandler";

    private static final String STANDARD_PATTERN = "%h/java%u.log";

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

    private static ResolvedText path(String pattern, LoggingEnvironment environment) {
        StringBuilder path = new StringBuilder();
        Optional<String> unknown = Optional.empty();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            char code = c == '%' && i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
            switch (code) {
                case 'h', 't' -> {
                    Value<String> directory = environment.systemProperty(code == 'h' ? "user.home" : "java.io.tmpdir");
                    path.append(directory.known().orElse(String.valueOf(ResolvedText.GAP)));
                    if (directory.isUnknown()) {
                        unknown = Optional.of(((Value.Unknown<String>) directory).reason());
                    }
                    i++;
                }
                case 'g', 'u' -> {
                    path.append(ResolvedText.VARIES);
                    i++;
                }
                case '%' -> {
                    path.append('%');
                    i++;
                }
                default -> path.append(c);
            }
        }
        return new ResolvedText(path.toString(), unknown);
    }
}
