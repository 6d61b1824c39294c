// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The spellings of a key that mean the same: {@code server.tomcat.base-dir}, {@code server.tomcat.baseDir} and the
 * environment's {@code SERVER_TOMCAT_BASEDIR}, as Spring Boot's relaxed binding has it; Micronaut and MicroProfile take
 * fewer of them.
 */
public final class KeyName {

    private KeyName() {}

    /** What all spellings in files, on the command line and among system properties have in common. */
    public static String canonical(String key) {
        StringBuilder canonical = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c != '-' && c != '_' && c != '"' && c != '\'') {
                canonical.append(Character.toLowerCase(c));
            }
        }
        return canonical.toString();
    }

    /**
     * The names that environment variables for a key can have: as it is; in capitals with underscores for dots and
     * without hyphens; the same with underscores for hyphens too, as MicroProfile and older Spring Boots have it.
     */
    public static List<String> variables(String key) {
        String kebab = kebab(key);
        List<String> names = new ArrayList<>();
        names.add(key);
        names.add(variable(kebab.replace("-", "")));
        names.add(variable(kebab));
        return names;
    }

    /** As it is, and in capitals with underscores for all that is no letter and no digit. */
    public static List<String> exactVariables(String key) {
        return List.of(key, key.replaceAll("[^A-Za-z0-9]", "_"));
    }

    /** As it is, and in capitals with underscores for dots and {@code _DASH_} for hyphens. */
    public static List<String> helidonVariables(String key) {
        return List.of(key, key.replaceAll("[^a-zA-Z0-9_-]", "_").replace("-", "_dash_"));
    }

    /** The same, and what is neither letter nor digit may be an underscore, as Helidon 4 takes it too. */
    public static List<String> helidon4Variables(String key) {
        List<String> names = new ArrayList<>(helidonVariables(key));
        names.add(key.replaceAll("[^a-zA-Z0-9_]", "_"));
        return names;
    }

    private static String variable(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c != ']') {
                name.append(Character.isLetterOrDigit(c) ? c : '_');
            }
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }

    /** {@code jdbcUrl} as {@code jdbc-url}, the form that environment variables are made from. */
    static String kebab(String key) {
        StringBuilder kebab = new StringBuilder(key.length() + 4);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(key.charAt(i - 1))) {
                kebab.append('-');
            }
            kebab.append(Character.toLowerCase(c));
        }
        return kebab.toString();
    }

    /** Whether a key is spelled in the way that stands for all: {@code base-dir}, with small letters only. */
    public static boolean isUniform(String key) {
        return key.chars().noneMatch(c -> c == '_' || Character.isUpperCase(c));
    }

    /** The key that an environment variable most likely stands for: {@code A_B} for {@code a.b}, {@code _A_B} for {@code %a.b}. */
    public static String ofVariable(String variable) {
        return variable.toLowerCase(Locale.ROOT).replaceFirst("^_", "%").replace('_', '.');
    }

    /** What canonical names match a pattern, in which {@code *} stands for one or more parts of a key. */
    public static Pattern pattern(String keyPattern) {
        String[] pieces = canonical(keyPattern).split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            regex.append(i == 0 ? "" : ".+").append(pieces[i].isEmpty() ? "" : Pattern.quote(pieces[i]));
        }
        return Pattern.compile(regex.toString());
    }
}
