// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.function.Predicate;

/** Reduces a breaking file by removing smaller and smaller pieces while it still breaks. */
final class Reduction {

    private static final int MAX_TRIES = 400;

    private final Predicate<byte[]> breaks;
    private int tries;

    Reduction(Predicate<byte[]> breaks) {
        this.breaks = breaks;
    }

    byte[] of(byte[] file) {
        byte[] smallest = file;
        for (int size = Math.max(1, file.length / 2); size > 0 && tries < MAX_TRIES; size /= 2) {
            int at = 0;
            while (at < smallest.length && tries < MAX_TRIES) {
                byte[] less = without(smallest, at, Math.min(smallest.length, at + size));
                tries++;
                if (breaks.test(less)) {
                    smallest = less;
                } else {
                    at += size;
                }
            }
        }
        return smallest;
    }

    private static byte[] without(byte[] file, int start, int end) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(file, 0, start);
        rest.write(file, end, file.length - end);
        return rest.toByteArray();
    }
}
