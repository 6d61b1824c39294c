// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import java.util.Optional;

/** {@code umask u=rwx,g=rx,o=}: the permissions that it leaves, not those that it removes. */
final class SymbolicUmask {

    private SymbolicUmask() {}

    /** The new mask; empty if the text is not a symbolic mask. */
    static Optional<Integer> apply(String text, int umask) {
        int allowed = 0777 & ~umask;
        for (String clause : text.split(",", -1)) {
            if (!clause.matches("[ugoa]*[-+=][rwxX]*")) {
                return Optional.empty();
            }
            int operator = 0;
            while ("-+=".indexOf(clause.charAt(operator)) < 0) {
                operator++;
            }
            String who = clause.substring(0, operator);
            String what = clause.substring(operator + 1);
            int bits = (what.contains("r") ? 4 : 0) | (what.contains("w") ? 2 : 0) | (what.contains("x") ? 1 : 0);
            int affected = 0;
            int given = 0;
            for (char c : new char[] {'u', 'g', 'o'}) {
                if (who.isEmpty() || who.indexOf(c) >= 0 || who.indexOf('a') >= 0) {
                    int shift = c == 'u' ? 6 : c == 'g' ? 3 : 0;
                    affected |= 7 << shift;
                    given |= bits << shift;
                }
            }
            allowed = switch (clause.charAt(operator)) {
                case '+' -> allowed | given;
                case '-' -> allowed & ~given;
                default -> (allowed & ~affected) | given;
            };
        }
        return Optional.of(0777 & ~allowed);
    }
}
