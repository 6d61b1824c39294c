// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.need.observed.LogWords;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a container or an engine printed. It may hold secrets: of a line only words of letters, error codes, small numbers and
 * plain paths are shown, and nothing that the container was given as the value of a variable.
 *
 * @param secrets the values that the container was given
 */
record RunLog(String text, Collection<String> secrets) {

    /** Shorter values are switches and numbers. */
    private static final int MIN_SECRET = 4;

    private static final Pattern REFUSED = Pattern.compile(
            "Read-only file system|Permission denied|EROFS|EACCES|not permitted|No usable temporary directory|"
                    + "not writable|unwritable",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FULL =
            Pattern.compile("no space left on device|disk quota exceeded", Pattern.CASE_INSENSITIVE);

    /** What an engine's command line prints behind an error. */
    private static final Pattern OF_HELP = Pattern.compile("^(?:See|Run) '[^']* --help'");

    /** An absolute path in a line. */
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w./:-])(?:/[A-Za-z0-9._+@%~,-]{1,255}){1,40}(?![\\w/-])");

    /** A line is hostile where it is longer. */
    private static final int MAX_LINE = 4_000;

    private static final int MAX_PATHS = 50;

    static final RunLog NONE = new RunLog("", List.of());

    /** Whether a line has what a pattern looks for. */
    boolean has(Pattern pattern) {
        return bounded().anyMatch(line -> pattern.matcher(line).find());
    }

    boolean saysDiskIsFull() {
        return has(FULL);
    }

    private Stream<String> bounded() {
        return text.lines().map(line -> line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line);
    }

    /** The last line about a refused write or a full disk; without one, the last line. */
    String lastLine() {
        String last = "";
        boolean tells = false;
        for (String line : lines()) {
            boolean isAbout = REFUSED.matcher(line).find() || FULL.matcher(line).find();
            last = isAbout || !tells ? line : last;
            tells |= isAbout;
        }
        return shown(last);
    }

    /**
     * The paths that are refused, each once: those before the words that say so, else those behind them. What follows a path
     * that is refused is often the place in a source.
     */
    List<String> refusedPaths() {
        Set<String> paths = new LinkedHashSet<>();
        bounded().forEach(line -> {
            Matcher refused = REFUSED.matcher(line);
            if (refused.find()) {
                List<String> before = paths(line.substring(0, refused.start()));
                paths.addAll(before.isEmpty() ? paths(line.substring(refused.start())) : before);
            }
        });
        return paths.stream().limit(MAX_PATHS).toList();
    }

    private static List<String> paths(String text) {
        return PATH.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(path -> path.replaceFirst("[.,]{1,3}$", ""))
                .toList();
    }

    /** The last line that names a path, or something below it, and that the log of a run which could write there lacks. */
    Optional<String> complaint(String path, RunLog usual) {
        Pattern named = Pattern.compile("(?<![\\w./-])" + Pattern.quote(path) + "(?![\\w-])");
        Set<String> known = new HashSet<>();
        usual.bounded().map(RunLog::withoutNumbers).forEach(known::add);
        return bounded()
                .filter(line -> named.matcher(line).find() && !known.contains(withoutNumbers(line)))
                .reduce((first, second) -> second)
                .map(this::shown);
    }

    private static String withoutNumbers(String line) {
        return line.replaceAll("[0-9]+", "0");
    }

    List<String> lastLines(int count) {
        List<String> lines = lines();
        return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
                .map(this::shown)
                .toList();
    }

    private List<String> lines() {
        return text.lines()
                .filter(line -> !line.isBlank() && !OF_HELP.matcher(line).find())
                .toList();
    }

    private String shown(String line) {
        String known = line;
        for (String secret : secrets) {
            for (String part : secret.lines().map(String::strip).toList()) {
                known = part.length() < MIN_SECRET ? known : known.replace(part, "\u0000");
            }
        }
        return LogWords.of(known);
    }
}
