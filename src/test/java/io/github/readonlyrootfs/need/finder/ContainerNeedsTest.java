// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.DeclaredNeed;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerNeedsTest {

    private static final Set<String> ALL = Set.copyOf(NeedFinders.names());

    private static DeclaredNeed declared(String path) throws DeclaredNeed.MalformedException {
        return DeclaredNeed.parse(path, new Evidence(Evidence.Kind.DECLARED, "<writablePaths>", Optional.empty()));
    }

    private static List<Need> needs(String dockerfile, String... declared) throws DeclaredNeed.MalformedException {
        List<DeclaredNeed> all = new ArrayList<>();
        for (String path : declared) {
            all.add(declared(path));
        }
        return ContainerNeeds.of(Contexts.built(dockerfile), all, ALL).needs();
    }

    private static List<String> evidence(Need need) {
        return need.evidence().stream().map(Evidence::words).toList();
    }

    /** A finder that finds a path and then fails. */
    private record Failing() implements NeedFinder {

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public void find(ContainerContext container, FoundNeeds found) {
            Value<ContainerPath> path = new Value.Known<>(
                    ContainerPath.of("/found"),
                    container.definition().metadata().nameLocation());
            found.write(path, "/found", Impact.FATAL, found.evidence("it is found", Optional.empty()));
            throw new IllegalStateException("hunter2");
        }
    }

    @Test
    void aFailedFinderIsReportedAndTheOthersAreStillUsed() throws Exception {
        ContainerContext container = Contexts.built("FROM alpine\nCMD echo > /written\n");

        ContainerNeeds needs = ContainerNeeds.of(
                container,
                List.of(declared("/declared")),
                Optional.empty(),
                List.of(new Failing(), new StartCommandFinder()));

        assertThat(needs.needs())
                .flatExtracting(Need::alternatives)
                .extracting(ContainerPath::toString)
                .contains("/declared", "/found", "/written");
        assertThat(needs.gaps())
                .extracting(Gap::reason)
                .containsExactly("the plugin failed with IllegalStateException, which is a bug: report it");
    }

    @Test
    void aPathThatIsDeclaredTwiceIsOneNeedWithBothReasons() throws Exception {
        List<Need> needs = needs("FROM debian:13\n", "/tmp", "/tmp", "/tmp?");
        assertThat(needs).hasSize(1);
        assertThat(needs.get(0).impact()).isEqualTo(Impact.FATAL);
        assertThat(needs.get(0).isDeclared()).isTrue();
    }

    @Test
    void aPathThatSeveralFindersFindIsOneNeedWithAllReasons() throws Exception {
        List<Need> needs = needs("""
                FROM python:3.12-slim
                CMD gunicorn --pid /run/g.pid --worker-tmp-dir /dev/shm > /run/g.pid
                """);
        assertThat(needs)
                .filteredOn(need -> need.alternatives().contains(ContainerPath.of("/run/g.pid")))
                .singleElement()
                .satisfies(need -> assertThat(evidence(need))
                        .containsExactly(
                                "the shell sends output there [start-command]",
                                "--pid names the pid file of gunicorn [start-command]"));
    }

    @Test
    void theEvidenceWithTheWorstImpactComesFirst() {
        Evidence use = new Evidence(Evidence.Kind.INFERRED, "it writes there when used", Optional.empty());
        Evidence start = new Evidence(Evidence.Kind.INFERRED, "it writes there at start", Optional.empty());
        List<ContainerPath> path = List.of(ContainerPath.of("/data"));
        Need feature = new Need(path, Impact.FEATURE, false, true, List.of(use, start));
        Need fatal = new Need(path, Impact.FATAL, false, true, List.of(start));

        Need both = fatal.with(feature);

        assertThat(both.evidence())
                .extracting(Evidence::detail, Evidence::impact)
                .containsExactly(
                        tuple("it writes there at start", Optional.of(Impact.FATAL)),
                        tuple("it writes there when used", Optional.of(Impact.FEATURE)));
        assertThat(both.deciding()).extracting(Evidence::detail).containsExactly("it writes there at start");
        assertThat(feature.with(fatal).deciding())
                .extracting(Evidence::detail)
                .containsExactly("it writes there when used", "it writes there at start");
    }

    @Test
    void theDeclaredImpactOverridesAWorseInferredOne() {
        Evidence pom = new Evidence(Evidence.Kind.DECLARED, "<writablePaths>", Optional.empty());
        Evidence yarn = new Evidence(Evidence.Kind.INFERRED, "yarn", Optional.empty());
        List<ContainerPath> path = List.of(ContainerPath.of("/tmp"));
        Need declared = new Need(path, Impact.TOLERATED, false, true, List.of(pom));
        Need inferred = new Need(path, Impact.FATAL, false, true, List.of(yarn));
        assertThat(declared.with(inferred).deciding())
                .extracting(Evidence::detail)
                .containsExactly("<writablePaths>");
    }

    @Test
    void theDeclaredPathWins() throws Exception {
        String yarn = "FROM node:22\nUSER node\nCMD [\"yarn\", \"start\"]\n";
        assertThat(needs(yarn, "/tmp?"))
                .filteredOn(need -> need.alternatives().contains(ContainerPath.of("/tmp")))
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.impact()).isEqualTo(Impact.TOLERATED);
                    assertThat(evidence(need))
                            .containsExactly(
                                    "<writablePaths>",
                                    "yarn makes its temporary directory there when it starts [base-image]");
                });
        // The impact on the cache does not affect the declared path.
        assertThat(needs(yarn, "~/.cache/yarn"))
                .filteredOn(need -> need.alternatives().contains(ContainerPath.of("/home/node/.cache/yarn")))
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.impact()).isEqualTo(Impact.FATAL);
                    assertThat(evidence(need)).containsExactly("<writablePaths>");
                });
    }

    @Test
    void aDeclaredFileNeedsItsParentsIfTheWriterDoesNotCreateThem() throws Exception {
        assertThat(needs(
                        "FROM debian:13\nCMD [\"shop\", \"--pid-file\", \"/run/shop/shop.pid\"]\n",
                        "/run/shop/shop.pid"))
                .singleElement()
                .satisfies(need -> assertThat(need.createsParents()).isFalse());
    }

    @Test
    void theWorstImpactOfAPathCounts() throws Exception {
        assertThat(needs("FROM node:18.4.0-alpine\nUSER node\nCMD [\"npm\", \"start\"]\n"))
                .singleElement()
                .satisfies(need -> assertThat(need.impact()).isEqualTo(Impact.FATAL));
    }

    @Test
    void aDeclarationAnswersEveryQuestionAboutAContainer() throws Exception {
        ContainerContext nginx = Contexts.built("FROM nginx:1.27\nRUN sed -i s/a/b/ /etc/nginx/nginx.conf\n");
        assertThat(ContainerNeeds.of(nginx, List.of(), ALL).gaps())
                .map(Gap::subject)
                .containsExactly("/var/cache/nginx", "/run/nginx.pid");
        assertThat(ContainerNeeds.of(nginx, List.of(declared("/run/nginx.pid")), ALL)
                        .gaps())
                .isEmpty();
    }

    @Test
    void noneDoesNotAnswerWhereAKnownWriteGoes() throws Exception {
        ContainerContext nginx = Contexts.built("FROM nginx:1.27\nRUN sed -i s/a/b/ /etc/nginx/nginx.conf\n");
        assertThat(ContainerNeeds.of(nginx, List.of(declared("none")), ALL).gaps())
                .map(Gap::subject)
                .containsExactly("/var/cache/nginx", "/run/nginx.pid");
        ContainerContext unknown = Contexts.built("FROM debian:13\nCMD [\"shop\"]\n");
        assertThat(ContainerNeeds.of(unknown, List.of(declared("none")), ALL).gaps())
                .isEmpty();
    }

    @Test
    void withoutInferenceNothingIsKnownUnlessItIsDeclared() throws Exception {
        ContainerContext nginx = Contexts.built("FROM nginx:1.27\n");
        assertThat(ContainerNeeds.of(nginx, List.of(), Set.of()).gaps())
                .extracting(Gap::reason)
                .containsExactly("inference is off");
        assertThat(ContainerNeeds.of(nginx, List.of(declared("none")), Set.of()))
                .satisfies(needs -> {
                    assertThat(needs.gaps()).isEmpty();
                    assertThat(needs.needs()).isEmpty();
                });
    }

    @Test
    void onlyTheSelectedFindersRun() throws Exception {
        ContainerContext java =
                Contexts.built("FROM eclipse-temurin:21\nCMD java -Xloggc:/g.log -jar a.jar > /var/log/a.log\n");
        assertThat(Contexts.found("start-command", java)).containsExactly("/var/log/a.log fatal");
        assertThat(Contexts.found("jvm", java)).containsExactly("/g.log fatal");
        assertThat(ContainerNeeds.of(java, List.of(), Set.of()).needs()).isEmpty();
    }
}
