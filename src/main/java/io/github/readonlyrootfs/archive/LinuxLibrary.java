// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.archive;

import java.util.regex.Pattern;

/** Finds the entries of a jar that are shared libraries for Linux. */
final class LinuxLibrary {

    /** Also {@code libx.so.1} and DuckDB's {@code libduckdb_java.so_linux_amd64}. */
    private static final Pattern SHARED_LIBRARY = Pattern.compile(".*\\.so(?:[._][^/]*)?", Pattern.DOTALL);

    /**
     * Other systems whose shared libraries also end with {@code .so}; those for Android are in a directory named after
     * the ABI.
     */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "(?i).*(?:android|freebsd|openbsd|netbsd|dragonfly|sunos|solaris|aix|hpux|osx|darwin|macos|windows"
                    + "|(?:^|/)(?:arm64-v8a|armeabi(?:-v7a)?)/).*",
            Pattern.DOTALL);

    private LinuxLibrary() {}

    static boolean is(String entry) {
        // This runs for every entry of every jar.
        return entry.contains(".so")
                && SHARED_LIBRARY.matcher(entry).matches()
                && !ELSEWHERE.matcher(entry).matches();
    }
}
