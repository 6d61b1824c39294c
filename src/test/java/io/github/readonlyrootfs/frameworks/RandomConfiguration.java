// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What an application may be configured by, filled by a framework's own generator. */
abstract class RandomConfiguration {

    final Random random;
    final Map<String, String> files = new LinkedHashMap<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final Map<String, String> properties = new LinkedHashMap<>();
    final List<String> arguments = new ArrayList<>();
    private int values;

    RandomConfiguration(long seed) {
        // Of seeds that follow each other, the first numbers would be alike.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    final boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    final String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A directory of the class path. */
    final String classes() {
        return one(6) ? "library/" : "classes/";
    }

    /** A value that nothing else has. */
    final String plain() {
        return "/v" + values++;
    }
}
