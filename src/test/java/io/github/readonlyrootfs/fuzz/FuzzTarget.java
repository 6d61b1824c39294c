// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import io.github.readonlyrootfs.Fixture;
import io.github.readonlyrootfs.TaskShape;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.report.ReportFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A kind of file to change, and the projects that contain it. */
enum FuzzTarget {
    DOCKERFILE(Language.DOCKERFILE) {
        @Override
        void projects(Projects projects) throws IOException {
            for (Fixture fixture : projects.fixtures()) {
                if (fixture.files().containsKey("Dockerfile")) {
                    projects.add(fixture, "Dockerfile");
                }
            }
            for (Path grammar : list(Path.of("src/test/resources/grammar/cases"))) {
                projects.add(Map.of(), "Dockerfile", Files.readAllBytes(grammar));
            }
        }
    },

    SHELL(Language.SHELL) {
        @Override
        void projects(Projects projects) throws IOException {
            Map<String, String> build = Map.of(
                    "Dockerfile",
                    "FROM debian:12\nCOPY start.sh /start.sh\nRUN sh /start.sh\nUSER 1000\nENTRYPOINT [\"/start.sh\", \"run\"]\n");
            for (String file : List.of("scripts.txt", "bash-scripts.txt")) {
                for (String line : Files.readAllLines(Path.of("src/test/resources/shell", file))) {
                    byte[] script = ("#!/bin/sh\n" + line.replace('\u00b6', '\n')
                                    + "\nexec java -jar /app.jar > /run/app.log\n")
                            .getBytes(StandardCharsets.UTF_8);
                    projects.add(build, "start.sh", script);
                }
            }
        }
    },

    RUN_LINES(Language.SHELL) {
        @Override
        void projects(Projects projects) throws IOException {
            for (String line : Files.readAllLines(Path.of("src/test/resources/shell/scripts.txt"))) {
                byte[] dockerfile = ("FROM debian:12\nRUN mkdir /data && chown 1000 /data\nRUN <<EOF\n"
                                + line.replace('\u00b6', '\n') + "\nEOF\nRUN " + line.replace('\u00b6', ';')
                                + "\nVOLUME /data\nUSER 1000\n")
                        .getBytes(StandardCharsets.UTF_8);
                projects.add(Map.of(), "Dockerfile", dockerfile);
            }
        }
    },

    TASK_DEFINITION_IN_JSON(Language.JSON) {
        @Override
        void projects(Projects projects) throws IOException {
            for (Fixture fixture : projects.fixtures()) {
                if (fixture.files().containsKey("taskdef.json")) {
                    projects.add(fixture, "taskdef.json");
                }
            }
            shapes(projects, "taskdef.json");
        }
    },

    TASK_DEFINITION_IN_YAML(Language.YAML) {
        @Override
        void projects(Projects projects) throws IOException {
            shapes(projects, "taskdef.yaml");
        }
    },

    CLOUDFORMATION_IN_JSON(Language.JSON) {
        @Override
        void projects(Projects projects) throws IOException {
            shapes(projects, "template.json");
        }
    },

    CLOUDFORMATION_IN_YAML(Language.YAML) {
        @Override
        void projects(Projects projects) throws IOException {
            shapes(projects, "template.yaml");
        }
    },

    TERRAFORM(Language.JSON) {
        @Override
        void projects(Projects projects) throws IOException {
            for (String containers : List.of(
                    "[{\\\"name\\\":\\\"app\\\",\\\"image\\\":\\\"i\\\",\\\"mountPoints\\\":[{\\\"sourceVolume\\\":\\\"tmp\\\","
                            + "\\\"containerPath\\\":\\\"/tmp\\\"}]}]",
                    "[{\\\"name\\\":\\\"app\\\",\\\"readonlyRootFilesystem\\\":true},{\\\"name\\\":\\\"b\\\"}]")) {
                for (String unknown :
                        List.of("{}", "{\"container_definitions\": true}", "{\"volume\": [{\"name\": true}]}")) {
                    byte[] plan = terraform(containers, unknown).getBytes(StandardCharsets.UTF_8);
                    projects.add(Map.of(), "taskdef.json", plan);
                }
            }
        }
    },

    TERRAFORM_CONFIGURATION(Language.HCL) {
        @Override
        void projects(Projects projects) throws IOException {
            modules(projects, file -> file.matches(".*\\.(?:tf|tfvars)(?:\\.json)?"));
        }
    },

    TERRAFORM_TEMPLATE(Language.TEMPLATE) {
        @Override
        void projects(Projects projects) throws IOException {
            modules(projects, file -> file.endsWith(".tftpl"));
        }
    },

    NODE_MANIFEST(Language.JSON) {
        @Override
        void projects(Projects projects) throws IOException {
            Map<String, String> build = Map.of(
                    "Dockerfile",
                    "FROM node:22\nWORKDIR /app\nCOPY . .\nUSER node\nENTRYPOINT [\"npm\", \"run\", \"start\"]\n");
            for (String scripts : List.of(
                    "{\"prestart\": \"mkdir -p /data/a\", \"start\": \"cross-env A=1 node a.js > /tmp/a.log 2>&1 &\"}",
                    "{\"start\": \"npm run build && yarn serve -- --port 80\", \"build\": \"npm-run-all a:*\", \"a:b\": \"rm -rf x\"}")) {
                byte[] manifest = ("{\"name\": \"shop\", \"version\": \"1.0.0\", \"scripts\": " + scripts
                                + ", \"dependencies\": {\"next\": \"^15.0.0\", \"multer\": \"~1.4\"}}\n")
                        .getBytes(StandardCharsets.UTF_8);
                projects.add(build, "package.json", manifest);
            }
        }
    },

    MANIFEST(Language.MANIFEST) {
        @Override
        void projects(Projects projects) throws IOException {
            manifest(
                    projects,
                    "python:3.12",
                    "gunicorn",
                    "requirements.txt",
                    "gunicorn==23.0\nDjango>=5,<6 ; python_version > '3'\n-r x.txt\n");
            manifest(
                    projects,
                    "python:3.12",
                    "uvicorn",
                    "pyproject.toml",
                    "[project]\ndependencies = [\n  \"uvicorn[standard]>=0.30\",\n]\n[tool.poetry.dependencies]\nflask = \"^3\"\n");
            manifest(
                    projects,
                    "php:8.3-apache",
                    "apache2-foreground",
                    "composer.json",
                    "{\"require\": {\"laravel/framework\": \"^11.0\"}}\n");
            manifest(
                    projects,
                    "ruby:3.3",
                    "puma",
                    "Gemfile",
                    "gem 'rails', '~> 7.1'\ngem \"puma\" # x\ngroup :test do\n  gem 'rspec'\nend\n");
            manifest(
                    projects,
                    "golang:1.23",
                    "app",
                    "go.mod",
                    "module a\n\nrequire (\n\tgo.etcd.io/bbolt v1.3.10 // indirect\n)\n");
            manifest(
                    projects,
                    "rust:1.80",
                    "app",
                    "Cargo.toml",
                    "[package]\nname = \"app\"\n[dependencies]\nsled = { version = \"0.34\" }\n");
            manifest(projects, "eclipse-temurin:21", "java", "build.gradle.kts", """
                    plugins { id("org.springframework.boot") version "3.4.0" }
                    dependencies {
                      implementation(libs.boot)
                      implementation("com.h2database:h2:2.3.232")
                    }
                    """);
            manifest(
                    projects,
                    "eclipse-temurin:21",
                    "java",
                    "gradle/libs.versions.toml",
                    "[versions]\nboot = \"3.4.0\"\n[libraries]\nboot = { module = \"org.springframework.boot:spring-boot-starter-web\", version.ref = \"boot\" }\n");
        }
    },

    YAML_CONFIGURATION(Language.YAML) {
        @Override
        void projects(Projects projects) throws IOException {
            for (String text : List.of(
                    """
                    server:
                      tomcat:
                        basedir: /work
                        accesslog:
                          enabled: true
                    logging:
                      file:
                        name: ${LOG:/log/a.log}
                    ---
                    spring:
                      config:
                        activate:
                          on-profile: prod & !test
                      datasource:
                        url: jdbc:h2:file:/data/x
                    """,
                    "spring.datasource.url: 'jdbc:sqlite:shop.db?mode=rw'\n\"[a.b]\": {c: [1, 2]}\nx: &x {y: 1}\nz: {<<: *x}\n")) {
                springBoot(projects, "src/main/resources/application.yml", text, "");
            }
        }
    },

    PROPERTIES(Language.PROPERTIES) {
        @Override
        void projects(Projects projects) throws IOException {
            springBoot(projects, "src/main/resources/application.properties", """
                    server.tomcat.basedir=/work
                    logging.file.path = ${LOG:/log}\\
                      /x
                    #---
                    spring.config.activate.on-profile=prod | (a & !b)
                    spring.datasource.url=jdbc:h2:./data/x;MODE=x
                    """, "");
        }
    },

    LOGGING(Language.XML) {
        @Override
        void projects(Projects projects) throws IOException {
            String logback = """
                    <?xml version="1.0"?>
                    <configuration>
                      <property name="DIR" value="${LOG_DIR:-/var/log/shop}"/>
                      <springProfile name="prod"><property scope="context" name="N" value="a"/></springProfile>
                      <if condition='isDefined("X")'><then><property name="N" value="b"/></then><else/></if>
                      <appender name="F" class="ch.qos.logback.core.rolling.RollingFileAppender">
                        <file>${DIR}/${N}.log</file>
                        <rollingPolicy class="ch.qos.logback.core.rolling.TimeBasedRollingPolicy">
                          <fileNamePattern>${DIR}/old/%d{yyyy-MM-dd}.%i.log.gz</fileNamePattern>
                        </rollingPolicy>
                        <encoder><pattern>%m%n</pattern></encoder>
                      </appender>
                      <root level="INFO"><appender-ref ref="F"/></root>
                    </configuration>
                    """;
            String log4j2 = """
                    <Configuration><Properties><Property name="dir">${env:LOG_DIR:-/var/log}</Property></Properties>
                    <Appenders><RollingFile name="F" fileName="${dir}/a.log" filePattern="${dir}/%d{yyyy}/a-%i.log"/>
                    <Routing name="R"><Routes pattern="${ctx:x}"><Route><File name="G" fileName="/x/${ctx:x}"/></Route></Routes></Routing>
                    </Appenders><Loggers><Root level="info"><AppenderRef ref="F"/><AppenderRef ref="R"/></Root></Loggers></Configuration>
                    """;
            springBoot(projects, "src/main/resources/logback-spring.xml", logback, "");
            springBoot(projects, "src/main/resources/logback.xml", logback, "");
            springBoot(
                    projects, "src/main/resources/log4j2.xml", log4j2, "org.apache.logging.log4j:log4j-core:2.24.0\n");
            springBoot(
                    projects,
                    "src/main/resources/ehcache.xml",
                    "<config xmlns='http://www.ehcache.org/v3'><persistence directory='/data/cache'/><cache alias='a'/></config>\n",
                    "org.ehcache:ehcache:3.10.8\n");
        }
    },

    IGNORE_FILE(Language.IGNORE_FILE) {
        @Override
        void projects(Projects projects) throws IOException {
            Map<String, String> files = Map.of(
                    "Dockerfile",
                    "FROM debian:12\nCOPY . /app/\nCOPY dir/*.sh /bin/\nUSER 1000\nENTRYPOINT [\"/app/start.sh\"]\n",
                    "start.sh",
                    "#!/bin/sh\ntouch /run/x\n",
                    "dir/sub/run.sh",
                    "#!/bin/sh\n");
            for (String text : List.of(
                    "*\n!start.sh\n", "**/*.sh\n!dir/**\n", "dir/[a-s]*/r?n.sh\n# x\n\n/start.sh\n./dir/..\n")) {
                projects.add(files, ".dockerignore", text.getBytes(StandardCharsets.UTF_8));
            }
        }
    },

    GIT_INDEX(Language.BINARY) {
        @Override
        void projects(Projects projects) throws IOException {
            for (List<String> names : List.of(
                    List.of("Dockerfile", "deploy/Dockerfile", "deploy/ecs.json"),
                    List.of("\u00e9/../a.tf", "x".repeat(5_000)))) {
                projects.addWithoutTask(".git/index", index(names));
            }
        }
    },

    OTHER_FORMAT(Language.YAML) {
        @Override
        void projects(Projects projects) throws IOException {
            String ecspresso = "region: a\ncluster: b\nservice_definition: s.json\n\"task_definition\": t.jsonnet\n";
            projects.addWithoutTask("deploy/ecspresso.yml", ecspresso.getBytes(StandardCharsets.UTF_8));
            projects.addWithoutTask(
                    "deploy/task.jsonnet",
                    "local e = std.extVar('E');\n{ containerDefinitions: [{ name: 'app', image: e }] }\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
    },

    ASSEMBLY(Language.XML) {
        @Override
        void projects(Projects projects) throws IOException {
            Map<String, String> build = Map.of(
                    "pom.xml",
                    "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version><build><plugins><plugin>"
                            + "<artifactId>maven-assembly-plugin</artifactId><version>3.7.1</version><executions><execution><phase>package</phase>"
                            + "<goals><goal>single</goal></goals><configuration><descriptors><descriptor>dist.xml</descriptor></descriptors>"
                            + "</configuration></execution></executions></plugin></plugins></build></project>\n",
                    "conf/a.sh",
                    "#!/bin/sh\n");
            String descriptor = """
                    <assembly><id>dist</id><formats><format>tar.gz</format><format>dir</format></formats>
                    <includeBaseDirectory>true</includeBaseDirectory><baseDirectory>${project.artifactId}-${x}</baseDirectory>
                    <dependencySets><dependencySet><outputDirectory>lib</outputDirectory><includes><include>*:*</include></includes>
                    <outputFileNameMapping>${artifact.artifactId}.${artifact.extension}</outputFileNameMapping></dependencySet></dependencySets>
                    <fileSets><fileSet><directory>conf</directory><outputDirectory>/bin</outputDirectory><fileMode>0755</fileMode>
                    <excludes><exclude>**/*.txt</exclude></excludes></fileSet></fileSets>
                    <files><file><source>conf/a.sh</source><destName>b.sh</destName></file></files></assembly>
                    """;
            projects.add(build, "dist.xml", descriptor.getBytes(StandardCharsets.UTF_8));
        }
    },

    CLASS_FILE(Language.BINARY) {
        @Override
        void projects(Projects projects) throws IOException {
            Map<String, String> build = Map.of(
                    "Dockerfile",
                            "FROM eclipse-temurin:21\nUSER 1000\nCOPY target/shop.jar /app.jar\nCMD [\"java\",\"-jar\",\"/app.jar\"]\n",
                    "dependencies.txt", "org.slf4j:slf4j-api:2.0.0\n");
            for (Class<?> type :
                    List.of(Fix.class, ReportFiles.class, FuzzProject.class, Invariants.class, Files.class)) {
                projects.add(build, "target/classes/" + type.getName().replace('.', '/') + ".class", bytes(type));
            }
        }
    },

    JAR(Language.BINARY) {
        @Override
        void projects(Projects projects) throws IOException {
            Map<String, String> build = Map.of(
                    "Dockerfile",
                    "FROM eclipse-temurin:21\nCOPY shop.jar /app.jar\nUSER 1000\nCMD [\"java\",\"-jar\",\"/app.jar\"]\n");
            for (boolean stored : new boolean[] {true, false}) {
                projects.add(build, "shop.jar", jar(stored));
            }
        }
    };

    private final Language language;

    FuzzTarget(Language language) {
        this.language = language;
    }

    Language language() {
        return language;
    }

    abstract void projects(Projects projects) throws IOException;

    /** Its projects, written below a directory. */
    List<FuzzProject> projects(Path directory) {
        Projects projects = new Projects(directory);
        try {
            projects(projects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return projects.all;
    }

    /** Collects projects, each in a directory of its own. */
    static final class Projects {

        private static final Path PLAIN = Path.of("src/test/resources/fuzz/project");
        private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

        private final Path directory;
        private final List<FuzzProject> all = new ArrayList<>();

        Projects(Path directory) {
            this.directory = directory;
        }

        List<Fixture> fixtures() throws IOException {
            List<Fixture> fixtures = new ArrayList<>();
            for (Path path : list(FIXTURES)) {
                fixtures.add(Fixture.in(path));
            }
            return fixtures;
        }

        void add(Fixture fixture, String file) throws IOException {
            Map<String, String> files = fixture.files();
            add(fixture, files, file, files.get(file).getBytes(StandardCharsets.UTF_8));
        }

        /** A project with one container, which builds any Dockerfile and needs two paths. */
        void add(Map<String, String> more, String file, byte[] seed) throws IOException {
            Fixture plain = Fixture.in(PLAIN);
            Map<String, String> files = plain.files();
            files.putAll(more);
            add(plain, files, file, seed);
        }

        /** The same without a task definition, which is looked for. */
        void addWithoutTask(String file, byte[] seed) throws IOException {
            Fixture plain = Fixture.in(PLAIN);
            Map<String, String> files = plain.files();
            files.remove("taskdef.json");
            add(plain, files, file, seed);
        }

        void add(Fixture fixture, Map<String, String> files, String file, byte[] seed) throws IOException {
            Map<String, String> others = new TreeMap<>(files);
            others.remove(file);
            Fixture copy = fixture.with(others, directory.resolve("project" + all.size()));
            all.add(new FuzzProject(fixture.directory().getFileName().toString(), copy, file, seed));
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var paths = Files.list(directory)) {
            return paths.sorted().toList();
        }
    }

    /** The fixtures' task definitions in the shapes that have a file name. */
    private static void shapes(Projects projects, String file) throws IOException {
        List<TaskShape> shapes = Arrays.stream(TaskShape.values())
                .filter(shape -> shape.file.equals(file))
                .toList();
        int next = 0;
        for (Fixture fixture : projects.fixtures()) {
            String json = fixture.files().getOrDefault("taskdef.json", "");
            var task = TaskShape.parse(json);
            if (task.isPresent() && task.get().get("containerDefinitions") instanceof List) {
                TaskShape shape = shapes.get(next++ % shapes.size());
                Map<String, String> others = fixture.files();
                others.remove("taskdef.json");
                projects.add(fixture, others, file, shape.write(task.get()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Terraform's configuration, of which some files change one by one. */
    private static void modules(Projects projects, Predicate<String> changes) throws IOException {
        for (Fixture module : List.of(
                Fixture.in(Path.of("src/test/resources/fuzz/terraform")),
                Fixture.in(Projects.FIXTURES.resolve("a-terraform-module-as-written")))) {
            Map<String, String> files = module.files();
            Map<String, String> others =
                    new TreeMap<>(Fixture.in(Projects.PLAIN).files());
            others.remove("taskdef.json");
            others.putAll(files);
            for (String file : files.keySet()) {
                if (changes.test(file)) {
                    projects.add(module, others, file, files.get(file).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static String terraform(String containers, String unknown) {
        String task =
                "\"address\": \"aws_ecs_task_definition.shop\", \"mode\": \"managed\", \"type\": \"aws_ecs_task_definition\"";
        return "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"resources\": [{" + task
                + ", \"values\": {\"container_definitions\": \"" + containers + "\", \"family\": \"shop\","
                + " \"requires_compatibilities\": [\"EC2\"], \"volume\": [{\"name\": \"tmp\", \"host_path\": \"\","
                + " \"efs_volume_configuration\": []}]}}], \"child_modules\": []}}, \"resource_changes\": [{" + task
                + ", \"change\": {\"after_unknown\": " + unknown + "}}]}\n";
    }

    /** An image whose build copies a manifest, and the code beside it. */
    private static void manifest(Projects projects, String base, String program, String file, String text)
            throws IOException {
        Map<String, String> build = new LinkedHashMap<>();
        build.put(
                "Dockerfile",
                "FROM " + base + "\nWORKDIR /app\nCOPY . .\nUSER 1000\nCMD [\"" + program + "\", \"app\"]\n");
        build.put("app.py", "import os\nos.makedirs('uploads', exist_ok=True)\n");
        build.put("build.gradle.kts", "dependencies { implementation(libs.boot) }\n");
        build.put("settings.gradle.kts", "rootProject.name = \"app\"\n");
        projects.add(build, file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void springBoot(Projects projects, String file, String text, String dependencies)
            throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "Dockerfile",
                "FROM eclipse-temurin:21\nWORKDIR /app\nUSER 1000\nCOPY target/shop.jar app.jar\nCMD [\"java\",\"-jar\",\"app.jar\"]\n");
        files.put(
                "dependencies.txt",
                "org.springframework.boot:spring-boot:3.5.0\norg.springframework.boot:spring-boot-starter-web:3.5.0\n"
                        + "org.apache.tomcat.embed:tomcat-embed-core:10.1.40\nch.qos.logback:logback-classic:1.5.18\n"
                        + dependencies);
        for (String place : List.of(file, file.replace("src/main/resources", "target/classes"))) {
            projects.add(files, place, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Git's index of these files. */
    private static byte[] index(List<String> names) {
        ByteBuffer index = ByteBuffer.allocate(12
                + 20
                + names.stream().mapToInt(name -> 80 + 2 * name.length()).sum());
        index.putInt(0x44495243).putInt(2).putInt(names.size());
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            int entry = index.position();
            index.putInt(entry + 24, 0100644).putShort(entry + 60, (short) Math.min(bytes.length, 0xfff));
            index.position(entry + 62).put(bytes).position(entry + (62 + bytes.length + 8) / 8 * 8);
        }
        return Arrays.copyOf(index.array(), index.position() + 20);
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] jar(boolean stored) throws IOException {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(inner)) {
            entry(zip, "native/linux/libx.so", "ELF".getBytes(StandardCharsets.UTF_8), stored);
        }
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(outer)) {
            entry(
                    zip,
                    "META-INF/MANIFEST.MF",
                    "Main-Class: a.B\nStart-Class: c.D\n".getBytes(StandardCharsets.UTF_8),
                    stored);
            entry(
                    zip,
                    "BOOT-INF/classes/application.properties",
                    "logging.file.name=/log/a\n".getBytes(StandardCharsets.UTF_8),
                    stored);
            entry(
                    zip,
                    "BOOT-INF/classes/" + Fix.class.getName().replace('.', '/') + ".class",
                    bytes(Fix.class),
                    stored);
            entry(zip, "BOOT-INF/lib/spring-boot-3.5.0.jar", inner.toByteArray(), true);
            entry(zip, "BOOT-INF/lib/netty-tcnative-2.0.jar", inner.toByteArray(), stored);
        }
        return outer.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content, boolean stored) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        if (stored) {
            CRC32 sum = new CRC32();
            sum.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
