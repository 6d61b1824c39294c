// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.data.Catalogue.Entry;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.catalogue.CatalogueFiles;
import io.github.readonlyrootfs.need.catalogue.Certainty;
import io.github.readonlyrootfs.need.project.CodeBase;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The entries of the catalogue. Each has an example in {@code src/test/resources/need/catalogue.txt}: a container, as
 * a Dockerfile or the members of a container definition, and the expected needs.
 */
class BaseImageFinderTest {

    private static final Path EXAMPLES = Path.of("src/test/resources/need/catalogue.txt");

    private static final String PACKAGING = "PACKAGING ";
    private static final String CALLS = "CALLS ";
    private static final String FILE = "FILE ";
    private static final String LIBRARY = "LIBRARY ";
    private static final String SOURCE = "SOURCE ";

    @TempDir
    Path context;

    /**
     * An example.
     *
     * @param container lines of a Dockerfile; a line that starts with a quote belongs to the container definition, and one
     *     that starts with {@code PACKAGING} or {@code CALLS} to the project; lines that start with {@code FILE} are the file
     *     {@code configuration} beside the Dockerfile; {@code LIBRARY} is one that a manifest names, {@code SOURCE} another file
     * @param needs the expected needs, one on each line
     */
    private record Example(String entry, List<String> container, List<String> needs) {

        ContainerContext context(Path directory) throws IOException {
            String dockerfile = String.join(
                    "\n",
                    container.stream()
                            .filter(line -> Stream.of("\"", PACKAGING, CALLS, FILE, LIBRARY, SOURCE)
                                    .noneMatch(line::startsWith))
                            .toList());
            Path files = Files.createTempDirectory(directory, "example");
            List<String> configuration = container.stream()
                    .filter(line -> line.startsWith(FILE))
                    .map(line -> line.substring(FILE.length()))
                    .toList();
            Files.write(files.resolve("configuration"), configuration);
            String members = String.join(
                    ", ",
                    container.stream().filter(line -> line.startsWith("\"")).toList());
            List<Dependency> libraries = new ArrayList<>();
            for (String line : container) {
                String[] words = line.split("[ :]", 4);
                if (line.startsWith(SOURCE)) {
                    words = line.split(" ", 3);
                    Files.writeString(files.resolve(words[1]), words[2] + "\n");
                } else if (line.startsWith(LIBRARY)) {
                    libraries.add(new Dependency(
                            new Coordinates(words[1], words[2], words.length > 3 ? words[3] : ""),
                            "runtime",
                            false,
                            Optional.empty()));
                }
            }
            ContainerContext context =
                    Contexts.built(files, dockerfile + "\n", members, new CodeBase(new Libraries(libraries), List::of));
            Optional<String> packaging = container.stream()
                    .filter(line -> line.startsWith(PACKAGING))
                    .map(line -> line.substring(PACKAGING.length()))
                    .findFirst();
            if (packaging.isEmpty()) {
                return context;
            }
            Situation project = new Situation().packaging(packaging.get()).in(files);
            for (String line : container) {
                if (line.startsWith(CALLS)) {
                    calling(files, line.substring(CALLS.length()).split(" ", 2));
                }
            }
            libraries.forEach(library -> project.library(library.coordinates().toString()));
            return project.in(context);
        }
    }

    /** Makes a class of a project that calls a method. */
    private static void calling(Path project, String[] called) throws IOException {
        ClassWriter written = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        written.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "App", null, "java/lang/Object", null);
        MethodVisitor method = written.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "use", "()V", null, null);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, called[0].replace('.', '/'), called[1], "()V", true);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        Files.write(
                Files.createDirectories(project.resolve("target/classes")).resolve("App.class"), written.toByteArray());
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String line : Files.readAllLines(EXAMPLES)) {
            if (line.startsWith("== ")) {
                examples.add(new Example(line.substring(3), new ArrayList<>(), new ArrayList<>()));
            } else if (line.startsWith("-> ")) {
                examples.get(examples.size() - 1).needs.add(line.substring(3));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                examples.get(examples.size() - 1).container.add(line);
            }
        }
        return examples;
    }

    @Test
    void needsThatAnEnvironmentFileMayChangeStateTheAssumption() {
        ContainerContext container =
                Contexts.built("FROM tomcat:10.1\n", "\"environmentFiles\": [{\"value\": \"arn\", \"type\": \"s3\"}]");
        ContainerNeeds needs = ContainerNeeds.of(container, List.of(), Set.of("base-image"));

        assertThat(needs.gaps()).isEmpty();
        assertThat(needs.needs().get(0).evidence().get(0).detail())
                .endsWith(", unless an environment file sets CATALINA_BASE");
    }

    @Test
    void theContainerMayStopWithoutWhatAProgramNeedsThatMayNotRun() {
        String server = "FROM debian:13\nRUN apt-get update && apt-get install -y nginx\nCMD [\"sh\", \"-c\", \"";
        String perhaps = server + "[ $(date +%u) = 7 ] && exec nginx; exec sleep 9\"]\n";

        assertThat(ContainerNeeds.of(Contexts.built(perhaps), List.of(), Set.of("base-image"))
                        .needs())
                .anyMatch(Need::perhapsFatal);
        assertThat(ContainerNeeds.of(Contexts.built(server + "exec nginx\"]\n"), List.of(), Set.of("base-image"))
                        .needs())
                .isNotEmpty()
                .noneMatch(Need::perhapsFatal);
    }

    @Test
    void aPackedWarWhoseJarsAreAllProvidedNeedsNoUnpacking() {
        ContainerContext tomcat =
                Contexts.built("FROM tomcat:10.1\nRUN touch /usr/local/tomcat/webapps/shop.war\n", "");

        for (String scope : List.of("provided", "runtime")) {
            ContainerContext container = new Situation()
                    .packaging("war")
                    .library("com.acme:client:1.0", scope, Optional.empty())
                    .in(tomcat);

            assertThat(ContainerNeeds.of(container, List.of(), Set.of("base-image"))
                            .needs())
                    .filteredOn(Need::perhapsFatal)
                    .hasSize(scope.equals("provided") ? 0 : 1);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachExampleIsFoundAndNothingElse() throws IOException {
        return examples().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.entry + ": " + String.join("; ", example.container),
                        () -> assertThat(Contexts.found("base-image", example.context(context)))
                                // Surefire shows the number of a test only.
                                .as("%s in %s: %s", example.entry, EXAMPLES, String.join("; ", example.container))
                                .containsExactlyElementsOf(example.needs)));
    }

    @Test
    void everyWriteIsFoundInAnExample() throws IOException {
        Map<String, Set<String>> fired = new LinkedHashMap<>();
        for (Example example : examples()) {
            ContainerContext container = example.context(context);
            for (Entry entry : CatalogueFiles.programs()) {
                FoundNeeds found = new FoundNeeds("base-image");
                CatalogueFiles.writer(entry).find(container, found);
                found.needs()
                        .forEach(need -> need.evidence()
                                .forEach(evidence -> fired.computeIfAbsent(entry.name(), name -> new LinkedHashSet<>())
                                        .add(evidence.detail())));
            }
        }
        for (Entry entry : CatalogueFiles.programs()) {
            assertThat(fired.getOrDefault(entry.name(), Set.of()))
                    .as(entry.name())
                    .containsAll(CatalogueFiles.writes(entry).stream()
                            // Paths that only a configuration file names have their own test.
                            .filter(write -> !write.paths().isEmpty())
                            .map(writeFact -> writeFact.explanation().why())
                            .toList());
        }
    }

    /** An image of an unknown version does not start the programs that a package may install. */
    @Test
    void packagesOfADistributionAreNotStarted() {
        assertThat(Contexts.found("base-image", Contexts.built("FROM debian:no-such-tag\n")))
                .isEmpty();
        assertThat(Contexts.found("base-image", Contexts.built("FROM alpine:no-such-tag\n")))
                .isEmpty();
    }

    @Test
    void anAssumedFactNeverFailsTheBuild() throws IOException {
        List<ContainerContext> containers = new ArrayList<>();
        for (Example example : examples()) {
            containers.add(example.context(context));
        }
        for (Entry entry : CatalogueFiles.programs()) {
            Set<String> assumed = CatalogueFiles.writes(entry).stream()
                    .filter(write -> write.certainty() == Certainty.ASSUMED)
                    .map(writeFact -> writeFact.explanation().why())
                    .collect(Collectors.toSet());
            FoundNeeds found = new FoundNeeds("base-image");
            containers.forEach(container -> CatalogueFiles.writer(entry).find(container, found));
            List<Need> needs = found.needs().stream()
                    .filter(need -> need.evidence().stream().anyMatch(evidence -> assumed.contains(evidence.detail())))
                    .toList();
            assertThat(needs).allMatch(need -> need.impact() == Need.Impact.TOLERATED);
            assertThat(needs.isEmpty()).as(entry.name()).isEqualTo(assumed.isEmpty());
        }
    }

    private List<String> nginx(String configuration, String instructions) throws IOException {
        Files.writeString(context.resolve("nginx.conf"), configuration);
        return Contexts.found(
                "base-image",
                Contexts.built(context, "FROM nginx:1.27\nCOPY nginx.conf /etc/nginx/nginx.conf\n" + instructions, ""));
    }

    @Test
    void nginxWritesToThePathsOfItsCopiedConfiguration() throws IOException {
        assertThat(nginx("""
                        pid /tmp/nginx.pid;
                        error_log /var/log/nginx/error.log warn;
                        http {
                          client_body_temp_path /tmp/client_temp;
                          proxy_temp_path "/tmp/proxy_temp" 1 2;
                          fastcgi_temp_path /tmp/fastcgi_temp;
                          uwsgi_temp_path /tmp/uwsgi_temp;
                          # scgi_temp_path /tmp/scgi_temp;
                          access_log /var/log/nginx/shop.log main;
                          access_log off;
                        }
                        """, ""))
                .containsExactly(
                        "/tmp/client_temp fatal parents",
                        "/tmp/proxy_temp fatal parents",
                        "/tmp/fastcgi_temp fatal parents",
                        "/tmp/uwsgi_temp fatal parents",
                        "/var/cache/nginx fatal parents",
                        "/tmp/nginx.pid fatal",
                        "/var/log/nginx/shop.log fatal");
    }

    @Test
    void anNginxConfigurationMayHaveSeveralDirectivesOnALine() throws IOException {
        assertThat(nginx("""
                        events {} pid /tmp/a.pid; # pid /tmp/b.pid; { access_log /var/log/c.log;
                        http { access_log /var/log/nginx/shop.log; error_log /var/log/nginx/shop-errors.log; }
                        """, ""))
                .containsExactly(
                        "/var/cache/nginx fatal parents",
                        "/tmp/a.pid fatal",
                        "/var/log/nginx/shop.log fatal",
                        "/var/log/nginx/shop-errors.log fatal");
    }

    @Test
    void nginxReadsTheFilesThatItsCopiedConfigurationIncludesAndNoOthers() throws IOException {
        Files.writeString(context.resolve("site.conf"), "include snippets/log; access_log /var/log/nginx/site.log;\n");
        Files.writeString(context.resolve("log"), "# include other;\nerror_log /var/log/nginx/snippet.log;\n");
        String copies = """
                COPY site.conf /etc/nginx/conf.d/site.conf
                COPY site.conf /etc/nginx/sites/site
                COPY log /etc/nginx/snippets/log
                """;
        List<String> logs = List.of("/var/log/nginx/site.log fatal", "/var/log/nginx/snippet.log fatal");
        String main = "events {}\nhttp { include mime.types; pid /tmp/p; ";

        assertThat(nginx(main + "}", copies)).doesNotContainAnyElementsOf(logs);
        assertThat(nginx(main + "include sites/*; }", copies)).containsAll(logs);
        assertThat(nginx(main + "include /etc/nginx/conf.d/*.conf; }", copies)).containsAll(logs);
        assertThat(Contexts.found("base-image", Contexts.built(context, "FROM nginx:1.27\n" + copies, "")))
                .containsAll(logs);
    }

    /** The nginx.conf of the unprivileged image moves its paths; without it, the compiled paths apply. */
    @Test
    void aCopiedConfigurationReplacesThatOfTheUnprivilegedImage() throws IOException {
        Files.writeString(context.resolve("nginx.conf"), "events {}\nhttp { include /etc/nginx/conf.d/*.conf; }\n");
        Files.createDirectories(context.resolve("conf.d"));
        Files.writeString(context.resolve("conf.d/shop.conf"), "proxy_temp_path /srv/proxy;\n");
        Files.writeString(context.resolve("conf.d/other.conf"), "access_log /srv/log/other.log;\n");
        Files.writeString(context.resolve("conf.d/off.conf.bak"), "access_log /srv/log/off.log;\n");
        String from = "FROM nginxinc/nginx-unprivileged:1.27\n";
        String copies = "COPY conf.d /etc/nginx/conf.d\n";

        assertThat(Contexts.found("base-image", Contexts.built(context, from + copies, "")))
                .containsExactly(
                        "/tmp fatal parents",
                        "/srv/proxy fatal parents",
                        "/tmp/nginx.pid fatal",
                        "/srv/log/other.log fatal");
        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built(context, from + copies + "COPY nginx.conf /etc/nginx/nginx.conf\n", "")))
                .containsExactly(
                        "/var/cache/nginx fatal parents",
                        "/srv/proxy fatal parents",
                        "/run/nginx.pid fatal",
                        "/srv/log/other.log fatal");
    }

    @Test
    void aCopiedConfigurationReplacesThatOfOpenResty() throws IOException {
        Files.writeString(
                context.resolve("nginx.conf"), "pid /tmp/nginx.pid;\nevents {}\nhttp { scgi_temp_path /tmp/scgi; }\n");
        String dockerfile =
                "FROM openresty/openresty:alpine\nCOPY nginx.conf /usr/local/openresty/nginx/conf/nginx.conf\n";

        assertThat(Contexts.found("base-image", Contexts.built(context, dockerfile, "")))
                .containsExactly(
                        "/usr/local/openresty/nginx fatal parents", "/tmp/scgi fatal parents", "/tmp/nginx.pid fatal");
    }

    @Test
    void anNginxWithoutAnHttpBlockCreatesNoDirectories() throws IOException {
        String streams = "events {}\nstream { server { listen 5432; proxy_pass db:5432; } }\n";
        assertThat(nginx(streams, "")).containsExactly("/run/nginx.pid fatal");
        assertThat(nginx("include /etc/nginx/more/*.conf;\n" + streams, ""))
                .containsExactly("/var/cache/nginx fatal parents", "/run/nginx.pid fatal");
    }

    @Test
    void theConfigurationOfRedisNamesItsDataDirectory() throws IOException {
        Files.writeString(
                context.resolve("redis.conf"), "appendonly yes\ndir /srv/redis\nlogfile \"/var/log/redis.log\"\n");
        String dockerfile = "FROM redis:7\nCOPY redis.conf /usr/local/etc/redis/redis.conf\n";

        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built(
                                context,
                                dockerfile + "CMD [\"redis-server\", \"/usr/local/etc/redis/redis.conf\"]\n",
                                "")))
                .contains("/srv/redis fatal parents", "/var/log/redis.log fatal");
        assertThat(Contexts.found("base-image", Contexts.built(context, dockerfile, "")))
                .containsExactly("/data feature parents");
    }

    private List<String> configured(String dockerfile, String text) throws IOException {
        Files.writeString(context.resolve("configuration"), text);
        return Contexts.found("base-image", Contexts.built(context, dockerfile, ""));
    }

    @Test
    void theConfigurationOfSupervisordNamesItsFiles() throws IOException {
        String dockerfile = """
                FROM python:3.12-slim
                WORKDIR /srv
                COPY configuration supervisord.conf
                CMD ["supervisord"]
                """;
        String temporary = "/tmp|/var/tmp|/usr/tmp|/srv fatal parents";

        assertThat(configured(dockerfile, """
                        [unix_http_server]
                        file=/run/supervisor.sock ; its socket
                        [supervisord]
                        logfile=/dev/null
                        logfile_maxbytes=0
                        pidfile=/run/supervisord.pid
                        [program:shop]
                        command=shop
                        stdout_logfile=/dev/stdout
                        stderr_logfile=/var/log/shop.err
                        """))
                .containsExactly(
                        temporary,
                        "/run/supervisor.sock fatal",
                        "/var/log/shop.err fatal",
                        "/run/supervisord.pid tolerated");
        assertThat(configured(dockerfile, "[supervisord]\nnodaemon=true\n"))
                .containsExactly(temporary, "/srv/supervisord.log fatal", "/srv/supervisord.pid tolerated");
        assertThat(configured(
                        dockerfile.replace("[\"supervisord\"]", "[\"supervisord\", \"-l\", \"/dev/null\"]"),
                        "[supervisord]\npidfile=/dev/null\n"))
                .containsExactly(temporary);
    }

    @Test
    void writesOfProgramsThatSupervisordStartsAreFound() throws IOException {
        assertThat(configured("""
                        FROM debian:12
                        RUN apt-get update && apt-get install -y supervisor nginx-light
                        COPY configuration /etc/supervisor/conf.d/nginx.conf
                        CMD ["supervisord", "-n"]
                        """, "[program:nginx]\ncommand=nginx -g 'daemon off;'\nstdout_logfile=/dev/stdout\n"))
                .contains("/var/lib/nginx fatal parents", "/run/nginx.pid fatal");
    }

    @Test
    void theConfigurationOfUwsgiNamesItsFiles() throws IOException {
        String text = """
                [uwsgi]
                http-socket = :8080
                socket = /run/app/uwsgi.sock
                ;socket = /run/old.sock
                pidfile = /run/app/uwsgi.pid
                logto = /dev/stdout
                stats = /run/app/%n.sock
                """;
        String dockerfile = "FROM python:3.12-slim\nWORKDIR /app\nCOPY configuration app.ini\n";

        assertThat(configured(dockerfile + "CMD [\"uwsgi\", \"app.ini\"]\n", text))
                .containsExactly("/run/app/uwsgi.sock fatal", "/run/app/uwsgi.pid fatal");
        assertThat(configured(dockerfile + "CMD [\"uwsgi\", \"--ini\", \"/app/app.ini\"]\n", text))
                .hasSize(2);
        assertThat(configured(dockerfile + "CMD [\"uwsgi\", \"--ini\", \"/other.ini\"]\n", text))
                .isEmpty();
    }

    @Test
    void theConfigurationOfPumaNamesItsFiles() throws IOException {
        assertThat(configured("FROM ruby:3.3\nWORKDIR /app\nCOPY configuration config/puma.rb\nCMD [\"puma\"]\n", """
                        port ENV.fetch("PORT", 3000)
                        pidfile ENV.fetch("PIDFILE") { "tmp/pids/server.pid" }
                        bind "unix:///run/puma.sock?umask=0111"
                        bind 'tcp://0.0.0.0:80'
                        # state_path "/old"
                        stdout_redirect "/var/log/puma.log"
                        """))
                .containsExactly("/run/puma.sock fatal", "/var/log/puma.log fatal", "/app/tmp/pids/server.pid fatal");
    }

    @Test
    void thePoolsOfPhpFpmNameTheirFiles() throws IOException {
        String dockerfile = "FROM php:8.3-fpm\nCOPY configuration /usr/local/etc/php-fpm.d/zz.conf\n";
        String pool = """
                [www]
                listen = /run/php/fpm.sock
                access.log = /proc/self/fd/2
                slowlog = /var/log/slow.log
                ;pid = /run/no.pid
                """;

        assertThat(configured(dockerfile, pool)).containsExactly("/run/php/fpm.sock fatal");
        assertThat(configured(dockerfile, pool + "request_slowlog_timeout = 5s\n"))
                .containsExactly("/run/php/fpm.sock fatal", "/var/log/slow.log fatal");
    }

    private static List<String> written(String dockerfile) {
        return Contexts.found("base-image", Contexts.built(dockerfile));
    }

    /** Each way to write a file, with the paths that are written. */
    @Test
    void aConfigurationInTheDockerfileIsReadLikeACopiedOne() {
        String from = "FROM nginx:1.27\n";
        for (String written : List.of(
                "COPY <<EOF /etc/nginx/conf.d/shop.conf\naccess_log /srv/log/shop.log;\nEOF\n",
                "ARG DIR=/srv/log\nCOPY <<EOF /etc/nginx/conf.d/shop.conf\naccess_log $DIR/shop.log;\nEOF\n",
                "COPY <<'EOF' /etc/nginx/conf.d/shop.conf\naccess_log /srv/log/shop.log;\nEOF\n",
                "RUN cat <<EOF > /etc/nginx/conf.d/shop.conf\naccess_log /srv/log/shop.log;\nEOF\n",
                "RUN <<EOF\ncat > /etc/nginx/conf.d/shop.conf <<X\naccess_log /srv/log/shop.log;\nX\nEOF\n",
                "RUN echo 'access_log /srv/log/shop.log;' > /etc/nginx/conf.d/shop.conf\n",
                "RUN printf 'server {\\n access_log /srv/log/%s.log;\\n}' shop > /etc/nginx/conf.d/shop.conf\n",
                "RUN echo 'access_log /srv/log/shop.log;' | tee /etc/nginx/conf.d/shop.conf\n")) {
            assertThat(written(from + written))
                    .as(written)
                    .containsExactly(
                            "/var/cache/nginx fatal parents", "/run/nginx.pid fatal", "/srv/log/shop.log fatal");
        }
        assertThat(written(from + "RUN echo 'pid /tmp/nginx.pid; http {}' > /etc/nginx/nginx.conf\n"))
                .containsExactly("/var/cache/nginx fatal parents", "/tmp/nginx.pid fatal");
        // The image may have a file there, to which the text is appended.
        assertThat(written(from + "RUN echo 'access_log /srv/a.log;' >> /etc/nginx/conf.d/default.conf\n"))
                .contains("? /var/cache/nginx: the content of /etc/nginx/conf.d/default.conf is not known");
        assertThat(written(from + "RUN echo \"pid $(where);\" > /etc/nginx/nginx.conf\n"))
                .contains("? /run/nginx.pid: the content of /etc/nginx/nginx.conf is not known");
        assertThat(written("""
                        FROM redis:7
                        RUN printf 'appendonly yes\\ndir /srv/redis\\n' > /etc/redis/redis.conf
                        CMD ["redis-server", "/etc/redis/redis.conf"]
                        """)).contains("/srv/redis fatal parents");
    }

    @Test
    void theEvidenceOfAConfigurationInTheDockerfileIsItsLineThere() {
        ContainerContext container = Contexts.built("""
                FROM nginx:1.27
                RUN echo 'pid /run/a.pid; http { include conf.d/*.conf; }' > /etc/nginx/nginx.conf
                COPY <<EOF /etc/nginx/conf.d/a.conf
                access_log /srv/a.log;
                EOF
                """);
        ContainerNeeds needs = ContainerNeeds.of(container, List.of(), Set.of("base-image"));
        assertThat(needs.needs())
                .flatExtracting(Need::evidence)
                .map(evidence -> evidence.location().orElseThrow().toString())
                .contains("Dockerfile:2:5", "Dockerfile:3:1");
        assertThat(needs.sources()).isEmpty();
    }

    /** The file may name any path, or none. */
    @Test
    void anUnreadableConfigurationIsReported() {
        String copy = "COPY --from=other /a /etc/redis/redis.conf\n";
        assertThat(written("FROM redis:7\n" + copy + "CMD [\"redis-server\", \"/etc/redis/redis.conf\"]\n"))
                .contains("? the program: the content of /etc/redis/redis.conf is not known");
        assertThat(written("FROM python:3.12-slim\nCOPY --from=other /a /app.ini\nCMD [\"uwsgi\", \"/app.ini\"]\n"))
                .containsExactly("? the program: the content of /app.ini is not known");
    }

    @Test
    void fluentBitWritesPositionsToThePathInItsConfiguration() throws IOException {
        Files.writeString(context.resolve("fluent-bit.conf"), """
                [SERVICE]
                    storage.path /var/lib/buffers
                [INPUT]
                    Name tail
                    Path /var/log/*.log
                    DB   /var/lib/tail.db
                """);
        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built(
                                context,
                                "FROM fluent/fluent-bit:3.2\nCOPY fluent-bit.conf /fluent-bit/etc/fluent-bit.conf\n",
                                "")))
                .containsExactly("/var/lib/buffers fatal", "/var/lib/tail.db fatal");
    }

    @Test
    void theEvidenceIsTheLineOfTheConfiguration() throws IOException {
        Files.writeString(context.resolve("nginx.conf"), "user nginx;\npid /run/a.pid;\n");
        ContainerContext container =
                Contexts.built(context, "FROM nginx:1.27\nCOPY nginx.conf /etc/nginx/nginx.conf\n", "");
        ContainerNeeds needs = ContainerNeeds.of(container, List.of(), Set.of("base-image"));
        assertThat(needs.needs())
                .filteredOn(need -> need.alternatives().toString().contains("a.pid"))
                .flatExtracting(Need::evidence)
                .map(Evidence::location)
                .map(location -> location.orElseThrow().toString())
                .containsExactly("nginx.conf:2:5");
        assertThat(needs.sources()).map(Object::toString).containsExactly("nginx.conf");
    }

    @Test
    void anUnknownConfigurationMakesTheNeedsUnknown() throws IOException {
        List<String> open = List.of(
                "? /var/cache/nginx: the content of /etc/nginx/nginx.conf is not known",
                "? /run/nginx.pid: the content of /etc/nginx/nginx.conf is not known");
        assertThat(nginx("", "RUN sed -i \"s,/run,$(where),\" /etc/nginx/nginx.conf\n"))
                .containsAll(open);
        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built("FROM nginx:1.27\nCOPY --from=other /etc/nginx.conf /etc/nginx/nginx.conf\n")))
                .containsAll(open);
        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built(
                                "FROM nginx:1.27\n",
                                "\"mountPoints\": [{\"sourceVolume\": \"v\", \"containerPath\": \"/etc/nginx\"}]")))
                .containsAll(open);
    }

    @Test
    void aRunInstructionThatDoesNotChangeTheConfigurationKeepsItKnown() {
        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built("FROM nginx:1.27\nRUN chown -R nginx /etc/nginx /var/cache/nginx\n")))
                .containsExactly("/var/cache/nginx fatal parents", "/run/nginx.pid fatal");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    nginx:1.27                 | "entryPoint": ["sleep", "60"]                        =>
                    nginx:1.27                 | "command": ["nginx-debug", "-g", "daemon off;"]      =>
                    nginx:1.27                 | "entryPoint": ["nginx", "-g", "pid /tmp/n.pid;"]     => /var/cache/nginx fatal parents; /tmp/n.pid fatal
                    registry.example/nginx:1   |                                                      =>
                    public.ecr.aws/docker/library/nginx:1 |                                           => /var/cache/nginx fatal parents; /run/nginx.pid fatal
                    grafana/grafana:11.0.0     | "entryPoint": ["sleep", "60"]                        =>
                    grafana/grafana:11.0.0     | "command": ["sleep", "60"]                           =>
                    amazon/aws-xray-daemon     |                                                      =>
                    public.ecr.aws/aws-observability/aws-for-fluent-bit:stable | "firelensConfiguration": {"type": "fluentbit"} =>
                    fluent/fluentd:v1.16       | "firelensConfiguration": {"type": "fluentd"}         => /tmp fatal
                    """)
    void aSidecarHasTheNeedsOfItsImageUnlessItRunsAnotherProgram(String container, String needs) {
        String[] parts = container.split(Pattern.quote("|"), -1);
        assertThat(String.join(
                        "; ", Contexts.found("base-image", Contexts.published(parts[0].strip(), parts[1].strip()))))
                .isEqualTo(needs == null ? "" : needs);
    }

    @Test
    void gunicornsConfigurationFileMayNameTheDirectory() throws IOException {
        Files.writeString(context.resolve("gunicorn.conf.py"), "bind = ':8000'\nworker_tmp_dir = '/dev/shm'\n");
        String dockerfile = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD [\"gunicorn\", \"shop.wsgi\"]\n";
        assertThat(Contexts.found("base-image", Contexts.built(context, dockerfile, "")))
                .containsExactly("/dev/shm fatal parents");
    }

    @Test
    void writesOfAProgramThatOnlyAConditionStartsAreTolerated() {
        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built("FROM node:22\nCMD if [ -f /proc/x ]; then yarn start; else node x; fi\n")))
                .contains("/tmp tolerated parents");
    }

    @Test
    void aLogThatIsOffIsNotNeeded() throws IOException {
        Files.writeString(
                context.resolve("nginx.conf"),
                "error_log stderr warn;\npid /tmp/nginx.pid;\nhttp {\n  access_log off;\n}\n");

        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built(
                                context,
                                "FROM debian:13\nCOPY nginx.conf /etc/nginx/nginx.conf\nCMD [\"nginx\"]\n",
                                "")))
                .containsExactly("/var/lib/nginx fatal parents", "/tmp/nginx.pid fatal");
    }

    @ParameterizedTest
    @CsvSource({
        "apt-get install -y nginx && apt-get purge -y nginx",
        "apt-get install nginx-doc",
        "test -f x && apk add nginx"
    })
    void aProgramThatIsNotCertainlyInstalledFromAPackageHasNoNeeds(String run) {
        assertThat(Contexts.found(
                        "base-image",
                        Contexts.built("FROM eclipse-temurin:21-jre\nRUN " + run + " || true\nCMD [\"nginx\"]\n")))
                .isEmpty();
    }
}
