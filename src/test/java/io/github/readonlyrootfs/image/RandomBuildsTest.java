// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Every file is followed to its end. */
class RandomBuildsTest {

    private static final List<String> BASES =
            List.of("debian:13", "alpine", "node:22", "registry.example/x", "scratch");
    private static final List<String> INSTRUCTIONS = List.of(
            "RUN ",
            "RUN ",
            "RUN ",
            "COPY ",
            "COPY --from=s ",
            "ADD --chown=app ",
            "WORKDIR ",
            "USER ",
            "VOLUME ",
            "ENV ",
            "ARG ",
            "ONBUILD RUN ",
            "SHELL [\"/bin/bash\", \"-c\"]\nRUN ",
            "FROM s\nRUN ");
    private static final List<String> TOKENS = List.of(
            "mkdir",
            "-p",
            "/data",
            "/data/x",
            "&&",
            "||",
            ";",
            "|",
            "(",
            ")",
            "{",
            "}",
            "if",
            "then",
            "fi",
            "for",
            "i",
            "in",
            "do",
            "done",
            "chown",
            "-R",
            "app",
            "1000:1000",
            "$X",
            "${X:-y}",
            "$(id -u)",
            "`pwd`",
            "'a b'",
            "\"$HOME/x\"",
            "/t*",
            "~",
            "cd",
            "..",
            "/",
            "cp",
            "-a",
            "mv",
            "ln",
            "-s",
            "rm",
            "-rf",
            "useradd",
            "-m",
            "adduser",
            "-D",
            "install",
            "-d",
            "0750",
            "chmod",
            "u+x",
            "g=u",
            ">",
            "/etc/passwd",
            "<<EOF",
            "while",
            "case",
            "esac",
            "a)",
            ";;",
            "sh",
            "-c",
            "su",
            "find",
            "-exec",
            "{}",
            "+",
            "tar",
            "xzf",
            "-C",
            "umask",
            "set",
            "-e",
            "!",
            "[",
            "]",
            "/var/run/x",
            "{a,b}",
            "#c",
            "&",
            "xargs",
            "touch",
            "usermod",
            "groupadd",
            "A=b",
            "eval",
            "true",
            "false",
            "else",
            "until",
            "function",
            "f",
            "()",
            "\\\n");

    @RepeatedTest(60)
    void randomDockerfilesNeverThrow(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text = new StringBuilder("FROM " + any(BASES, random) + " AS s\n");
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(any(INSTRUCTIONS, random));
            for (int word = random.nextInt(20); word >= 0; word--) {
                text.append(any(TOKENS, random)).append(' ');
            }
            text.append('\n');
        }
        ImageBuilder.Builder builder =
                random.nextBoolean() ? ImageBuilder.Builder.BUILDKIT : ImageBuilder.Builder.CLASSIC;

        ImageBuild build = Builds.of(text.toString(), builder, Optional.empty());

        assertThat(build.image().files().at(ContainerPath.of("/data/x"))).isNotNull();
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    @Test
    void aThousandInstructionsAreFollowed() {
        StringBuilder text = new StringBuilder("FROM debian:13\n");
        for (int i = 0; i < 1000; i++) {
            text.append("RUN mkdir -p /a/d")
                    .append(i)
                    .append(" && chown ")
                    .append(i + 1)
                    .append(" /a/d")
                    .append(i);
            text.append(" || chmod 700 /a\n");
        }
        assertThat(Builds.at(text.toString(), "/a/d999")).isEqualTo("d 1000:root 0755");
    }
}
