// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * A file as a URI relative to the root of its repository, the only kind that GitHub finds again; of a file elsewhere, a
 * file URI.
 */
public final class RepositoryUri {

    private static final String UNRESERVED = "-._~/";

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\]");

    private RepositoryUri() {}

    /**
     * The URI of a file.
     *
     * @param prefix the project's directory relative to the repository's root
     * @param file relative to the project; may begin with {@code ..}; absolute if it is in no directory of the repository
     */
    public static String of(String prefix, String file) {
        String path = path(prefix, file);
        return isAbsolute(path) ? "file://" + (path.startsWith("/") ? "" : "/") + encoded(path) : encoded(path);
    }

    private static boolean isAbsolute(String file) {
        return file.startsWith("/") || DRIVE.matcher(file).lookingAt();
    }

    /** The same path without encoding. */
    public static String path(String prefix, String file) {
        if (isAbsolute(file)) {
            return file.replace('\\', '/');
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : (prefix + "/" + file).replace('\\', '/').split("/", -1)) {
            if (segment.equals("..")
                    && !segments.isEmpty()
                    && !segments.getLast().equals("..")) {
                segments.removeLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }

    private static String encoded(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return uri.toString();
    }
}
