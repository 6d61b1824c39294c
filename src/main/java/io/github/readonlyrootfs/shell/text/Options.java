// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command's words told apart as GNU's getopt does: options with and without values, and operands in any order. */
public final class Options {

    /** The options of a program that take a value: the letters, and the long names without dashes. */
    private record Valued(String letters, Set<String> names) {}

    private static final Valued NONE = new Valued("", Set.of());

    private static final Map<String, Valued> VALUED = Map.ofEntries(
            Map.entry("touch", new Valued("drt", Set.of("date", "reference", "time"))),
            Map.entry("mkdir", new Valued("m", Set.of("mode"))),
            Map.entry("mkfifo", new Valued("m", Set.of("mode"))),
            Map.entry("chown", new Valued("", Set.of("from", "reference"))),
            Map.entry("chgrp", new Valued("", Set.of("from", "reference"))),
            Map.entry("chmod", new Valued("", Set.of("reference"))),
            Map.entry("cp", new Valued("tS", Set.of("target-directory", "suffix"))),
            Map.entry("mv", new Valued("tS", Set.of("target-directory", "suffix"))),
            Map.entry("ln", new Valued("tS", Set.of("target-directory", "suffix"))),
            Map.entry("install", new Valued("mogtS", Set.of("mode", "owner", "group", "target-directory", "suffix"))),
            Map.entry("sed", new Valued("efl", Set.of("expression", "file", "line-length"))),
            Map.entry("truncate", new Valued("sr", Set.of("size", "reference"))),
            Map.entry(
                    "tar",
                    new Valued("CfTXbIK", Set.of("directory", "file", "files-from", "exclude", "owner", "group"))),
            Map.entry(
                    "rsync",
                    new Valued(
                            "efBTM",
                            Set.of(
                                    "rsh",
                                    "filter",
                                    "exclude",
                                    "exclude-from",
                                    "include",
                                    "include-from",
                                    "files-from",
                                    "chown",
                                    "chmod",
                                    "temp-dir"))),
            Map.entry("unzip", new Valued("dxP", Set.of())),
            Map.entry("ssh-keygen", new Valued("fbtCNPmO", Set.of())),
            Map.entry(
                    "curl",
                    new Valued(
                            "AbcCdDeEFhHKmoPQrtTuUwxXyYz",
                            Set.of(
                                    "output",
                                    "request",
                                    "data",
                                    "header",
                                    "user",
                                    "url",
                                    "max-time",
                                    "connect-timeout",
                                    "retry",
                                    "cacert",
                                    "unix-socket",
                                    "output-dir",
                                    "data-raw",
                                    "data-binary",
                                    "form",
                                    "user-agent",
                                    "proxy",
                                    "resolve",
                                    "retry-delay",
                                    "cert",
                                    "key",
                                    "write-out"))),
            Map.entry(
                    "wget",
                    new Valued(
                            "aoOPeBitTwQUlARDXI",
                            Set.of(
                                    "output-document",
                                    "directory-prefix",
                                    "output-file",
                                    "tries",
                                    "timeout",
                                    "header",
                                    "user-agent",
                                    "post-data",
                                    "post-file",
                                    "user",
                                    "password"))));

    private final Map<String, Field> options = new HashMap<>();
    private final List<Field> operands = new ArrayList<>();

    private Options() {}

    /** Tells the words behind a program apart that works on files. */
    public static Options of(String program, List<Field> words) {
        Valued valued = VALUED.getOrDefault(program, NONE);
        return parse(words, valued.letters, valued.names);
    }

    /**
     * Tells the words behind another program apart.
     *
     * @param shortWithValue the letters whose option takes a value
     * @param longWithValue the long names, without dashes, whose option takes a value
     */
    public static Options parse(List<Field> words, String shortWithValue, Set<String> longWithValue) {
        Options parsed = new Options();
        for (int i = 0; i < words.size(); i++) {
            Field word = words.get(i);
            String text = word.text();
            if (word.is("--")) {
                parsed.operands.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (text.startsWith("--")) {
                int equals = text.indexOf('=');
                String name = text.substring(2, equals < 0 ? text.length() : equals);
                if (equals >= 0) {
                    parsed.options.put(name, word.from(equals + 1));
                } else {
                    boolean takesNext = longWithValue.contains(name) && i + 1 < words.size();
                    parsed.options.put(name, takesNext ? words.get(++i) : Field.of(""));
                }
            } else if (text.startsWith("-") && text.length() > 1) {
                i = parsed.letters(words, i, shortWithValue);
            } else {
                parsed.operands.add(word);
            }
        }
        return parsed;
    }

    private int letters(List<Field> words, int at, String shortWithValue) {
        Field word = words.get(at);
        for (int i = 1; i < word.text().length(); i++) {
            char letter = word.text().charAt(i);
            if (shortWithValue.indexOf(letter) < 0) {
                options.put(String.valueOf(letter), Field.of(""));
            } else if (i + 1 < word.text().length() || !word.known()) {
                options.put(String.valueOf(letter), word.from(i + 1));
                return at;
            } else if (at + 1 < words.size()) {
                options.put(String.valueOf(letter), words.get(at + 1));
                return at + 1;
            }
        }
        return at;
    }

    public boolean has(String... names) {
        for (String name : names) {
            if (options.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    public Optional<Field> value(String... names) {
        for (String name : names) {
            Field value = options.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    public List<Field> operands() {
        return operands;
    }
}
