// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionedMapTest {

    private static final String HERE = "here";
    private static final String THERE = "there";

    private static Map<String, String> entries(VersionedMap<String> map) {
        Map<String, String> entries = new TreeMap<>();
        map.forEach(entries::put);
        return entries;
    }

    private static String either(String one, String two) {
        return one.equals(two) ? one : one + "|" + two;
    }

    @Test
    void aMergeHasWhatBothMapsHaveAndIsOneOfThemIfThatIsTheSame() {
        Random random = new Random(7);
        for (int run = 0; run < 500; run++) {
            VersionedMap<String> common = VersionedMap.empty();
            for (int i = random.nextInt(20); i > 0; i--) {
                common = common.with("k" + random.nextInt(30), "v" + random.nextInt(2));
            }
            VersionedMap<String> one = common;
            VersionedMap<String> two = common;
            for (int i = random.nextInt(4); i > 0; i--) {
                one = one.with("k" + random.nextInt(30), "v" + random.nextInt(3));
                two = two.with("k" + random.nextInt(30), "v" + random.nextInt(3));
            }
            Map<String, String> expected = new TreeMap<>();
            Map<String, String> ones = entries(one);
            Map<String, String> twos = entries(two);
            ones.forEach((key, value) -> expected.put(key, either(value, twos.getOrDefault(key, THERE))));
            twos.forEach((key, value) -> expected.putIfAbsent(key, either(ones.getOrDefault(key, HERE), value)));

            VersionedMap<String> merged = one.merge(two, HERE, THERE, VersionedMapTest::either);

            assertThat(entries(merged)).isEqualTo(expected);
            VersionedMap<String> first = one;
            assertThat(one.merge(two, HERE, THERE, (a, b) -> a)).satisfies(same -> {
                if (ones.keySet().containsAll(twos.keySet())) {
                    assertThat(same).isSameAs(first);
                }
            });
        }
    }
}
