// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoundNeedsTest {

    @Test
    void tooManyNeedsAreTruncatedAndThatIsReportedOnce() {
        FoundNeeds found = new FoundNeeds("code");
        for (int i = 0; i < 1_500; i++) {
            found.add(new Need(
                    List.of(ContainerPath.of("/srv/" + i)),
                    Need.Impact.FATAL,
                    false,
                    false,
                    List.of(found.evidence("class A", Optional.empty()))));
        }
        assertThat(found.needs()).hasSize(1_000);
        assertThat(found.gaps()).singleElement().satisfies(cut -> {
            assertThat(cut.kind()).isEqualTo(Gap.Kind.WRITES);
            assertThat(cut.subject()).isEqualTo("the rest of the application");
            assertThat(cut.reason()).isEqualTo("only the first 1000 paths are checked");
        });
    }
}
