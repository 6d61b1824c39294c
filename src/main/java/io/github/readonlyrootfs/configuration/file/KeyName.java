// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The spellings of a key that mean the same: {@code server.tomcat.base-dir}, {@code server.tomcat.baseDir} and the
 * environment's {@code SERVER_TOMCAT_BASEDIR}, as in Spring Boot's relaxed binding; Micronaut and MicroProfile accept fewer
 * spellings.
 */
public final class KeyName {

    private KeyName() {}

    /** The canonical form of a key: the same for all its spellings in files, options and system properties. */
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
     * The names that environment variables for a key can have: the key itself; in capitals with underscores for dots and
     * without hyphens; the same with underscores for hyphens too, as in MicroProfile and older versions of Spring Boot.
     */
    public static List<String> variables(String key) {
        String kebab = kebab(key);
        List<String> names = new ArrayList<>();
        names.add(key);
        names.add(variable(kebab.replace("-", "")));
        names.add(variable(kebab));
        return names;
    }

    /** The key itself, and the key with underscores for everything except letters and digits. */
    public static List<String> exactVariables(String key) {
        return List.of(key, key.replaceAll("[^A-Za-z0-9]", "_"));
    }

    /** The key itself, and the key with underscores for dots and {@code _dash_} for hyphens. */
    public static List<String> helidonVariables(String key) {
        return List.of(key, key.replaceAll("[^a-zA-Z0-9_-]", "_").replace("-", "_dash_"));
    }

    /** The same, and as Helidon 4 also accepts it, with underscores for everything except letters and digits. */
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

    /** {@code jdbcUrl} as {@code jdbc-url}, the form from which the names of environment variables are derived. */
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

    /** Whether a key is in kebab case, such as {@code base-dir}, which matches all other spellings. */
    public static boolean isUniform(String key) {
        return key.chars().noneMatch(c -> c == '_' || Character.isUpperCase(c));
    }

    /** The most likely key of an environment variable: {@code a.b} for {@code A_B}, {@code %a.b} for {@code _A_B}. */
    public static String ofVariable(String variable) {
        String key = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        return variable.startsWith("_") ? "%" + key.substring(1) : key;
    }

    /** A pattern for canonical keys, in which {@code *} stands for one or more parts of a key. */
    public static Pattern pattern(String keyPattern) {
        String[] pieces = canonical(keyPattern).split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            regex.append(i == 0 ? "" : ".+").append(pieces[i].isEmpty() ? "" : Pattern.quote(pieces[i]));
        }
        return Pattern.compile(regex.toString());
    }
}
