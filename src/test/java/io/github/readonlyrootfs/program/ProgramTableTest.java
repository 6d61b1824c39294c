// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Operation.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTableTest {

    /** Names of scripts in images, of words that follow them, and of a program that many projects have one of their own of. */
    private static final Set<String> NOT_PROGRAMS =
            Set.of("agent", "docker-entrypoint", "run", "serve", "server", "start", "start-dev");

    private static Operation operation(String command) {
        List<Field> words = Arrays.stream(command.split(" "))
                .map(word -> word.equals("…") ? Field.unknown() : Field.of(word))
                .toList();
        return Operation.of(words, Text.of("/home/app"));
    }

    private static List<String> effects(String command) {
        return operation(command).effects().stream()
                .map(effect -> effect.kind() + " " + effect.path().text())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            mkdir -p /a                        => true
            mkdir -pv /a                       => false
            curl --output /dev/null -sIf h:80  => true
            curl -sf h:80                      => false
            curl -o - h:80                     => false
            curl -so /dev/null -w %{code} h:80 => false
            curl -o /a h:80/a h:80/b           => false
            wget -q --spider h:80              => true
            wget -qO- h:80                     => false
            """)
    void aCommandThatPrintsNothingIsSilent(String command, boolean silent) {
        assertThat(Program.isSilent(operation(command))).isEqualTo(silent);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            gzip -k /etc/issue                => WRITES /etc/issue.gz
            gzip /a /b                        => WRITES /a.gz, WRITES /b.gz, REMOVES /a, REMOVES /b
            gzip -c /a                        =>
            gunzip /a.gz                      => WRITES /a, REMOVES /a.gz
            gzip -dk /a.gz                    => WRITES /a
            tar -cf /a.tar -C /src .          => WRITES /a.tar
            tar czf /a.tar /src               => WRITES /a.tar
            tar xfC /a.tar /dst               => FILLS /dst, GIVES /dst
            tar -xzf /a.tar                   => FILLS ., GIVES .
            tar -tf /a.tar                    =>
            git clone https://h/x/app.git     => FILLS app
            git clone -b main h:x/app.git /d  => FILLS /d
            git -C /r log                     =>
            npm ci                            => FILLS node_modules
            pip install --target /t flask     => FILLS /t
            pip3.11 install -t /t -r r.txt    => FILLS /t
            sort -o /out /in                  => WRITES /out
            sort /in                          =>
            patch -p1 /f                      => REPLACES /f, SCRATCH /tmp
            patch -d /src -p1 -i /p           => FILLS /src
            apt-get update                    => FILLS /var/lib/apt/lists
            sqlite3 /db.sqlite .tables        => REPLACES /db.sqlite
            zip -r /a.zip /src                => REPLACES /a.zip
            perl -pi -e s/a/b/ /f             => REPLACES /f
            perl -pi.bak -e s/a/b/ /f         => REPLACES /f
            split -b 1m /in /out/x            => WRITES /out/xaa
            mysqld --initialize --datadir=/d  => FILLS /d
            sed -i s/a/b/ /f                  => REPLACES /f
            sed -i.bak -e s/a/b/ /f           => REPLACES /f
            sed s/a/b/ /f                     =>
            dd if=/dev/zero of=/f bs=1k       => WRITES /f
            cp -a /a /b /c                    => WRITES /c, GIVES /a, GIVES /b, GIVES /c
            mv /a /b                          => REMOVES /a, WRITES /b
            mv -t /d /a                       => REMOVES /a, WRITES /d
            mkdir -p /a                       => MAKES /a
            mkdir --par /a                    => MAKES /a
            cp --target=/d /a                 => WRITES /d, GIVES /a
            chmod -w /a                       => CHANGES /a
            chmod 755 /a                      => CHANGES /a
            rsync -a /a host:/b               => GIVES /a, GIVES host:/b
            git config --global a.b c         => FILLS /home/app
            mkfifo /a                         => WRITES /a
            find /a -name x -delete           => GIVES /a, REMOVES /a
            sqlite3 -readonly /db .tables     =>
            wget -q https://h/x               => FILLS .
            wget -qO- https://h/x             =>
            curl -sSLo /f https://h/x         => WRITES /f
            openssl req -x509 -out /c -keyout /k => WRITES /c, WRITES /k
            """)
    void aRowTellsWhatACommandDoes(String command, String effects) {
        assertThat(String.join(", ", effects(command))).isEqualTo(effects == null ? "" : effects);
        assertThat(operation(command).unknown().filter(unknown -> unknown.reason() != Reason.CODE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            /opt/server --port 80  => PROGRAM /opt/server
            mkdir --frob /a        => OPTION --frob
            rm -rfq /a             => OPTION -rfq
            mkdir --par /a         =>
            mkdir --ver /a         =>
            cp --no /a /b          => OPTION --no
            git frobnicate         => CODE git
            apk                    =>
            pip frobnicate         => CODE pip
            node server.js         => CODE node
            node --version         =>
            nginx                  => CODE nginx
            nginx -t               =>
            """)
    void whatNoRowKnowsIsUnknown(String command, String unknown) {
        assertThat(operation(command)
                        .unknown()
                        .map(found -> found.reason() + " " + found.word().text())
                        .orElse(""))
                .isEqualTo(unknown == null ? "" : unknown);
    }

    @Test
    void everyNameHasOneRow() {
        Set<String> seen = new HashSet<>();
        for (String line : DataFiles.lines(Program.class, "programs.txt")) {
            if (line.matches("[^ >].*")) {
                for (String name : line.substring(0, line.indexOf(':')).split(" ")) {
                    assertThat(seen.add(name)).as(name).isTrue();
                    assertThat(Program.isKnown(name)).as(name).isTrue();
                }
            }
        }
    }

    @Test
    void everyProgramOfTheCatalogueHasARow() throws IOException {
        Path directory = Path.of("src/main/resources/io/github/readonlyrootfs/need/catalogue/programs");
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                for (JsonNode entry : new ObjectMapper().readTree(file.toFile()).path("entries")) {
                    for (JsonNode program : entry.path("programs")) {
                        String name = program.asText().replace("*", "");
                        // A start script that is not read is a gap of its own.
                        assertThat(Program.isKnown(name) || NOT_PROGRAMS.contains(name) || name.endsWith(".sh"))
                                .as(file.getFileName() + ": " + program)
                                .isTrue();
                    }
                }
            }
        }
    }
}
