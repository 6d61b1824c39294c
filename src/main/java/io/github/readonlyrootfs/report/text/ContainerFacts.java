// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.message.StartText;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;

/** What a container runs, its user, and what keeps it from starting, on one platform. */
public record ContainerFacts(JudgedContainer on) {

    public record Fact(String label, String text) {}

    public List<Fact> all() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("image", image(on.container())));
        facts.add(new Fact("root", root()));
        facts.add(new Fact("user", RuntimeWords.user(on.user(), on)));
        for (ContainerRuntime.StartFailure failure : on.runtime().startFailures()) {
            facts.add(new Fact(
                    "does not start",
                    StartText.of(failure.problem()) + " (" + Wording.place(failure.location()) + ")"));
        }
        for (ContainerRuntime.Overlap overlap : on.runtime().overlaps()) {
            facts.add(new Fact("covered", mount(overlap.covered()) + " by " + mount(overlap.covering())));
        }
        return facts;
    }

    private static String mount(Mount mount) {
        return RuntimeWords.path(mount) + " (" + RuntimeWords.origin(mount) + ")";
    }

    /** The image of a container, and what it is built from. */
    static String image(ContainerAnalysis container) {
        Value<String> image = container.definition().image().written();
        String reference = image instanceof Value.Unknown<String> unknown
                ? "unknown: " + unknown.reason()
                : image.known().map(PublicText::name).orElse("none");
        String base = container.image().base();
        return (reference.equals("none") && container.build().isPresent() ? "not named" : reference)
                + container.build().map(ContainerFacts::build).orElse("")
                + container.described().map(ContainerFacts::source).orElse("")
                + (container.replacesPublished() ? ", which is assumed to replace it" : "")
                + (reference.equals(base) ? "" : ", based on " + PublicText.name(base))
                + known(container.image().config());
    }

    private static String known(Image.Config config) {
        boolean inPart = config.volumes().complete() || config.user().known().isPresent();
        return config.complete() ? "" : ", whose configuration is " + (inPart ? "known in part" : "unknown");
    }

    private static String build(ImageBuild build) {
        return ", built from " + build.dockerfile().name()
                + build.target().map(stage -> ", target " + stage).orElse("");
    }

    private static String source(ImageSource.Described source) {
        return ", built by " + source.plugin() + " (" + Wording.place(source.location()) + ")";
    }

    private String root() {
        Value<Boolean> written = on.container().definition().fileSystem().readonlyRootFilesystem();
        String said = written instanceof Value.Unknown<Boolean> unknown
                ? "unknown: " + unknown.reason()
                : written.known().map(String::valueOf).orElse("not set");
        return on.task().key("containerDefinitions.readonlyRootFilesystem") + " is " + said
                + written.where()
                        .map(where -> " (" + Wording.place(where) + ")")
                        .orElse("")
                + (written.known().orElse(false) ? "" : "; judged as if it were true");
    }
}
