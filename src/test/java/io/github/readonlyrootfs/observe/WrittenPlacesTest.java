// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.observe.WrittenPlaces.FileProbe;
import io.github.readonlyrootfs.observe.WrittenPlaces.FileProbe.Entry;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WrittenPlacesTest {

    private final Map<String, Entry> image = new HashMap<>();

    {
        Stream.of("/tmp", "/run", "/var", "/var/lib", "/var/lib/app", "/srv", "/etc", "/etc/nginx", "/opt")
                .forEach(path -> image.put(path, new Entry(EntryKind.DIRECTORY, "")));
        image.put("/var/run", new Entry(EntryKind.SYMLINK, "/run"));
        image.put("/etc/nginx/nginx.conf", new Entry(EntryKind.FILE, ""));
        image.put("/opt/data", new Entry(EntryKind.SYMLINK, "../var/lib/app"));
        image.put("/opt/circle", new Entry(EntryKind.SYMLINK, "circle"));
    }

    private WrittenPlaces by(boolean root) {
        return new WrittenPlaces(path -> image.getOrDefault(path.toString(), Entry.MISSING), root);
    }

    private String place(String path, boolean root) {
        return by(root).of(ContainerPath.of(path), false)
                .map(ContainerPath::toString)
                .orElse("nowhere");
    }

    private List<String> changes(boolean root, String... lines) {
        FileProbe ended = path -> new Entry(
                path.name().contains(".") || path.toString().contains("file") ? EntryKind.FILE : EntryKind.DIRECTORY,
                "");
        return by(root).of(String.join("\n", lines), ended).stream()
                .map(ContainerPath::toString)
                .toList();
    }

    @Test
    void aFileIsInItsDirectoryAndALinkLeadsToAnother() {
        assertThat(place("/run/app.pid", false)).isEqualTo("/run");
        assertThat(place("/var/run/app.pid", false)).isEqualTo("/run");
        assertThat(place("/opt/data/a/b", false)).isEqualTo("/var/lib/app");
        assertThat(place("/etc/nginx/nginx.conf", false)).isEqualTo("/etc/nginx");
        assertThat(place("/opt/circle/x", false)).isEqualTo("nowhere");
    }

    @Test
    void onlyRootsDirectoriesCanBeMountedWhereTheImageHasNone() {
        assertThat(place("/var/lib/new/deep/file", true)).isEqualTo("/var/lib/new");
        assertThat(place("/var/lib/new/deep/file", false)).isEqualTo("/var/lib");
        assertThat(place("/data/file", true)).isEqualTo("/data");
        assertThat(place("/data/file", false)).isEqualTo("nowhere");
    }

    @Test
    void aDirectoryOfOneProgramKeepsTogetherWhatItMakesThere() {
        assertThat(place("/var/lib/app/body/x", true)).isEqualTo("/var/lib/app");
        assertThat(place("/tmp/hsperfdata_app/7", true)).isEqualTo("/tmp");
        assertThat(place("/usr/local/new/deep/file", true)).isEqualTo("/usr/local/new");
    }

    @Test
    void aNameThatTheNextStartChangesIsNotMounted() {
        assertThat(place("/tmp/tomcat.8080.123/work/x", true)).isEqualTo("/tmp");
        assertThat(place("/var/lib/a8f3c0de99/x", true)).isEqualTo("/var/lib");
    }

    @Test
    void theRootAndTheKernelsFilesCannotBeMounted() {
        assertThat(place("/file", true)).isEqualTo("nowhere");
        assertThat(place("/proc/sys/x", true)).isEqualTo("nowhere");
        assertThat(place("/dev/null", true)).isEqualTo("nowhere");
    }

    @Test
    void theChangesOfARunLeadToTheDirectoriesThatHoldThem() {
        assertThat(changes(
                        true,
                        "C /etc",
                        "C /etc/hosts",
                        "C /run",
                        "A /run/nginx.pid",
                        "C /var",
                        "C /var/lib",
                        "A /var/lib/new",
                        "A /var/lib/new/one.file",
                        "A /var/lib/new/two",
                        "A /var/lib/new/two/three.file",
                        "C /srv",
                        "D /srv/old.txt",
                        "A /opt/empty",
                        "nonsense",
                        "A relative"))
                .containsExactly("/opt/empty", "/run", "/srv", "/var/lib/new");
        assertThat(changes(false, "A /var/lib/app/one.file", "C /var/lib/app")).containsExactly("/var/lib/app");
    }

    @Test
    void manyDirectoriesAreUnitedInTheOneThatTheyShare() {
        List<ContainerPath> many = IntStream.range(0, 30)
                .mapToObj(i -> ContainerPath.of("/var/lib/app/d" + i))
                .toList();

        assertThat(WrittenPlaces.united(
                        Stream.concat(many.stream(), Stream.of(ContainerPath.of("/tmp")))
                                .toList(),
                        24))
                .extracting(ContainerPath::toString)
                .containsExactly("/tmp", "/var/lib/app");
    }
}
