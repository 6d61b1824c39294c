// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

import io.github.readonlyrootfs.bytecode.path.Providers;
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

    public static final List<String> FILES = List.of(IMPORTS, FACTORIES);

    private static final Pattern ENTRY = Pattern.compile("(?m)^[ \\t]*org\\.springframework\\.[\\w.]+\\."
            + "(EnableAutoConfiguration|ApplicationContextInitializer|ApplicationListener|EnvironmentPostProcessor)"
            + "[ \\t]*[=:](.*)$");

    private AutoConfigurations() {}

    /**
     * Their names with slashes, and those of what else Spring Boot makes of the class path before there are beans.
     *
     * @param texts the texts of a file in all entries of a class path that have it
     * @param old whether Spring Boot may be older than 3.0
     */
    public static Set<String> named(Function<String, List<String>> texts, boolean old) {
        Set<String> named = new LinkedHashSet<>(Providers.named(texts.apply(IMPORTS)));
        for (String text : texts.apply(FACTORIES)) {
            Matcher entry = ENTRY.matcher(text.replaceAll("\\\\\r?\n", " "));
            while (entry.find()) {
                if (old || !entry.group(1).equals("EnableAutoConfiguration")) {
                    named.addAll(Providers.named(List.of(entry.group(2))));
                }
            }
        }
        return named;
    }
}
