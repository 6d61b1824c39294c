// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory that Maven copies resources from.
 *
 * @param filtered whether Maven replaces placeholders when it copies
 * @param target the directory below the output directory that they are copied to, with a slash at the end; empty for the
 *     output directory itself
 * @param includes patterns, one of which a name must match unless there are none
 * @param excludes patterns that a name must not match
 */
public record ResourceDirectory(
        Path path, boolean filtered, String target, List<Pattern> includes, List<Pattern> excludes) {

    private static final Pattern WILDCARD = Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?");

    public ResourceDirectory {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
    }

    /** A pattern in Maven's syntax: two asterisks stand for any directories. */
    public static Pattern pattern(String written) {
        String text = written.replace('\\', '/');
        text = text.endsWith("/") ? text + "**" : text;
        Matcher wildcards = WILDCARD.matcher(text);
        StringBuilder regex = new StringBuilder();
        int next = 0;
        while (wildcards.find()) {
            regex.append(Pattern.quote(text.substring(next, wildcards.start())))
                    .append(
                            switch (wildcards.group()) {
                                case "**/" -> "(?:.*/)?";
                                case "**" -> ".*";
                                case "*" -> "[^/]*";
                                default -> "[^/]";
                            });
            next = wildcards.end();
        }
        return Pattern.compile(regex + Pattern.quote(text.substring(next)));
    }

    /** The file that a resource is copied from; empty if this directory lacks it, or it is not copied. */
    Optional<Path> file(String resource) {
        Optional<String> name = nameOf(resource);
        if (name.isEmpty() || !isCopied(name.get())) {
            return Optional.empty();
        }
        Optional<Path> file = new ClassPathEntry.Directory(path).file(name.get());
        return file.isPresent() && Files.isRegularFile(file.get()) ? file : Optional.empty();
    }

    /** The names of the resources in a directory, without those in directories below. */
    List<String> names(String directory, int most) throws IOException {
        Optional<String> here = nameOf(directory);
        if (here.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String name : new ClassPathEntry.Directory(path).files(here.get(), most)) {
            if (isCopied(name)) {
                names.add(target + name);
            }
        }
        return names;
    }

    Optional<String> nameOf(String resource) {
        return resource.startsWith(target) ? Optional.of(resource.substring(target.length())) : Optional.empty();
    }

    private boolean isCopied(String name) {
        return (includes.isEmpty() || matchesOne(includes, name)) && !matchesOne(excludes, name);
    }

    private static boolean matchesOne(List<Pattern> patterns, String name) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(name).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether copying may change a text. */
    boolean mayChange(String text) {
        return filtered && (text.contains("@") || text.contains("${"));
    }
}
