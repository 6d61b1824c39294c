// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import java.util.regex.Pattern;

/** The sources of ADD that are not files of the build context. */
final class RemoteSource {

    private static final Pattern GIT = Pattern.compile(
            "(?s)(?i:git|ssh)://.*|(?i:https?)://[^/?#]*/[^?#]*\\.git([?#].*)?" + "|[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:.*");
    private static final Pattern WEB = Pattern.compile("https?://.*", Pattern.DOTALL);

    private RemoteSource() {}

    /** Whether ADD fetches it from a git repository. */
    static boolean isGit(String source) {
        return GIT.matcher(source).matches();
    }

    /** Whether ADD downloads it. */
    static boolean isDownload(String source) {
        return WEB.matcher(source).matches() && !isGit(source);
    }
}
