// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a task definition to be written into its file by {@link FragmentWriter}. */
public sealed interface Fragment {

    record Text(String value) implements Fragment {}

    /** A number or a boolean, which is written the same in every notation. */
    record Bare(String value) implements Fragment {}

    record Array(List<Fragment> elements) implements Fragment {}

    /** @param members in their order, under ECS's names */
    record Members(Map<String, Fragment> members) implements Fragment {

        /** The same with one more. */
        public Members with(String key, Fragment value) {
            Map<String, Fragment> all = new LinkedHashMap<>(members);
            all.put(key, value);
            return new Members(all);
        }

        public Members with(String key, String value) {
            return with(key, of(value));
        }
    }

    static Fragment of(String text) {
        return new Text(text);
    }

    static Fragment of(int number) {
        return new Bare(String.valueOf(number));
    }

    static Fragment of(boolean value) {
        return new Bare(String.valueOf(value));
    }

    static Fragment array(Fragment... elements) {
        return new Array(Arrays.asList(elements));
    }

    static Fragment array(List<String> strings) {
        return new Array(strings.stream().map(Fragment::of).toList());
    }

    static Members object(String key, Fragment value) {
        return new Members(Map.of()).with(key, value);
    }

    static Members object(String key, String value) {
        return object(key, of(value));
    }
}
