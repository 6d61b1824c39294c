// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuild.Step;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a Dockerfile a line can be put.
 *
 * @param line the line to put it next to
 * @param above whether it goes above that line; else below
 * @param restoredUser the USER to go back to, where the place is not root's; the line then needs {@code USER root}
 */
record InsertionPoint(int line, boolean above, Optional<String> restoredUser) {

    /** Instructions that are at the end of a stage by custom: new lines look better above them. */
    private static final Set<String> CLOSING = Set.of("ENTRYPOINT", "CMD", "HEALTHCHECK", "EXPOSE", "STOPSIGNAL");

    private static final Pattern ABSOLUTE = Pattern.compile("(?<![\\w./:$}-])/[\\w./@%+-]+");

    private static final Pattern MAKES_ACCOUNTS = Pattern.compile("\\b(useradd|adduser)\\b|/etc/passwd");

    /**
     * The last place where root is in force, above a VOLUME if one is given, below the line that makes the user, and below
     * all that may make the paths: a directory that is there may be in its way, and one that root has made is root's.
     *
     * @param user whose name the line mentions, if it has to run as root
     * @param paths that the line makes or changes
     */
    static InsertionPoint in(
            ImageBuild build, Optional<ContainerUser> user, Optional<Location> volume, List<ContainerPath> paths) {
        List<Step> steps = build.chain().steps();
        int first = afterFrom(steps);
        int last = Math.max(first, volume.isPresent() ? indexOf(steps, volume.get()) : steps.size());
        int made = user.isPresent() ? afterAccount(build, user.get()) : 0;
        int lowest = Math.max(first, made);
        for (ContainerPath path : paths) {
            lowest = Math.max(lowest, Math.min(last, afterMaking(build, path)));
        }
        Set<Integer> fromLines = fromLines(steps);
        for (int i = last; i >= lowest; i--) {
            if (fits(steps, i, fromLines) && (user.isEmpty() || isRoot(userAt(build, i)))) {
                return at(
                        build,
                        i == steps.size() ? aboveClosing(build, lowest, user.isPresent(), fromLines) : i,
                        Optional.empty());
            }
        }
        // The user is never root: switch to root and back, where the user to restore is known.
        int place = Math.max(last, lowest);
        for (int i = place;
                i <= steps.size()
                        && !isRoot(userAt(build, place))
                        && userText(build, place).isEmpty();
                i++) {
            place = fits(steps, i, fromLines) && userText(build, i).isPresent() ? i : place;
        }
        if (place == steps.size()) {
            place = aboveClosing(build, lowest, false, fromLines);
        }
        boolean asRoot = isRoot(userAt(build, place));
        return at(build, place, user.isEmpty() || asRoot ? Optional.empty() : userText(build, place));
    }

    /** The line before which to insert. */
    int next() {
        return above ? line : line + 1;
    }

    private static InsertionPoint at(ImageBuild build, int index, Optional<String> restoredUser) {
        List<Step> steps = build.chain().steps();
        if (index == steps.size()) {
            return new InsertionPoint(steps.get(index - 1).lastLine(), false, restoredUser);
        }
        // The comment lines above an instruction are about it.
        int line = steps.get(index).location().line();
        int lowest = index == 0 ? line : steps.get(index - 1).lastLine() + 1;
        while (line > lowest && build.dockerfile().line(line - 1).stripLeading().startsWith("#")) {
            line--;
        }
        return new InsertionPoint(line, true, restoredUser);
    }

    private static int aboveClosing(ImageBuild build, int lowest, boolean asRoot, Set<Integer> fromLines) {
        List<Step> steps = build.chain().steps();
        int i = steps.size();
        while (i > lowest
                && CLOSING.contains(steps.get(i - 1).keyword())
                && fits(steps, i - 1, fromLines)
                && (!asRoot || isRoot(userAt(build, i - 1)))) {
            i--;
        }
        return i;
    }

    /** What is above a FROM belongs to another stage; what ONBUILD triggers is at the FROM line too. */
    private static boolean fits(List<Step> steps, int index, Set<Integer> fromLines) {
        return index == steps.size()
                || !fromLines.contains(steps.get(index).location().line());
    }

    private static Set<Integer> fromLines(List<Step> steps) {
        Set<Integer> lines = new HashSet<>();
        for (Step step : steps) {
            if (step.keyword().equals("FROM")) {
                lines.add(step.location().line());
            }
        }
        return lines;
    }

    private static int afterFrom(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).keyword().equals("FROM")) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int indexOf(List<Step> steps, Location place) {
        for (int i = 0; i < steps.size(); i++) {
            Location step = steps.get(i).location();
            if (step.line() <= place.line() && place.line() <= step.endLine()) {
                return i;
            }
        }
        return steps.size();
    }

    /** The step behind the last one that may make a path, a directory that it is in, or anything below it. */
    private static int afterMaking(ImageBuild build, ContainerPath path) {
        List<Step> steps = build.chain().steps();
        int after = 0;
        for (ContainerPath at = path; !at.isRoot(); at = at.parent()) {
            Optional<Location> made = build.image().files().resolved(at).why().location();
            int step = made.isPresent()
                            && made.get().file().equals(build.dockerfile().name())
                    ? indexOf(steps, made.get())
                    : steps.size();
            // The directory of COPY or WORKDIR may be there before.
            if (step < steps.size()
                    && (!at.equals(path) || steps.get(step).keyword().equals("RUN"))) {
                after = Math.max(after, step + 1);
            }
        }
        for (int i = after; i < steps.size(); i++) {
            if (steps.get(i).keyword().equals("RUN")
                    && mayMake(steps.get(i), text(build.dockerfile(), steps.get(i)), path)) {
                after = i + 1;
            }
        }
        return after;
    }

    /** Whether a RUN is in a directory above the path, or names one above or below it; what it does need not be known. */
    private static boolean mayMake(Step run, String text, ContainerPath path) {
        if (run.directory().filter(in -> !in.isRoot() && path.isAtOrBelow(in)).isPresent()) {
            return true;
        }
        Matcher named = ABSOLUTE.matcher(text);
        while (named.find()) {
            ContainerPath at = ContainerPath.of(named.group());
            if (at.isAtOrBelow(path) || (at.depth() > 1 && path.isAtOrBelow(at))) {
                return true;
            }
        }
        return false;
    }

    /** The step behind the RUN that makes the user's account, so that {@code chown} finds the name. */
    private static int afterAccount(ImageBuild build, ContainerUser user) {
        Optional<UnixId> uid = user.uid();
        if (uid.isPresent() && user.name().equals(String.valueOf(uid.get().number()))) {
            return 0;
        }
        Pattern name = Pattern.compile("(?<![\\w-])" + Pattern.quote(user.name()) + "(?![\\w-])");
        List<Step> steps = build.chain().steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            boolean copies = Set.of("COPY", "ADD").contains(steps.get(i).keyword());
            String text = copies || steps.get(i).keyword().equals("RUN") ? text(build.dockerfile(), steps.get(i)) : "";
            if (MAKES_ACCOUNTS.matcher(text).find()
                    && (copies || name.matcher(text).find())) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The USER in force in front of a step. */
    private static Value<String> userAt(ImageBuild build, int index) {
        List<Step> steps = build.chain().steps();
        Value<String> user = index < steps.size()
                ? steps.get(index).user()
                : build.image().config().user();
        // The base may name a user of its own.
        return user.isAbsent() && !build.image().config().complete()
                ? new Value.Unknown<>(
                        "the user of the base image is not known", steps.get(0).location())
                : user;
    }

    private static boolean isRoot(Value<String> user) {
        return user.isAbsent()
                || user.known().filter(name -> new UserSpec(name).isRoot()).isPresent();
    }

    /** The known user, or the text of the last USER instruction. */
    private static Optional<String> userText(ImageBuild build, int index) {
        return userAt(build, index).known().or(() -> {
            List<Step> before = build.chain().steps().subList(0, index);
            return before.stream()
                    .filter(step -> step.keyword().equals("USER"))
                    .reduce((earlier, later) -> later)
                    .map(step -> text(build.dockerfile(), step).strip())
                    .filter(text -> text.toUpperCase(Locale.ROOT).startsWith("USER"))
                    .map(text -> text.substring("USER".length()).strip());
        });
    }

    private static String text(SourceFile dockerfile, Step step) {
        StringBuilder text = new StringBuilder();
        int end = Math.min(step.location().endLine(), dockerfile.lineCount());
        for (int line = step.location().line(); line <= end; line++) {
            text.append(dockerfile.line(line)).append('\n');
        }
        return text.toString();
    }
}
