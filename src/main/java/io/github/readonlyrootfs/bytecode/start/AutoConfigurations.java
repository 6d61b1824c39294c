// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The auto-configuration classes of a project's own modules, which Spring Boot uses even outside of the scanned packages.
 *
 * @see <a href="https://docs.spring.io/spring-boot/reference/features/developing-auto-configuration.html">Auto-configuration</a>
 */
public final class AutoConfigurations {

    private static final String IMPORTS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    /** Up to Spring Boot 2.7, an entry of this file. */
    private static final String FACTORIES = "META-INF/spring.factories";

    /** The files that name them. */
    public static final List<String> FILES = List.of(IMPORTS, FACTORIES);

    private static final Pattern ENTRY = Pattern.compile(
            "(?m)^[ \\t]*org\\.springframework\\.boot\\.autoconfigure\\.EnableAutoConfiguration[ \\t]*[=:](.*)$");

    private static final Pattern NAME = Pattern.compile("[\\w.$]+");

    private AutoConfigurations() {}

    /**
     * Their names with slashes.
     *
     * @param texts the texts of a file in all entries of a class path that have it
     */
    public static Set<String> named(Function<String, List<String>> texts) {
        Set<String> named = new LinkedHashSet<>();
        for (String text : texts.apply(IMPORTS)) {
            for (String line : text.lines().toList()) {
                add(line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')), named);
            }
        }
        for (String text : texts.apply(FACTORIES)) {
            Matcher entry = ENTRY.matcher(text.replaceAll("\\\\\r?\n", " "));
            while (entry.find()) {
                add(entry.group(1), named);
            }
        }
        return named;
    }

    private static void add(String text, Set<String> named) {
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            named.add(name.group().replace('.', '/'));
        }
    }
}
