// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Users;
import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Mode;
import nl.jqno.equalsverifier.Warning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records with their own {@code equals} must still compare all components. */
class RecordEqualityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "archive.JarListing$Identity",
                "configuration.SpringLocations$Place",
                "finding.Finding",
                "finding.Finding$Related",
                "finding.Finding$Subject",
                "image.tree.UnixId",
                "need.finder.ContainerNeeds$Key",
                "start.StartRecord$Step",
                "runtime.AccessReason$NoMount",
                "source.Location"
            })
    void equalityComparesEveryComponent(String type) throws ClassNotFoundException {
        EqualsVerifier.forClass(Class.forName("io.github.readonlyrootfs." + type))
                .set(Mode.skipMockito())
                .withPrefabValues(ContainerUser.class, Users.root(), Users.user("app", 1000))
                .suppress(Warning.NULL_FIELDS, Warning.STRICT_HASHCODE)
                .verify();
    }
}
