// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.build;

import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.GoBoolean;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BuildKit's rules for the sources of COPY and ADD. With other sources the build fails. */
final class SourceRules {

    private static final Pattern GIT_URL = Pattern.compile(
            "(?i:git|ssh)://(?<rest>[^?#]*)(?:\\?(?<query>[^#]*))?(?:#(?<fragment>.*))?", Pattern.DOTALL);
    private static final Pattern GIT_WEB = Pattern.compile(
            "(?i:https?)://[^/?#]*(?<rest>/[^?#]*\\.git)(?:\\?(?<query>[^#]*))?(?:#(?<fragment>.*))?", Pattern.DOTALL);
    private static final Pattern GIT_SCP =
            Pattern.compile("[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:(?<rest>.*?)(?:\\?(?<query>.*?))?(?:#(?<fragment>.*))?");
    private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.DOTALL);
    private static final Pattern DIGEST =
            Pattern.compile("sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}");

    /** The keys in the query of a repository. */
    private static final Set<String> VALUES = Set.of("ref", "tag", "branch", "subdir", "checksum", "commit");

    /** The same for keys that may have no value, which means true. */
    private static final Set<String> FLAGS = Set.of("keep-git-dir", "submodules");

    private SourceRules() {}

    /**
     * The parts after the address of a git repository.
     *
     * @param fragment a reference and, after a colon, a directory
     */
    private record Git(String query, String fragment) {

        /** Empty if it is not a git repository. */
        static Optional<Git> of(String source) {
            for (Pattern pattern : List.of(GIT_URL, GIT_WEB, GIT_SCP)) {
                Matcher matcher = pattern.matcher(source);
                if (matcher.matches()) {
                    return Optional.of(new Git(
                            Objects.requireNonNullElse(matcher.group("query"), ""),
                            Objects.requireNonNullElse(matcher.group("fragment"), "")));
                }
            }
            return Optional.empty();
        }

        /** The keys and values of the query; empty if BuildKit rejects it. */
        Optional<Map<String, String>> values() {
            Map<String, String> values = new LinkedHashMap<>();
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                boolean flag = FLAGS.contains(key);
                boolean valid = pair.isEmpty()
                        || ((flag || VALUES.contains(key))
                                && (flag
                                        ? value.isEmpty()
                                                || GoBoolean.parse(value).isPresent()
                                        : !value.isEmpty()));
                if (!valid || (!pair.isEmpty() && values.put(key, value) != null)) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }

        /** Whether query and fragment name at most one reference and one directory. */
        boolean isUnambiguous(Map<String, String> values) {
            int colon = fragment.indexOf(':');
            Set<String> references = new HashSet<>();
            references.add(colon < 0 ? fragment : fragment.substring(0, colon));
            references.add(values.getOrDefault("ref", ""));
            references.add(prefixed("refs/tags/", values.getOrDefault("tag", "")));
            references.add(prefixed("refs/heads/", values.getOrDefault("branch", "")));
            Set<String> directories = new HashSet<>();
            directories.add(colon < 0 ? "" : fragment.substring(colon + 1));
            directories.add(values.getOrDefault("subdir", ""));
            references.remove("");
            directories.remove("");
            return references.size() <= 1 && directories.size() <= 1;
        }

        private static String prefixed(String prefix, String name) {
            return name.isEmpty() || name.startsWith(prefix) ? name : prefix + name;
        }
    }

    /** Whether ADD fetches it from a git repository. */
    static boolean isGit(String source) {
        return Git.of(source).isPresent();
    }

    /** Whether ADD downloads it. */
    static boolean isDownload(String source) {
        return WEB.matcher(source).matches() && !isGit(source);
    }

    /**
     * Checks the sources and their checksum.
     *
     * @param values the value of a word; empty if unknown
     */
    static Optional<Problem> check(Instruction.Copy copy, Function<JoinedText, Optional<String>> values) {
        Optional<JoinedText> flag = copy.flag("checksum");
        Optional<String> checksum = flag.isPresent() ? values.apply(flag.get()) : Optional.empty();
        if (checksum.isPresent() && checksum.get().isEmpty()) {
            checksum = Optional.empty();
        }
        List<String> sources = new ArrayList<>();
        for (JoinedText written : copy.sources()) {
            Optional<String> value = values.apply(written);
            if (value.isEmpty()) {
                continue;
            }
            sources.add(value.get());
            Optional<Problem> problem = source(copy, value.get(), written.location(), checksum);
            if (problem.isPresent()) {
                return problem;
            }
        }
        if (checksum.isEmpty() || (sources.isEmpty() && copy.sources().size() == 1)) {
            return Optional.empty();
        }
        boolean fits = copy.sources().size() == 1
                && (isGit(sources.get(0))
                        || (isDownload(sources.get(0))
                                && DIGEST.matcher(checksum.get()).matches()));
        return fits
                ? Optional.empty()
                : Optional.of(new Problem(
                        copy.location(),
                        "--checksum does not fit its source",
                        "write the digest of one source that is a URL, such as sha256 and 64 hexadecimal digits"));
    }

    private static Optional<Problem> source(
            Instruction.Copy copy, String source, Location location, Optional<String> checksum) {
        if (!copy.add() && isDownload(source)) {
            return Optional.of(new Problem(location, "COPY cannot fetch from a URL", "write ADD, which can"));
        }
        Optional<Git> git = Git.of(source);
        if (git.isEmpty()) {
            return Optional.empty();
        }
        if (!copy.add()) {
            return Optional.of(new Problem(location, "COPY cannot take a git repository", "write ADD, which can"));
        }
        return git.get()
                        .values()
                        .filter(git.get()::isUnambiguous)
                        .filter(values -> fits(values, copy, checksum))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        location,
                        "the address of this git repository has an unknown key or value, or contradicts itself or a flag",
                        "the keys of its query are ref, tag, branch, subdir, checksum, keep-git-dir and submodules"));
    }

    /** Whether the flags agree with the query. */
    private static boolean fits(Map<String, String> values, Instruction.Copy copy, Optional<String> checksum) {
        String commit = values.getOrDefault("checksum", values.getOrDefault("commit", ""));
        boolean sameCommit = commit.isEmpty() || checksum.isEmpty() || commit.equals(checksum.get());
        Optional<JoinedText> keep = copy.flag("keep-git-dir");
        boolean sameKeep = keep.isEmpty()
                || !values.containsKey("keep-git-dir")
                || isTrue(keep.get().text()) == isTrue(values.getOrDefault("keep-git-dir", ""));
        return sameCommit && sameKeep;
    }

    private static boolean isTrue(String flag) {
        return flag.isEmpty() || GoBoolean.parse(flag).orElse(false);
    }
}
