// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerUserTest {

    private static ContainerUser user(UnixId uid, UnixId gid, boolean groupsComplete, UnixId... groups) {
        return new ContainerUser(
                "u",
                Optional.of(uid),
                Optional.ofNullable(gid),
                List.of(groups),
                groupsComplete,
                Optional.empty(),
                false,
                Optional.empty());
    }

    private static Truth mayWrite(ContainerUser user, Ownership ownership) {
        return user.may(Ownership.WRITE | Ownership.SEARCH, ownership);
    }

    @Test
    void usersAreEqualIfAllComponentsAre() {
        Optional<UnixId> one = Optional.of(UnixId.of(1));
        Optional<UnixId> two = Optional.of(UnixId.of(2));
        Optional<UnknownUser> unknown = Optional.of(
                new UnknownUser.NameUnknown(new Value.Unknown<>("it is not known", Location.of("Dockerfile"))));
        Optional<Location> place = Optional.of(new Location("Dockerfile", 1, 1, 1, 2));
        ContainerUser user =
                new ContainerUser("u", one, one, List.of(), true, Optional.empty(), false, Optional.empty());

        assertThat(user)
                .isEqualTo(new ContainerUser("u", one, one, List.of(), true, Optional.empty(), false, Optional.empty()))
                .hasSameHashCodeAs(
                        new ContainerUser("u", one, one, List.of(), true, Optional.empty(), false, Optional.empty()));
        assertThat(List.of(
                        new ContainerUser("v", one, one, List.of(), true, Optional.empty(), false, Optional.empty()),
                        new ContainerUser("u", two, one, List.of(), true, Optional.empty(), false, Optional.empty()),
                        new ContainerUser("u", one, two, List.of(), true, Optional.empty(), false, Optional.empty()),
                        new ContainerUser(
                                "u", one, one, List.of(UnixId.of(3)), true, Optional.empty(), false, Optional.empty()),
                        new ContainerUser("u", one, one, List.of(), false, Optional.empty(), false, Optional.empty()),
                        new ContainerUser(
                                "u", Optional.empty(), one, List.of(), true, unknown, false, Optional.empty()),
                        new ContainerUser("u", one, one, List.of(), true, Optional.empty(), true, Optional.empty()),
                        new ContainerUser("u", one, one, List.of(), true, Optional.empty(), false, place)))
                .doesNotContain(user);
    }

    @Test
    void everyModeIsJudgedLikeTheKernelJudgesIt() {
        for (int mode = 0; mode <= 0777; mode++) {
            for (int uid = 0; uid < 2; uid++) {
                for (int gid = 0; gid < 2; gid++) {
                    int bits = uid == 1 ? mode >> 6 : gid == 1 ? mode >> 3 : mode;
                    ContainerUser user = user(UnixId.of(1 + 1), UnixId.of(7), true, UnixId.of(8));
                    Ownership ownership = Ownership.of(uid == 1 ? 2 : 3, gid == 1 ? 8 : 9, mode);
                    assertThat(mayWrite(user, ownership))
                            .as("%o %d %d", mode, uid, gid)
                            .isEqualTo(Truth.of((bits & 3) == 3));
                }
            }
        }
    }

    @Test
    void anAnswerThatIsTheSameForEveryPossibleUserIsKnown() {
        ContainerUser named = user(UnixId.named("app"), null, false);
        assertThat(mayWrite(named, Ownership.ROOT_0755)).isEqualTo(Truth.FALSE);
        assertThat(mayWrite(named, Ownership.of(0, 0, 01777))).isEqualTo(Truth.TRUE);
        assertThat(mayWrite(named, Ownership.of(1500, 1500, 0755))).isEqualTo(Truth.UNKNOWN);
        assertThat(mayWrite(named, Ownership.of(0, 0, 0775))).isEqualTo(Truth.UNKNOWN);
        assertThat(mayWrite(named, new Ownership(UnixId.named("app"), null, 0755)))
                .isEqualTo(Truth.TRUE);
        assertThat(mayWrite(named, new Ownership(UnixId.named("app"), null, null)))
                .isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void anOwnerWithWriteAccessCanWriteWhateverTheOtherModeBits() {
        Ownership ownership = new Ownership(UnixId.of(5), null, null, true);
        assertThat(mayWrite(user(UnixId.of(5), UnixId.of(5), true), ownership)).isEqualTo(Truth.TRUE);
        assertThat(mayWrite(user(UnixId.of(6), UnixId.of(5), true), ownership)).isEqualTo(Truth.UNKNOWN);
        assertThat(mayWrite(user(UnixId.named("app"), null, false), ownership)).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void onlyTheOwnersBitsCountForTheOwner() {
        assertThat(mayWrite(user(UnixId.of(5), UnixId.of(5), true), Ownership.of(5, 5, 0077)))
                .isEqualTo(Truth.FALSE);
    }
}
