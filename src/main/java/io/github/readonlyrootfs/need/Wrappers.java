package io.github.readonlyrootfs.need;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that run the command they are given, and how many of their own words stand before it. */
final class Wrappers {

    /**
     * A program that runs its arguments.
     *
     * @param valued its options that take the next word as their value
     * @param operands how many words of its own it takes besides options, such as the user of gosu
     * @param assigns whether {@code NAME=value} before the command sets a variable
     */
    record Wrapper(Set<String> valued, int operands, boolean assigns) {

        /** The index of the command's first word, the wrapper's own name being at 0. */
        int skip(List<Argument> words) {
            int at = 1;
            int left = operands;
            while (at < words.size()) {
                String text = words.get(at).text();
                if (text.equals("--")) {
                    return at + 1 + left;
                }
                if (text.startsWith("-") && text.length() > 1) {
                    at += valued.contains(text) ? 2 : 1;
                } else if (assigns && text.matches("[A-Za-z_]\\w*=(?s:.*)")) {
                    at++;
                } else if (left > 0) {
                    left--;
                    at++;
                } else {
                    break;
                }
            }
            return Math.min(at, words.size());
        }
    }

    private static final Wrapper PLAIN = new Wrapper(Set.of(), 0, false);

    private static final Map<String, Wrapper> KNOWN = Map.ofEntries(
            Map.entry("tini", new Wrapper(Set.of("-p", "-e"), 0, false)),
            Map.entry("tini-static", new Wrapper(Set.of("-p", "-e"), 0, false)),
            Map.entry("dumb-init", new Wrapper(Set.of("-r", "--rewrite"), 0, false)),
            Map.entry("catatonit", PLAIN),
            Map.entry("exec", new Wrapper(Set.of("-a"), 0, false)),
            Map.entry("command", PLAIN),
            Map.entry("env", new Wrapper(Set.of("-u", "--unset", "-C", "--chdir"), 0, true)),
            Map.entry("nohup", PLAIN),
            Map.entry("setsid", PLAIN),
            Map.entry("time", PLAIN),
            Map.entry("nice", new Wrapper(Set.of("-n"), 0, false)),
            Map.entry("ionice", new Wrapper(Set.of("-c", "-n"), 0, false)),
            Map.entry("stdbuf", new Wrapper(Set.of("-i", "-o", "-e"), 0, false)),
            Map.entry("timeout", new Wrapper(Set.of("-k", "-s"), 1, false)),
            Map.entry("busybox", PLAIN),
            Map.entry("gosu", new Wrapper(Set.of(), 1, false)),
            Map.entry("su-exec", new Wrapper(Set.of(), 1, false)),
            Map.entry("s6-setuidgid", new Wrapper(Set.of(), 1, false)),
            Map.entry("chpst", new Wrapper(Set.of("-u", "-U", "-e", "-/", "-n", "-m", "-o"), 0, false)),
            Map.entry(
                    "setpriv",
                    new Wrapper(
                            Set.of(
                                    "--reuid",
                                    "--regid",
                                    "--ruid",
                                    "--euid",
                                    "--rgid",
                                    "--egid",
                                    "--groups",
                                    "--inh-caps",
                                    "--ambient-caps",
                                    "--bounding-set",
                                    "--securebits",
                                    "--pdeathsig"),
                            0,
                            false)),
            Map.entry("bundle", new Wrapper(Set.of(), 1, false)),
            Map.entry("poetry", new Wrapper(Set.of(), 1, false)),
            Map.entry("pipenv", new Wrapper(Set.of(), 1, false)),
            Map.entry("pdm", new Wrapper(Set.of(), 1, false)),
            Map.entry("newrelic-admin", new Wrapper(Set.of(), 1, false)),
            Map.entry("ddtrace-run", PLAIN),
            Map.entry("opentelemetry-instrument", PLAIN));

    /** The word that makes these run a command, where they can do other things as well. */
    private static final Map<String, String> VERBS = Map.of(
            "bundle", "exec",
            "poetry", "run",
            "pipenv", "run",
            "pdm", "run",
            "newrelic-admin", "run-program");

    private Wrappers() {}

    /**
     * The index of the first word of the command that is wrapped; 0 where the program is no wrapper.
     *
     * @param words with the program first
     */
    static int skip(List<Argument> words) {
        String name = words.get(0).baseName();
        Wrapper wrapper = KNOWN.get(name);
        String verb = VERBS.get(name);
        if (wrapper == null
                || (verb != null && (words.size() < 2 || !words.get(1).is(verb)))) {
            return 0;
        }
        return wrapper.skip(words);
    }
}
