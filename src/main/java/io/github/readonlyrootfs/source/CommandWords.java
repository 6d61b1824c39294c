// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of commands that are public wherever they stand: well-known programs, and the names of options. */
public final class CommandWords {

    /** How ECS recognizes a health check that a shell runs, and programs that run others or servers. */
    private static final Set<String> PROGRAMS = Set.of(
            "CMD",
            "CMD-SHELL",
            "NONE",
            "ash",
            "bash",
            "bundle",
            "bun",
            "catalina.sh",
            "curl",
            "dash",
            "deno",
            "docker-entrypoint.sh",
            "dumb-init",
            "env",
            "exec",
            "gosu",
            "gunicorn",
            "httpd",
            "java",
            "mysqld",
            "nginx",
            "node",
            "npm",
            "npx",
            "php",
            "php-fpm",
            "pnpm",
            "postgres",
            "puma",
            "python",
            "python3",
            "rails",
            "redis-server",
            "ruby",
            "sh",
            "su-exec",
            "supervisord",
            "tini",
            "uvicorn",
            "wget",
            "yarn");

    /**
     * A name before an equals sign, a single letter, or an option of the JVM; and how much memory that is to have. A
     * password may follow a letter without a blank between.
     */
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(?:-X(?:mx|ms|mn|ss)\\d+[kKmMgG]?(?![\\w.])"
            + "|-X(?:log|loggc|share|bootclasspath)(?![\\w-]):?|-javaagent:"
            + "|-XX:[+-]?[A-Z][A-Za-z\\d]*+(?:=|(?![\\w-]))"
            + "|-D[A-Za-z][\\w.-]*+=|--[A-Za-z][\\w-]*+="
            + "|-(?:[A-Za-z]|jar|cp|classpath)(?=[\\s\"'\\\\]|$))");

    private CommandWords() {}

    /** Whether a word is public in any command. */
    public static boolean isHarmless(String word) {
        return PROGRAMS.contains(word.substring(word.lastIndexOf('/') + 1))
                || OPTION.matcher(word).matches();
    }

    /** The places of options in a piece of a text. */
    public static List<Span> options(String text, int start, int end) {
        List<Span> options = new ArrayList<>();
        Matcher option = OPTION.matcher(text).region(start, end).useTransparentBounds(true);
        while (option.find()) {
            options.add(new Span(option.start(), option.end()));
        }
        return options;
    }
}
