// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.dockerfile.Instruction;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The language of a file: its keywords, and the places where a comment has no effect. */
enum Language {
    DOCKERFILE("""
            FROM RUN COPY ADD VOLUME USER WORKDIR ENV ARG LABEL ENTRYPOINT CMD SHELL HEALTHCHECK ONBUILD STOPSIGNAL EXPOSE \
            MAINTAINER AS scratch debian:12 node:22 --from=build --chown=node:node --chown=1000 --chmod=0755 --chmod=u+x --link \
            --parents --exclude=*.txt --mount=type=cache,target=/c --platform=$BUILDPLATFORM <<EOF <<-'EOF' EOF ["/tmp","/data"] \
            ['/tmp'] $HOME ${X:-/tmp} ${X:+y} ${X%/*} chown mkdir chmod install useradd adduser ln -s /tmp /var/run / . root 0 \
            1000 node NONE # syntax=docker/dockerfile:1 # escape=` /proc /dev/shm\
            """) {
        @Override
        Optional<String> withComments(String text) {
            Dockerfile read = DockerfileParser.parse(SourceFile.of("Dockerfile", text));
            if (!read.problems().isEmpty() || !read.hasKnownGrammar()) {
                return Optional.empty();
            }
            List<Integer> lines = new ArrayList<>();
            read.stages().forEach(stage -> {
                lines.add(stage.from().location().line());
                stage.instructions()
                        .forEach(instruction -> lines.add(instruction.location().line()));
            });
            read.globalArgs()
                    .forEach(argument ->
                            lines.add(((Instruction) argument).location().line()));
            String[] all = text.split("\n", -1);
            StringBuilder commented = new StringBuilder();
            for (int line = 1; line <= all.length; line++) {
                boolean after = line > 1 && all[line - 2].strip().startsWith("#");
                if (lines.contains(line) && !after) {
                    commented.append("# a note\n\n  # and another\n");
                }
                commented.append(all[line - 1]).append(line < all.length ? "\n" : "");
            }
            return Optional.of(commented.toString());
        }
    },

    SHELL("""
            if then elif else fi for in do done while until case esac { } ( ) && || ; & ! [ ] [[ ]] test exec cd export local set \
            -e -x -u trap umask 077 mkdir -p chown -R chmod 1777 touch cp mv rm -rf ln -s tee cat <<EOF EOF > >> 2>&1 < $1 "$@" \
            ${X:-d} ${X:?e} ${X#*/} ${X%%/*} ${#X} $(( )) $(pwd) `id -u` $? $$ gosu su-exec java -jar echo printf %s\\n eval source \
            . /tmp/x /run/app.pid /var/log ~ * read IFS= shift return break continue function f()\
            """) {
        @Override
        Optional<String> withComments(String text) {
            int end = text.indexOf('\n');
            return text.startsWith("#!/bin/sh\n")
                    ? Optional.of(text.substring(0, end + 1) + "# a note\n\n" + text.substring(end + 1))
                    : Optional.empty();
        }
    },

    JSON("""
            {"a":1} [] {} null true false "" -1 1e9 "containerDefinitions" "name" "image" "user" "readonlyRootFilesystem" \
            "mountPoints" "sourceVolume" "containerPath" "readOnly" "volumesFrom" "linuxParameters" "tmpfs" "size" "mountOptions" \
            "capabilities" "drop" "add" "ALL" "privileged" "volumes" "host" "sourcePath" "dependsOn" "condition" "SUCCESS" \
            "requiresCompatibilities" "FARGATE" "EC2" "networkMode" "awsvpc" "cpu" "memory" "environment" "value" "entryPoint" \
            "command" "/tmp" "/" "../x" "<IMAGE>" ${X} {{x}} "Fn::Sub" "Fn::If" "Ref" "Fn::Join" "Fn::FindInMap" "Fn::ForEach::X" \
            "Resources" "Type" "AWS::ECS::TaskDefinition" "Properties" "Parameters" "Default" "Conditions" \\u0000 \\ud800\
            """) {
        @Override
        Optional<String> withComments(String text) {
            int brace = text.indexOf('{');
            return brace < 0 || !text.substring(0, brace).isBlank()
                    ? Optional.empty()
                    : Optional.of("\n" + text.substring(0, brace + 1) + "\n\n\n" + text.substring(brace + 1) + "\n\n");
        }
    },

    HCL("""
            resource variable locals module dynamic output data "aws_ecs_task_definition" container_definitions = jsonencode( \
            jsondecode( templatefile( merge( concat( lookup( try( toset( [ for in : if ] { } => ... ? && || ! == != <= % / - ( ) \
            var.x local.x each.value each.key count.index path.module terraform.workspace for_each count source type default \
            optional(bool,true) list(string) null true false 1e9 0x1 ${ %{if %{endif} %{for %{endfor~} ~} $${ <<EOT <<-EOT EOT # // \
            /* */ [*] .* [0] "a.b" \\u0041 \\" name image readonlyRootFilesystem mountPoints volume content host_path user "/tmp"\
            """) {
        @Override
        Optional<String> withComments(String text) {
            return text.startsWith("\uFEFF")
                    ? Optional.empty()
                    : Optional.of("# a note\n\n" + text + "\n/* a note */\n");
        }
    },

    TEMPLATE("""
            ${name} ${path} ${index} $${x} %%{x} %{ for x in paths ~} %{ endfor ~} %{ if true } %{ else } %{ endif } ${jsonencode(paths)} \
            { } [ ] "a" : , "name" "image" "command" "readonlyRootFilesystem" true false null "/tmp" ${upper("a")} ${ ~} \\" \\u0041\
            """) {
        @Override
        Optional<String> withComments(String text) {
            return Optional.empty();
        }
    },

    MANIFEST("""
            [project] [packages] [versions] [libraries] [dependencies] [tool.poetry.dependencies] dependencies = [ ] { } ( ) " ' # // /* */ \
            == >= ~> ^ ~ < , ; -r -e git+https://x/y.git @ name[extra] gem group do end require module replace => v1.2.3 version.ref \
            {"require":{"a/b":"^1"}} implementation( implementation platform( libs.a.b project(":x") plugins id( version ext $x ${x} \
            "org.springframework.boot:spring-boot:3.4.0" apply kotlin dependencies{ django flask laravel/framework rails bbolt sled\
            """) {
        @Override
        Optional<String> withComments(String text) {
            return Optional.empty();
        }
    },

    YAML("""
            - : | > |- >+ & * &a *a <<: !Sub !Ref !If !GetAtt !Join ? --- ... # {a: [ ]} null ~ yes no on 0o17 0x1F .inf 1_000 \
            ContainerDefinitions Name Image User ReadonlyRootFilesystem MountPoints SourceVolume ContainerPath ReadOnly Volumes Host \
            LinuxParameters Tmpfs Size MountOptions Resources Type AWS::ECS::TaskDefinition Properties containerDefinitions name \
            image user mountPoints sourceVolume containerPath readonlyRootFilesystem true false "\\n" 'it''s' %YAML ${X} {{x}} \
            logging.file.name: server.tomcat.basedir: spring.datasource.url: jdbc:h2:file:/data/x /tmp\
            """) {
        @Override
        Optional<String> withComments(String text) {
            return text.startsWith("\uFEFF") || text.startsWith("%")
                    ? Optional.empty()
                    : Optional.of("# a note\n\n" + text);
        }
    },

    PROPERTIES("""
            = : # ! \\ \\u0041 \\uZZZZ ${a:b} ${ENV} @x@ logging.file.name= logging.file.path= server.tomcat.basedir= \
            spring.datasource.url= jdbc:h2:file:/data/x jdbc:sqlite:/x.db #--- spring.config.activate.on-profile= prod !prod & | ( ) \
            spring.servlet.multipart.location= /tmp ~ ./x spring.config.import= optional:file:./x.yml\
            """) {
        @Override
        Optional<String> withComments(String text) {
            return Optional.of("# a note\n\n" + text);
        }
    },

    XML("""
            < > /> <!-- --> <![CDATA[ ]]> &amp; &#0; &#x10FFFF; <!DOCTYPE <?xml <a> </a> <configuration> <appender <file> </file> \
            class="ch.qos.logback.core.FileAppender" <rollingPolicy> <fileNamePattern> %d{yyyy} ${LOG:-/tmp} <if condition='p("x")'> \
            <then> <else> <springProfile name="prod"> <springProperty name="x" source="y"/> <include resource="x.xml"/> <property \
            name="LOG" value="/tmp/x" <root> <appender-ref ref="F"/> <Configuration> <RollingFile fileName="/x" filePattern="/y"/>\
            """) {
        @Override
        Optional<String> withComments(String text) {
            return Optional.of(text + "\n<!-- a note -->\n\n");
        }
    },

    IGNORE_FILE("! # * ** ? [a-z] [^a] [ / ./ ../ **/ /** a/b !a \\* start.sh shop.jar dir Dockerfile") {
        @Override
        Optional<String> withComments(String text) {
            return text.startsWith("\uFEFF") ? Optional.empty() : Optional.of("# a note\n\n" + text);
        }
    },

    BINARY("PK META-INF/MANIFEST.MF") {
        @Override
        Optional<String> withComments(String text) {
            return Optional.empty();
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> words;

    Language(String words) {
        this.words = List.of(words.split("[ \n]+"));
    }

    List<String> words() {
        return words;
    }

    boolean isText() {
        return this != BINARY;
    }

    /** The text with more comments and blank lines; empty if a place for them cannot be found without parsing. */
    abstract Optional<String> withComments(String text);

    Optional<byte[]> withComments(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return withComments(text).map(commented -> commented.getBytes(StandardCharsets.UTF_8));
    }
}
