// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random configuration of an application, filled by the generator of a framework. */
abstract class RandomConfiguration {

    final Random random;
    final Map<String, String> files = new LinkedHashMap<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final Map<String, String> properties = new LinkedHashMap<>();
    final List<String> arguments = new ArrayList<>();
    private int values;

    RandomConfiguration(long seed) {
        // The first numbers of consecutive seeds are similar.
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

    /** A unique value. */
    final String plain() {
        return "/v" + values++;
    }
}
