// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.baseline.Baseline;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.report.ReportTexts;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.ShortNames;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A secret in any kind of place and notation appears in no output, even if a finding is about its line: the console
 * (with the infos that only {@code -X} shows), explain, JSON, SARIF, GitHub's annotations, the baseline and the diff
 * of a fix.
 */
class CanaryTest {

    /** A password of a person, a word, a number, and what a machine makes. */
    private static final List<String> CANARIES = List.of(
            "hunter2", "chimichanga", "918273645", "wJ4lrXU7nF3MI9K2bPxRfi8Y", "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY");

    private static final String CANARY = CANARIES.get(0);

    private static final String WORD = CANARIES.get(1);

    private static final String NUMBER = CANARIES.get(2);

    /** A plain word is shown where a verb, a directory or the name of an option stands. */
    private static final List<String> VERBS =
            List.of("make hunter2", "\"make\", \"hunter2\"", "RUN --hunter2 true", "RUN cd hunter2");

    /** A number is shown where a directory stands. */
    private static final String DIRECTORY = "workingDirectory = hunter2";

    static final String DOCKERFILE = "FROM node:22-alpine\nVOLUME /data\nUSER node\nCMD [\"node\", \"/app/a.js\"]\n";

    static final String TASK = """
            {
              "family": "shop",
              "requiresCompatibilities": ["FARGATE"],
              "containerDefinitions": [
                {
                  "name": "app",
                  "image": "<IMAGE1_NAME>"@
                }
              ]
            }
            """;

    private static final String YAML = """
            family: shop
            containerDefinitions:
              - name: app
                image: <IMAGE1_NAME>
                user: "1000"
            @
            """;

    private static final String TEMPLATE = """
            Parameters:
              Password:
                Type: String
                NoEcho: true
                Default: hunter2
              Open:
                Type: String
                Default: hunter2
              Listed:
                Type: CommaDelimitedList
                Default: run,hunter2
                AllowedValues: [hunter2]
                Description: hunter2
              Opts:
                Type: String
                NoEcho: true
                Default: -Xlog:gc:file=/var/gc.log -Da=hunter2
            Resources:
              Task:
                Type: AWS::ECS::TaskDefinition
                Properties:
                  NetworkMode: awsvpc
                  ContainerDefinitions:
                    - Name: app
                      Image: shop:1
            @
            """;

    private static final String TERRAFORM = """
            {"format_version": "1.0", "planned_values": {"root_module": {"resources": [
             {"address": "aws_ecs_task_definition.app", "mode": "managed", "type": "aws_ecs_task_definition",
              "values": {"family": "shop", "volume": [{"name": "v", "docker_volume_configuration":
               [{"driver": "local", "driver_opts": {"o": "password=hunter2"}, "labels": {"a": "hunter2"}}]}],
               "container_definitions": "[{\\"name\\":\\"app\\",\\"image\\":\\"shop:1\\"@}]"}},
             {"address": "aws_db_instance.db", "type": "aws_db_instance", "values": {"password": "hunter2"}}]}}}
            """;

    @TempDir
    Path directory;

    /** Members of a container in JSON. */
    private static final List<String> MEMBERS = List.of(
            "\"command\": [\"run\", \"--password=hunter2\"]",
            "\"command\": [\"run\", \"--password\", \"hunter2\"]",
            "\"command\": [\"hunter2\"]",
            "\"command\": [\"mysql\", \"-phunter2\"]",
            "\"command\": [\"mysql\", \"-p\", \"hunter2\"]",
            "\"command\": [\"curl\", \"-H\", \"Authorization: Bearer hunter2\", \"/data\"]",
            "\"command\": [\"curl\", \"https://me:hunter2@shop.example/x?token=hunter2\"]",
            "\"command\": [\"sh\", \"-c\", \"TOKEN=hunter2 run > /data/a\"]",
            "\"command\": [\"java\", \"-Dpassword=hunter2\", \"-jar\", \"/app.jar\"]",
            "\"command\": \"hunter2\"",
            "\"entryPoint\": [\"/run.sh\", \"hunter2\"]",
            "\"entryPoint\": [\"hunter2:x\"]",
            "\"healthCheck\": {\"command\": [\"CMD-SHELL\", \"curl -u me:hunter2 http://localhost\"]}",
            "\"healthCheck\": {\"command\": [\"CMD\", \"redis-cli\", \"-a\", \"hunter2\", \"ping\"]}",
            "\"environment\": [{\"name\": \"A\", \"value\": \"hunter2\"}]",
            "\"environment\": [{\"value\": \"hunter2 /data\", \"name\": \"A\"}]",
            "\"environment\": [{\"name\": \"PIN\", \"value\": \"x{y},[hunter2]:z\"}]",
            "\"environment\": {\"name\": \"hunter2\", \"user\": \"hunter2\"}",
            "\"environment\": [{\"name\": \"A\", \"valu\": \"hunter2\"}]",
            "\"environment\": \"hunter2\"",
            "\"enviroment\": [{\"name\": \"hunter2\", \"value\": \"hunter2\"}]",
            "\"environment\": [{\"name\": \"JAVA_TOOL_OPTIONS\", \"value\": \"-Xlog:gc:file=/data/gc.log -Da=hunter2\"}]",
            "\"environment\": [{\"name\": \"SPRING_DATASOURCE_URL\", \"value\": \"jdbc:h2:file:/data/x;PASSWORD=hunter2\"}]",
            "\"environment\": [{\"name\": \"LOGGING_FILE_NAME\", \"value\": \"/data/x.log hunter2\"}]",
            "\"environmentFiles\": [{\"type\": \"s3\", \"value\": \"arn:aws:s3:::hunter2\"}]",
            "\"environmentFile\": \"hunter2\"",
            "\"secrets\": [{\"name\": \"B\", \"valueFrom\": \"arn:hunter2\"}]",
            "\"dockerLabels\": {\"team\": \"hunter2\", \"name\": \"hunter2\"}",
            "\"dockerLabel\": {\"name\": \"hunter2\"}",
            "\"dockerLabels\": {\"io.github.readonly-rootfs.writable-paths\": \"/data/x=hunter2 relative-hunter2\"}",
            "\"logConfiguration\": {\"logDriver\": \"splunk\", \"options\": {\"splunk-token\": \"hunter2\"}}",
            "\"logConfiguration\": {\"logDriver\": \"splunk\", \"options\": {\"user\": \"hunter2\"}}",
            "\"logConfiguration\": {\"logDriver\": \"splunk\", \"secretOptions\": [{\"name\": \"t\", \"valueFrom\": \"hunter2\"}]}",
            "\"firelensConfiguration\": {\"type\": \"fluentd\", \"options\": {\"k\": \"hunter2\"}}",
            "\"repositoryCredentials\": {\"credentialsParameter\": \"arn:hunter2\"}",
            "\"systemControls\": [{\"namespace\": \"n\", \"value\": \"hunter2\"}]",
            "\"image\": \"https://me:hunter2@shop.example/app\"",
            "\"workingDirectory\": \"/x?password=hunter2\"",
            "\"linuxParameters\": \"hunter2\"",
            "\"mountPoints\": \"hunter2\"",
            "\"x-note\": {\"a\": [\"hunter2\"], \"name\": \"hunter2\"}",
            "\"essential\": \"hunter2@x\"",
            "\"readonlyRootFilesystem\": {\"a\": \"hunter2\"}",
            "\"command\": [\"mysql\", \"-u\", \"me\", \"-p\", \"hunter2\"]",
            "\"command\": [\"a\", \"--password\", \"x hunter2 y\"]",
            "\"command\": [\"sh\", \"-c\", \"a -p 'x hunter2'; b \\\"hunter2\\\"\"]",
            "\"command\": [\"sh\", \"-c\", \"A='x hunter2' B=\\\"y hunter2\\\" a\\nb hunter2\"]",
            "\"command\": [\"node\", \"a.js\", \"hunter2\"]",
            "\"command\": [\"--spring.datasource.password=hunter2\", \"--api-token\", \"hunter2\"]",
            "\"healthCheck\": {\"command\": [\"CMD\", \"curl\", \"-H\", \"Authorization: hunter2\"]}",
            "\"healthCheck\": {\"command\": [\"CMD-SHELL\", \"PGPASSWORD=hunter2 psql -c 'select hunter2'\"]}",
            "\"healthCheck\": {\"command\": [\"hunter2\"], \"interval\": \"hunter2\"}",
            "\"workingDirectory\": \"/data?hunter2\"",
            "\"hostname\": \"x=hunter2\"",
            "\"dependsOn\": [{\"containerName\": \"x=hunter2\", \"condition\": \"x=hunter2\"}]",
            "\"links\": [\"x=hunter2\"]",
            "\"extraHosts\": [{\"hostname\": \"x=hunter2\", \"ipAddress\": \"x=hunter2\"}]",
            "\"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"/data\", \"size\": 64, \"mountOptions\": [\"x://hunter2\"]}]}",
            "\"linuxParameters\": {\"devices\": [{\"hostPath\": \"/x=hunter2\"}]}",
            "\"linuxParameters\": {\"capabilities\": {\"add\": [\"x=hunter2\"]}}",
            "\"ulimits\": [{\"name\": \"x=hunter2\", \"softLimit\": \"hunter2\"}]",
            "\"resourceRequirements\": [{\"type\": \"GPU\", \"value\": \"hunter2\"}]",
            "\"dockerSecurityOptions\": [\"x://hunter2\"]",
            "\"credentialSpecs\": [\"hunter2\"]",
            "\"portMappings\": [{\"containerPort\": \"hunter2\", \"name\": \"x=hunter2\"}]",
            "\"restartPolicy\": {\"enabled\": \"hunter2\"}",
            "\"readonlyRootFilesystem\": \"hunter2\"",
            "\"privileged\": \"hunter2\"",
            "\"essential\": \"hunter2\"",
            "\"memory\": \"hunter2\"",
            "\"environment\": [{\"name\": \"TMPDIR\", \"value\": \"hunter2\"}]",
            "\"environment\": [{\"name\": \"JAVA_OPTS\", \"value\": \"-Djava.io.tmpdir=/data -Dx=hunter2\"}]",
            "\"environment\": [{\"name\": \"A\", \"value\": hunter2 }]",
            "\"environment\": {\"A\": \"hunter2\"}",
            "\"environment\": [\"A=hunter2\"]",
            "\"secrets\": [{\"name\": \"B\", \"value\": \"hunter2\"}]",
            "\"secrets\": {\"B\": \"hunter2\"}",
            "\"dockerLabels\": [{\"a\": \"hunter2\"}]",
            "\"logConfiguration\": {\"logDriver\": \"x=hunter2\"}",
            "\"logConfiguration\": {\"logDriver\": \"awslogs\", \"options\": {\"awslogs-group\": \"hunter2\"}}",
            "\"logConfiguration\": {\"logDriver\": \"awslogs\", \"option\": {\"a\": \"hunter2\"}}",
            "\"image\": \"x?hunter2\"",
            "\"image\": \"hunter2@shop.example/x\"",
            "\"image\": \"x=hunter2\"",
            "\"cpu\": \"hunter2 vCPU\"",
            "\"user\": \"me:x@hunter2\"",
            "\"user\": \"x=hunter2\"",
            "\"workingDirectory\": \"https://hunter2@x\"",
            "\"mountPoints\": [{\"sourceVolume\": \"x=hunter2\", \"containerPath\": \"/data?hunter2\"}]",
            "\"volumesFrom\": [{\"sourceContainer\": \"x@hunter2\"}]",
            "\"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"/data?hunter2\", \"size\": \"hunter2\"}]}",
            "\"command\": [\"a\" \"hunter2\"]",
            "\"command\": [\"a\", hunter2]",
            "\"environment\": [{\"name\": \"A\", \"value\": \"hunter2",
            "\"environment\": [{\"name\": \"A\", \"value\": 'hunter2'}]",
            "\"environment\": [{\"name\": \"A\", \"value\": hunter2}],",
            "\"environment\": [{\"name\": \"A\", \"value\": \"a\\qhunter2\"}]",
            "\"environment\": [{\"name\": \"A\", \"value\": {{ hunter2 }} }]",
            "\"environment\": [{\"name\": \"A\", \"value\": \"${A:-hunter2}\"}]",
            "\"environment\": [{\"name\": \"A\", \"value\": \"{{ a | default('hunter2') }}\"}]",
            "\"environment\": [{\"name\": \"JAVA_TOOL_OPTIONS\", \"value\": \"-Xlog:gc:file=/var/x ${A:--Da=hunter2}\"}]",
            "\"command\": [\"run\", \"${A:-hunter2}\", \"{{ a | default('hunter2') }}\", \"$(hunter2)\"]",
            "\"entryPoint\": [\"${A:-run}\", \"${B:-hunter2}\"]",
            "\"image\": \"${A:-https://me:hunter2@shop.example}/app\"",
            "\"logConfiguration\": {\"logDriver\": \"splunk\", \"options\": {\"splunk-token\": \"${A:-hunter2}\"}}",
            "\"dockerLabels\": {\"a\": \"${A:-hunter2}\", \"b\": \"{{ b | default('hunter2') }}\"}",
            "\"cpu\": ${A:-hunter2}",
            "\"essential\": \"${A:-hunter2}\"",
            "\"memory\": {{ a | default(\"hunter2\") }}",
            "\"cpu\": \"hunter2\"",
            "\"readonlyRootFilesystem\": {{ a or 'hunter2' }}",
            "\"readonlyRootFilesystem\": {{ quote \"x\" | default `hunter2` }}",
            "\"readonlyRootFilesystem\": {% if a == \"hunter2\" %}true{% endif %}",
            "\"readonlyRootFilesystem\": \"${A:-hunter2}\"",
            "\"readonlyRootFilesystem\": {{ a | default(\"hunter2\") }}");

    /** Lines of a container in YAML. */
    private static final List<String> LINES = List.of(
            "    command: [run, --password=hunter2]",
            "    command:\n      - run\n      - hunter2",
            "    environment:\n      - name: A\n        value: hunter2 # hunter2",
            "    environment:\n      - {name: A, value: 'it''s hunter2'}",
            "    environment:\n      - name: A\n        value: |\n          a\n          hunter2\n      - name: B",
            "    environment:\n      - name: A\n        value: >-\n          a\n\n          hunter2",
            "    environment:\n      - name: &a hunter2\n        value: *a",
            "    environment:\n      - name: A\n        value: &hunter2 x\n      - name: B\n        value: *hunter2",
            "    environment:\n      - name: A\n        value: !hunter2 x",
            "    environment:\n      - name: A\n        value: \"x\\\n          hunter2\"",
            "    environment:\n      A: hunter2",
            "    dockerLabels: {a: hunter2, name: hunter2}",
            "    logConfiguration:\n      logDriver: splunk\n      options:\n        splunk-token: hunter2",
            "    # PASSWORD=hunter2",
            "    healthCheck:\n      command: [CMD-SHELL, \"curl -H 'Authorization: Basic hunter2' x\"]",
            "    environment:\n      - name: A\n        value: hunter2\n        valueFrom: hunter2",
            "    environment: [hunter2]",
            "    environment: hunter2",
            "    command:\n      - --password\n      - hunter2",
            "    command:\n      - sh\n      - -c\n      - |\n        TOKEN=hunter2\n        a hunter2",
            "    command: >-\n      a\n      --password hunter2",
            "    command: \"a hunter2\"",
            "    secrets:\n      - name: A\n        valueFrom: hunter2",
            "    user: \"1000\" # hunter2",
            "    cpu: 64 # hunter2",
            "    readonlyRootFilesystem: hunter2",
            "    x: &hunter2 a",
            "    command: [a, hunter2",
            "    command: *hunter2",
            "    hunter2",
            "  value: : hunter2",
            "\tvalue: hunter2",
            "    environment:\n      - name: A\n        value: {{ a | default(\"hunter2\") }}",
            "    environment:\n      - name: A\n        value: ${A:-hunter2}",
            "    command: [run, \"${A:-hunter2}\", '{{ a | default(\"hunter2\") }}']",
            "    {{ a | default(\"hunter2\") }}",
            "    environment:\n      - name: A\n        value: \"hunter2");

    /** Lines of a container in CloudFormation. */
    private static final List<String> PROPERTIES = List.of(
            "          Environment:\n            - Name: A\n              Value: !Ref Password",
            "          Environment:\n            - Name: A\n              Value: !Sub \"${Password}-hunter2\"",
            "          Environment:\n            - Name: A\n              Value: !Join [\"\", [a, hunter2]]",
            "          Environment:\n            - Name: A\n              Value: !If [IsProd, hunter2, b]",
            "          Environment:\n            - Name: JAVA_TOOL_OPTIONS\n              Value: !Sub \"${Opts} -Da=${Password}\"",
            "          Command: [run, !Ref Password]",
            "          Command: [java, !Ref Opts]",
            "          EntryPoint: [!Ref Password]",
            "          HealthCheck:\n            Command: [CMD-SHELL, !Sub \"curl -u x:${Password} y\"]",
            "          LogConfiguration:\n            LogDriver: !Ref Password",
            "          LogConfiguration:\n            LogDriver: splunk\n            Options: !If [C, {splunk-token: hunter2}, {}]",
            "          ReadonlyRootFilesystem: !Ref Password",
            "          Essential: !Ref Password",
            "          Memory: !Ref Password",
            "          LinuxParameters:\n            Tmpfs:\n              - {ContainerPath: /data, Size: 1, MountOptions: [!Ref Password]}",
            "          LinuxParameters:\n            Capabilities: {Add: [!Ref Password]}",
            "          DockerLabels: {a: !Ref Password}",
            "          Secrets:\n            - {Name: A, ValueFrom: !Ref Password}",
            "          Environment:\n            - Name: JAVA_TOOL_OPTIONS\n              Value: !Sub \"-Xlog:gc:file=/var/x -Da=${Open}\"",
            "          Environment:\n            - {Name: LOGGING_FILE_NAME, Value: !Sub \"/var/x ${Open}\"}",
            "          Command: !Ref Listed",
            "          EntryPoint: [run, !Ref Open, !Select [1, !Ref Listed]]",
            "          HealthCheck:\n            Command: [CMD-SHELL, !Sub \"curl -u x:${Open} y\"]",
            "          DockerLabels: {a: !Ref Open}",
            "          Command: [a, --password, hunter2]",
            "          Command:\n            - sh\n            - -c\n            - !Sub 'TOKEN=hunter2 a ${Open} hunter2'",
            "          User: !Sub 'x=${Open}'",
            "          User: x=hunter2",
            "          WorkingDirectory: /data?hunter2",
            "          MountPoints:\n            - {SourceVolume: x=hunter2, ContainerPath: /data?hunter2}",
            "          Environment:\n            - {Name: A, Value: hunter2}",
            "          Environment:\n            - Name: A\n              Value: hunter2 # hunter2",
            "          Environment:\n            - {Name: A, Value: !Base64 hunter2}",
            "          Environment:\n            - {Name: A, Value: '{{resolve:ssm:hunter2}}'}",
            "          Secrets:\n            - {Name: A, ValueFrom: hunter2}",
            "          LogConfiguration:\n            LogDriver: splunk\n            Options: {splunk-token: hunter2}",
            "          DockerLabels:\n            a: hunter2",
            "          HealthCheck:\n            Command: [CMD, a, -p, hunter2]",
            "          ReadonlyRootFilesystem: hunter2",
            "          Image: !Sub https://me:${Open}@shop.example/app",
            "          LogConfiguration:\n            LogDriver: splunk\n            Options: {splunk-token: !Ref Open}",
            "          RepositoryCredentials: {CredentialsParameter: !Ref Open}",
            "          Secrets:\n            - {Name: A, ValueFrom: !Ref Open}");

    /** Below the FROM line of a Dockerfile. */
    private static final List<String> INSTRUCTIONS = List.of(
            "ENV A=hunter2",
            "ENV A hunter2",
            "ENV A=\"x hunter2\" B='hunter2' \\\n  # hunter2\n  C=hunter2",
            "ENV A=a hunter2",
            "env a=hunter2",
            "ENV JAVA_TOOL_OPTIONS=\"-Xlog:gc:file=/data/gc.log -Da=hunter2\"",
            "ARG A=hunter2",
            "ARG A=hunter2\nARG B=${A}x C=${D:-hunter2}\nENV E=$B F=${G:-hunter2}\nLABEL h=$A i=${C}",
            "ARG A=hunter2\nRUN curl -u $A x > /data/$A$(b $A)\nRUN [\"make\", \"$A\"]",
            "ARG A=hunter2\nENV JAVA_TOOL_OPTIONS=\"-Xlog:gc:file=/data/gc.log -Da=$A -Db=${B:-hunter2}\"",
            "ARG A=hunter2\nCMD run $A\nHEALTHCHECK CMD curl -u $A x",
            "ARG A=hunter2\nADD https://me:${A}@shop.example/a?token=${B:-hunter2} /data/",
            "ARG A=hunter2@x\nUSER ${A}\nCOPY --chown=${A} . /app\nCOPY --from=${A} . /app",
            "ARG A=hunter2\nHEALTHCHECK --interval=${A} CMD true",
            "ARG A=hunter2\nFROM shop.example/${A:-hunter2}@x",
            "ARG A=hunter2\nRUN --mount=type=secret,id=${A},mode=${A} true",
            "ARG A=hunter2\nRUN --security=${A} --network=${A} true",
            "LABEL a.b=hunter2",
            "LABEL io.github.readonly-rootfs.writable-paths=\"/data hunter2=x\"",
            "ONBUILD ENV A=hunter2",
            "MAINTAINER hunter2@shop.example",
            "RUN A=hunter2 make /data",
            "RUN curl -H 'Authorization: Bearer hunter2' https://x",
            "RUN mysql -phunter2 && touch /data/a",
            "RUN a&hunter2",
            "RUN a;hunter2",
            "RUN x|hunter2",
            "RUN `hunter2`",
            "RUN /data/hunter2=x",
            "RUN redis-cli -a hunter2 FLUSHALL",
            "RUN echo hunter2 | docker login -u hunter2 --password-stdin",
            "RUN npm config set //registry.example/:_authToken=hunter2",
            "RUN pip install --index-url https://me:hunter2@pypi.example/simple x",
            "RUN git clone https://hunter2:x@git.example/a.git /data",
            "RUN echo 'a hunter2 b' > /data/x # hunter2",
            "RUN psql postgresql://me:hunter2@db/x -c 'select hunter2'",
            "RUN export A=hunter2; local B=\"hunter2\"",
            "RUN keytool -storepass hunter2 -keypass hunter2 -alias hunter2",
            "RUN curl -Hhunter2 -uhunter2 --header hunter2 --data hunter2 x",
            "RUN wget --http-password=hunter2 --post-data hunter2 x",
            "RUN aws configure set aws_secret_access_key hunter2",
            "RUN openssl enc -k hunter2 -pass pass:hunter2",
            "RUN sh -c \"sh -c 'mysql -p hunter2'\"",
            "RUN cat <<< hunter2 > /data/x",
            "RUN sed -i 's/a/hunter2/' /data/x",
            "RUN [\"sh\", \"-c\", \"mysql --password hunter2 > /data/x\"]",
            "EXPOSE hunter2",
            "STOPSIGNAL hunter2",
            "WORKDIR /data?hunter2",
            "USER me:hunter2@x",
            "ADD --checksum=hunter2 a /data/",
            "COPY --link=hunter2 a /data/",
            "HEALTHCHECK --timeout=hunter2 CMD a -p hunter2",
            "# readonly-rootfs:ignore hunter2 because",
            "RUN mysqladmin -u root password hunter2",
            "RUN htpasswd -bc /etc/x me hunter2",
            "RUN echo \"root:hunter2\" | chpasswd && useradd -p hunter2 me",
            "RUN printf '%s' hunter2 > /data/x && echo -n 'a hunter2 b'",
            "RUN curl -su me:hunter2 x && curl -sSfH 'X-Key: hunter2' x && curl -s -b a=hunter2 x",
            "RUN curl https://hooks.example/services/hunter2/x",
            "RUN git config --global user.token hunter2 && git remote add o https://hunter2@x",
            "RUN npm config set _auth hunter2 && yarn config set npmAuthToken hunter2",
            "RUN docker login -p hunter2 x; gh auth login --with-token <<< hunter2",
            "RUN ldapsearch -w hunter2 -D cn=x; sshpass -phunter2 ssh x; psql \"password=hunter2 host=x\"",
            "RUN A='x hunter2 y' B=\"x hunter2\" C=x\\ hunter2 make",
            "RUN export A=\"$B hunter2\" && set -- hunter2 && A+=hunter2",
            "RUN java -Dspring.password=hunter2 -Dx=hunter2 -jar a.jar --server.secret=hunter2 hunter2",
            "RUN --mount=type=secret,id=x sh -c 'a --api-key hunter2'",
            "RUN if [ \"$A\" = hunter2 ]; then b hunter2; fi",
            "RUN case $A in hunter2) b;; *) c hunter2;; esac",
            "RUN a() { b hunter2; }; for x in hunter2; do c; done",
            "RUN \\\n  # hunter2\n  a hunter2",
            "RUN a 2>hunter2 <hunter2 && b | c hunter2",
            "RUN openssl passwd -6 hunter2 && openssl rand -out /data/x hunter2",
            "RUN redis-server --requirepass hunter2 --masterauth=hunter2",
            "RUN vault login hunter2; vault kv put secret/x a=hunter2",
            "RUN rabbitmqctl add_user me hunter2; mongo -u me -p hunter2; mongosh --password=hunter2",
            "RUN wget --header=\"Authorization: hunter2\" --user me --password hunter2 x",
            "RUN echo ${A:-hunter2} ${A:=hunter2} ${A-hunter2} ${A/x/hunter2} ${A#hunter2}",
            "RUN echo $((hunter2)) $'hunter2' \"`a hunter2`\" !hunter2 ~hunter2 {a,hunter2}",
            "RUN a;hunter2;b&&hunter2||hunter2&hunter2",
            "RUN sed -e s/x/hunter2/ -e 's|y|hunter2|' /data/x && awk '/hunter2/ {print \"hunter2\"}' /data/y",
            "RUN a(hunter2",
            "RUN ' hunter2",
            "RUN \" hunter2",
            "CMD[\"java -jar hunter2\"]",
            "CMD [\"sh\", \"-c\", \"a --password 'x hunter2'\"]",
            "CMD [\"a\", \"--password\", \"x hunter2 y\", \"b\"]",
            "CMD [\"a\", \"-p\", \"$A\", \"hunter2\"]",
            "ENTRYPOINT [\"a\", \"--db-url=jdbc:x:hunter2\", \"--dsn\", \"hunter2\"]",
            "HEALTHCHECK CMD curl -H 'Authorization: Bearer hunter2' x || exit 1",
            "HEALTHCHECK --interval=5s --retries=hunter2 CMD true",
            "LABEL a=hunter2 b=\"x hunter2\"",
            "MAINTAINER hunter2",
            "MAINTAINER me <hunter2@x>",
            "ONBUILD RUN a hunter2",
            "ONBUILD hunter2 x",
            "ONBUILD ENV A hunter2",
            "VOLUME /data?hunter2",
            "VOLUME [\"/data=hunter2\"]",
            "VOLUME https://me:hunter2@x",
            "USER hunter2@x",
            "FROM node:22 AS x@hunter2",
            "FROM shop.example/a?hunter2",
            "COPY --exclude=x://hunter2 a /data/",
            "COPY a?token=hunter2 /data/",
            "ADD --checksum=sha256:hunter2 https://x/a /data/",
            "# escape=hunter2",
            "# check=skip=hunter2",
            "#hunter2",
            "USER node # hunter2",
            "EXPOSE 80 # hunter2",
            "STOPSIGNAL SIGTERM # hunter2",
            "EXPOSE 8080/hunter2",
            "VOLUME /{{ hunter2 }}",
            "USER {{ hunter2 }}",
            "# readonly-rootfs:ignore hunter2",
            "RUN chown -R hunter2=x /data; echo hunter2 > /data/b",
            "RUN [\"make\", \"hunter2\"]",
            "RUN x=$(curl -u me:hunter2 x) && make `run hunter2` \"$(a <<< hunter2)\" > /data/$(b hunter2)",
            "RUN <<EOF\nmake hunter2 /data\nEOF",
            "RUN cat <<EOF > /data/x\nhunter2\nEOF",
            "RUN <<EOF\nhunter2",
            "RUN --mount=type=secret,id=hunter2@x true",
            "RUN --hunter2 true",
            "RUN --token=hunter2 true",
            "COPY <<EOF /etc/app.conf\npassword=hunter2\nEOF",
            "COPY --from=hunter2@x . /app",
            "ADD https://me:hunter2@shop.example/a.tgz /data/",
            "ADD https://shop.example/a.tgz?token=hunter2 /data/",
            "CMD [\"--requirepass\", \"hunter2\"]",
            "CMD [\"hunter2\"]",
            "CMD run --password hunter2",
            "CMD [\"a\", hunter2]",
            "ENTRYPOINT [\"run\", \"--token\", \"hunter2\"]",
            "ENTRYPOINT [\"sh\", \"-c\", \"exec run -t hunter2 > /data/log\"]",
            "ENTRYPOINT TOKEN=hunter2 run",
            "HEALTHCHECK CMD curl -u me:hunter2 http://localhost/",
            "HEALTHCHECK CMD [\"curl\", \"-u\", \"me:hunter2\"]",
            "HEALTHCHECK --interval=hunter2 CMD true",
            "HEALTHCHECK hunter2",
            "SHELL [\"/bin/sh\", \"-c\", \"hunter2\"]",
            "SHELL hunter2",
            "WORKDIR https://hunter2@x",
            "FROM https://me:hunter2@shop.example/base",
            "FROM a AS hunter2 b",
            "hunter2",
            "PASSWORD=hunter2",
            "# hunter2",
            "# readonly-rootfs:ignore relative-volume hunter2",
            "{{ hunter2 }}",
            "ENV A={{ hunter2 }}");

    private static final String KEY = """
                                      -----BEGIN OPENSSH PRIVATE KEY-----
                                      hunter2hunter2hunter2/hunter2==
                                      hunter2+hunter2
                                      -----END OPENSSH PRIVATE KEY-----
                                      """;

    private static final String SHADOW = "root:$6$hunter2$hunter2:19000:0:99999:7:::\nhunter2:!:19000::::::\n";

    /** Members of an image's Config in what {@code docker image inspect} prints. */
    private static final List<String> FACTS = List.of(
            "\"Env\": [\"A=hunter2\", \"hunter2\", \"JAVA_TOOL_OPTIONS=-Xlog:gc:file=/var/gc.log -Da=hunter2\"]",
            "\"Env\": [\"SPRING_DATASOURCE_URL=jdbc:h2:file:/var/x;PASSWORD=hunter2\", \"LOGGING_FILE_NAME=/var/x hunter2\"]",
            "\"Labels\": {\"a\": \"hunter2\", \"io.github.readonly-rootfs.writable-paths\": \"/data/x=hunter2 rel-hunter2\"}",
            "\"Cmd\": [\"run\", \"--password=hunter2\", \"hunter2\"]",
            "\"Cmd\": [\"sh\", \"-c\", \"TOKEN=hunter2 run hunter2 > /var/$(a hunter2)\"]",
            "\"Entrypoint\": [\"java\", \"-Dpassword=hunter2\", \"-Xlog:gc:file=/var/gc.log\", \"-jar\", \"a.jar\"]",
            "\"Entrypoint\": [\"mysqld\", \"-phunter2\"], \"Shell\": [\"/bin/sh\", \"hunter2\"]",
            "\"Entrypoint\": [\"/bin/sh\", \"-c\", \"curl https://me:hunter2@x > /var/a\"]",
            "\"OnBuild\": [\"ENV A=hunter2\"]",
            "\"Healthcheck\": {\"Test\": [\"CMD\", \"curl\", \"-u\", \"hunter2\"]}",
            "\"Env\": {\"A\": \"hunter2\"}",
            "\"Env\": \"hunter2\"",
            "\"Env\": [hunter2]",
            "\"Env\": [{\"hunter2\": 1}]",
            "\"Env\": [\"hunter2",
            "\"Env\": [\"\\hunter2\"]",
            "\"Labels\": [\"hunter2\"]",
            "\"hunter2\": 'hunter2'",
            "\"Volumes\": \"hunter2\"");

    /** Files that are invalid. */
    private static final List<String> FOREIGN = List.of(
            KEY,
            SHADOW,
            "hunter2",
            "ghp_hunter2\n",
            "machine shop.example login me password hunter2\n",
            "API_KEY=hunter2\nexport B=hunter2\n",
            "{\"auths\": {\"shop.example\": {\"auth\": \"hunter2\"}}}",
            "{\"password\": \"hunter2\", \"hunter2\": 1}",
            "password: hunter2\nhunter2: x\n",
            "- hunter2\n",
            "\"hunter2\"",
            "[default]\naws_secret_access_key = hunter2\n",
            "# escape=hunter2\nFROM alpine\n",
            "# syntax=hunter2\nFROM alpine\n");

    /** A project: its files and its configuration in the pom. */
    record Project(Map<String, String> files, Map<String, String> options) {

        static Project of(String... files) {
            Map<String, String> all = new LinkedHashMap<>();
            for (int i = 0; i < files.length; i += 2) {
                all.put(files[i], files[i + 1]);
            }
            return new Project(all, Map.of());
        }

        /** The same with another secret. */
        Project hiding(String secret) {
            Map<String, String> texts = new LinkedHashMap<>();
            files.forEach((name, text) -> texts.put(name, text.replace(CANARY, secret)));
            Map<String, String> values = new TreeMap<>();
            options.forEach((name, value) -> values.put(name, value.replace(CANARY, secret)));
            return new Project(texts, values);
        }

        Project with(String option, String value) {
            Map<String, String> more = new TreeMap<>(options);
            more.put(option, value);
            return new Project(files, more);
        }

        @Override
        public String toString() {
            return files + " " + options;
        }
    }

    private static final String PLAIN_TASK = TASK.replace("@", "");

    static Stream<Project> projects() {
        return Stream.of(
                        MEMBERS.stream()
                                .map(it -> Project.of(
                                        "Dockerfile", DOCKERFILE, "taskdef.json", TASK.replace("@", ",\n      " + it))),
                        MEMBERS.stream()
                                .limit(42)
                                .map(it -> Project.of(
                                        "taskdef.json",
                                        TERRAFORM.replace(
                                                "@",
                                                ", " + it.replace("\\", "\\\\").replace("\"", "\\\"")))),
                        LINES.stream().map(it -> Project.of("taskdef.yaml", YAML.replace("@", it))),
                        PROPERTIES.stream().map(it -> Project.of("template.yaml", TEMPLATE.replace("@", it))),
                        INSTRUCTIONS.stream()
                                .map(it -> Project.of(
                                        "Dockerfile",
                                        DOCKERFILE.replace("USER", it + "\nUSER"),
                                        "taskdef.json",
                                        PLAIN_TASK)),
                        FOREIGN.stream().map(it -> Project.of("Dockerfile", it, "taskdef.json", PLAIN_TASK)),
                        FOREIGN.stream().map(it -> Project.of("Dockerfile", DOCKERFILE, "taskdef.json", it)),
                        FACTS.stream().map(it -> facts("[{\"RepoTags\": [\"shop:1\"], \"Config\": {" + it + "}}]")),
                        FOREIGN.stream().map(CanaryTest::facts),
                        others())
                .flatMap(it -> it)
                .map(project -> project.with("writablePaths.app", "/data /cache"));
    }

    /** A project with stated facts for its base image and for one of its containers. */
    private static Project facts(String inspect) {
        return Project.of(
                        "Dockerfile",
                        "FROM shop:1\nVOLUME /data\n",
                        "taskdef.json",
                        TASK.replace("@", "}, {\"name\": \"side\", \"image\": \"shop:1\""),
                        "facts.json",
                        inspect)
                .with("imageFacts.side", "facts.json")
                .with("container", "app");
    }

    private static Stream<Project> others() {
        String started =
                DOCKERFILE.replace("CMD [\"node\", \"/app/a.js\"]", "COPY . /app\nWORKDIR /app\nENTRYPOINT [\"%s\"]");
        String npm = started.replace("\"%s\"", "\"npm\", \"start\"");
        return Stream.of(
                Project.of(
                        "Dockerfile", started.replace("%s", "/app/run.sh"), "taskdef.json", PLAIN_TASK, "run.sh", """
                        #!/bin/sh
                        TOKEN=hunter2
                        curl -H "Authorization: Bearer hunter2" x > /var/a
                        mysql -phunter2 > /var/b.log
                        exec node --password=hunter2 > /var/c 2>&1
                        """),
                Project.of(
                        "Dockerfile",
                        npm,
                        "taskdef.json",
                        PLAIN_TASK,
                        "package.json",
                        "{\"scripts\": {\"start\": \"PASSWORD=hunter2 node a.js > /var/a.log\"}}"),
                Project.of(
                        "Dockerfile",
                        npm,
                        "taskdef.json",
                        PLAIN_TASK,
                        "package.json",
                        "{\"scripts\": {\"start\": hunter2"),
                Project.of("Dockerfile", npm, "taskdef.json", PLAIN_TASK, "package.json", "hunter2"),
                Project.of(
                                "Dockerfile",
                                DOCKERFILE + "ARG P\nARG D\nENV Q=$P\nVOLUME $D\nRUN run $P > /data/$P\nUSER node\n",
                                "taskdef.json",
                                PLAIN_TASK)
                        .with("buildArgs", "P=hunter2,D=/cache"),
                Project.of("Dockerfile", "ARG P\nFROM $P@x\nUSER node\n", "taskdef.json", PLAIN_TASK)
                        .with("buildArgs", "P=hunter2"),
                Project.of(
                                "Dockerfile",
                                DOCKERFILE,
                                "taskdef.json",
                                TASK.replace(
                                        "@",
                                        ", \"command\": [\"${P}\"], \"essential\": \"${P}\", \"cpu\": ${P},"
                                                + " \"logConfiguration\": {\"logDriver\": \"${P}\", \"options\": {\"a\": \"${P}\"}},"
                                                + " \"dependsOn\": [{\"containerName\": \"app\", \"condition\": \"${P}\"}],"
                                                + " \"environment\": [{\"name\": \"JAVA_OPTS\", \"value\": \"-Da=${P}\"}]"))
                        .with("templateValues", "P=hunter2"),
                Project.of(
                        "Dockerfile",
                        started.replace("%s", "java\", \"-jar\", \"app.jar"),
                        "taskdef.json",
                        PLAIN_TASK,
                        "application.yml",
                        "spring:\n  datasource:\n    password: hunter2\nlogging:\n  file:\n    name: /var/x.log # hunter2\n",
                        "logback.xml",
                        "<configuration><appender name='hunter2' class='ch.qos.logback.core.FileAppender'>"
                                + "<file>/var/y.log</file><password>hunter2</password></appender></configuration>",
                        "dependencies.txt",
                        "org.springframework.boot:spring-boot:3.3.0 compile\nch.qos.logback:logback-classic:1.5.6 compile\n"));
    }

    @ParameterizedTest
    @MethodSource("projects")
    void noOutputHasTheSecret(Project project) throws Exception {
        assertHidden(project, directory);
    }

    static void assertHidden(Project project, Path directory) throws Exception {
        assertThat(project.toString()).contains(CANARY);
        for (String secret : secrets(project)) {
            boolean isVerb = secret.equals(WORD) && VERBS.stream().anyMatch(project.toString()::contains);
            if (isVerb || (secret.equals(NUMBER) && project.toString().contains(DIRECTORY))) {
                continue;
            }
            assertThat(outputs(project.hiding(secret), directory).lines().filter(line -> line.contains(secret)))
                    .as(secret)
                    .isEmpty();
        }
    }

    /** The first and another one; all in a thorough run. */
    private static List<String> secrets(Project project) {
        int other = 1 + Math.floorMod(project.toString().hashCode(), CANARIES.size() - 1);
        return Thorough.isOn() ? CANARIES : List.of(CANARY, CANARIES.get(other));
    }

    @Test
    void thereAreHundredsOfPlacesAndFiveSecrets() {
        assertThat(projects().count()).isGreaterThan(450);
        assertThat(CANARIES).hasSize(5);
    }

    private static String outputs(Project project, Path directory) throws Exception {
        for (Map.Entry<String, String> file : project.files().entrySet()) {
            TestFiles.write(directory.resolve(file.getKey()), file.getValue());
        }
        Properties options = new Properties();
        options.putAll(project.options());
        Fixture fixture = new Fixture(directory, options);
        StringBuilder said = new StringBuilder();
        try {
            CheckResult result = fixture.check();
            List<Finding> findings = new ArrayList<>(result.findings());
            result.tasks().sources().values().forEach(source -> findings.addAll(atEachLine(source)));
            assertThat(findings).isNotEmpty();
            ReportSettings settings = ReportTexts.SETTINGS;
            ConsoleReport console = new ConsoleReport(result.tasks(), findings);
            console.lines().forEach(line -> said.append(line.text()).append('\n'));
            said.append(console.failureMessage()).append(console.summary());
            new ExplainReport(result.tasks(), result.findings())
                    .lines()
                    .forEach(line -> said.append(line).append('\n'));
            said.append(ReportTexts.all(result.tasks(), findings, settings));
            said.append(baseline(findings));
            Fix fix = Fix.of(fixture.request(), directory, Set.of());
            ShortNames names = ShortNames.of(fix.result().tasks(), fix.result().findings());
            fix.diff(List.of(directory), new PublicTexts(fix.result().tasks())::of)
                    .forEach(line -> said.append(names.in(line)).append('\n'));
            said.append(fix.choices());
            fix.runs().forEach(run -> said.append(run.shown(Path::toString)).append('\n'));
            fix.refused()
                    .forEach(refused -> new ConsoleReport(fix.result().tasks(), List.of(refused.finding()))
                            .lines()
                            .forEach(line -> said.append(refused.reason()).append(line.text())));
        } catch (ConfigurationException e) {
            said.append(e.getMessage());
        }
        return said.toString();
    }

    private static String baseline(List<Finding> findings) throws IOException {
        StringWriter text = new StringWriter();
        Baseline.empty(Baseline.FILE_NAME)
                .listing("taskdef.json", Optional.empty(), findings, Severity.INFO)
                .write(text);
        return text.toString();
    }

    /** A finding for each line, about a path, about a name, or about neither. */
    private static List<Finding> atEachLine(SourceFile source) {
        List<Finding> findings = new ArrayList<>();
        for (int line = 1; line <= source.lineCount(); line++) {
            int end = source.line(line).length() + 1;
            for (int column = 1; column <= end; column += 40) {
                Location place = new Location(source.name(), line, column, line, Math.min(end, column + 40));
                Finding finding = Finding.of("x", Severity.ERROR, place, "something is wrong", Remedy.NONE);
                findings.add(finding);
                findings.add(finding.at(ContainerPath.of("/data")).in("app"));
                findings.add(finding.about("A"));
            }
        }
        return findings;
    }
}
