// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.ImageReference;
import io.github.readonlyrootfs.image.facts.StartFacts;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The major version of the Java in an image, if the image shows it. */
public final class JavaVersion {

    /** The variable that images such as those of Temurin, Corretto and OpenJDK set. */
    private static final String VARIABLE = "JAVA_VERSION";

    private static final Pattern IN_VARIABLE = Pattern.compile("(?:jdk-?)?(?:1\\.)?(\\d{1,2})(?:[._u+-].*)?");

    /** {@code 21-jre}, {@code 10.1-jre21-temurin}, {@code 3.9-eclipse-temurin-21}. */
    private static final Pattern IN_TAG =
            Pattern.compile(".*?(?:jre|jdk|temurin|corretto|openjdk|java)-?(\\d{1,2})(?:\\D.*)?");

    /** {@code distroless/java21-debian12}, {@code ubi9/openjdk-21-runtime}. */
    private static final Pattern IN_NAME = Pattern.compile(".*(?:java|openjdk-)(\\d{1,2})(?:\\D.*)?");

    private JavaVersion() {}

    public static OptionalInt of(Image image, Environment environment) {
        String set = environment.get(VARIABLE).known().orElse("");
        Matcher variable = IN_VARIABLE.matcher(set);
        if (variable.matches()) {
            return OptionalInt.of(Integer.parseInt(variable.group(1)));
        }
        OptionalInt known = StartFacts.of(image.base()).javaVersion();
        if (known.isPresent()) {
            return known;
        }
        ImageReference reference = ImageReference.parse(image.base());
        for (String name : reference.names()) {
            Matcher inName = IN_NAME.matcher(name);
            if (inName.matches()) {
                return OptionalInt.of(Integer.parseInt(inName.group(1)));
            }
        }
        Matcher tag = IN_TAG.matcher(reference.tag());
        return tag.matches() ? OptionalInt.of(Integer.parseInt(tag.group(1))) : OptionalInt.empty();
    }
}
