// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SourceFinderTest {

    private static final String NODE = "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n";
    private static final String PYTHON =
            "FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD [\"uvicorn\", \"app.main:app\"]\n";

    @TempDir
    Path context;

    private void file(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> found(String dockerfile) {
        return found(dockerfile, "");
    }

    private List<String> found(String dockerfile, String members) {
        ContainerContext container = Contexts.built(context, dockerfile, members);
        return Contexts.found("source", container);
    }

    @Test
    void literalsJoinsAndNamesThatAreSetOnceAreSpelledOut() throws IOException {
        file("server.js", """
                const uploads = path.join(__dirname, 'data', 'uploads');
                fs.mkdirSync(uploads, { recursive: true });
                fs.writeFileSync('./state.json', text);
                fs.appendFile(`logs/${day}.log`, line);
                app.use(multer({ dest: 'incoming/' }).single('file'));
                const db = new sqlite3.Database(process.env.DB || "shop.db");
                const folder = 'out';
                fs.writeFile(path.join(process.cwd(), folder, name), text);
                fs.writeFile(path.join(process.cwd(), name), text);
                const inside = `${kind}/${name}`;
                fs.writeFile(path.join(uploads, inside), text);
                const key = 'dev.key';
                fs.writeFile(key, 'w');
                """);

        assertThat(found(NODE))
                .containsExactlyInAnyOrder(
                        "/app/data/uploads feature parents",
                        "/app/state.json feature parents",
                        "/app/logs feature parents",
                        "/app/incoming feature parents",
                        "/app/out feature parents",
                        "/app/dev.key feature parents",
                        "/app/shop.db feature parents");
        assertThat(found(NODE, "\"environment\": [{\"name\": \"DB\", \"value\": \"/data/shop.db\"}]"))
                .contains("/data/shop.db feature parents")
                .doesNotContain("/app/shop.db feature parents");
        assertThat(found(NODE, "\"environment\": [{\"name\": \"DB\", \"value\": \"shop\"}]"))
                .doesNotContain("/app/shop.db feature parents", "/app/shop feature parents");
    }

    @Test
    void whatIsComputedOrCommentedOutOrSetTwiceIsNot() throws IOException {
        file("server.js", """
                // fs.mkdirSync('commented');
                /* fs.mkdirSync('commented'); */
                let place = 'one';
                place = 'two';
                fs.mkdirSync(place);
                fs.mkdirSync(config.place);
                fs.mkdirSync(process.env.PLACE);
                fs.writeFileSync(`${home}/x`, text);
                const url = "http://host/fs.mkdirSync('x')";
                """);

        assertThat(found(NODE)).isEmpty();
    }

    @Test
    void whatTheProgramDoesNotImportAndTestsAreNotRead() throws IOException {
        file("server.js", "const log = require('./lib/log');\n");
        file("lib/log.js", "fs.mkdirSync('logs');\n");
        file("seed.js", "fs.writeFileSync('seed.json', x);\n");
        file("once.js", "fs.writeFileSync('once.json', x);\n");
        file("test/log.test.js", "fs.mkdirSync('tested');\n");
        file("node_modules/x/index.js", "fs.mkdirSync('other');\n");

        assertThat(found(NODE)).containsExactly("/app/logs feature parents");
    }

    @Test
    void aProgramWithoutAnEndingIsReadForWhatItImports() throws IOException {
        file("bin/www", "#!/usr/bin/env node\nconst log = require('../lib/log');\nfs.mkdirSync('www');\n");
        file("lib/log.js", "fs.mkdirSync('logs');\n");
        file("once.js", "fs.writeFileSync('once.json', x);\n");

        assertThat(found(NODE.replace("server.js", "./bin/www")))
                .containsExactlyInAnyOrder("/app/logs feature parents", "/app/www feature parents");
    }

    @Test
    void aModuleOfTheProjectIsRunByPython() throws IOException {
        file("shop/__main__.py", "from shop import log\n");
        file("shop/log.py", "os.makedirs('logs')\n");
        file("once.py", "os.makedirs('once')\n");

        assertThat(found(PYTHON.replace("\"uvicorn\", \"app.main:app\"", "\"python\", \"-m\", \"shop\"")))
                .containsExactly("/app/logs feature parents");
    }

    @Test
    void aDirectoryThatTheImageHasIsNotMade() throws IOException {
        file("server.js", "fs.mkdirSync('logs', { recursive: true });\n");

        assertThat(found(NODE.replace("CMD", "RUN mkdir logs\nCMD"))).isEmpty();
    }

    @Test
    void pythonSpellsPathsFromItsFileAndFromItsDirectory() throws IOException {
        file("app/__init__.py", "");
        file("app/main.py", """
                from app.settings import MEDIA
                from logging.handlers import RotatingFileHandler
                # os.makedirs("commented")
                os.makedirs(os.path.join(os.path.dirname(__file__), "cache"), exist_ok=True)
                handler = RotatingFileHandler("logs/app.log", maxBytes=1)
                engine = create_engine("sqlite:///./app.db")
                with open(f"out/{name}.csv", "w") as out:
                    pass
                with open("config.yml") as read_only:
                    pass
                """);
        file("app/settings.py", "BASE = Path(__file__).resolve().parent.parent\nos.makedirs(BASE / 'media')\n");
        file("train.py", "open('model.pkl', 'wb')\n");

        assertThat(found(PYTHON))
                .containsExactlyInAnyOrder(
                        "/app/app/cache feature parents",
                        "/app/logs/app.log feature parents",
                        "/app/app.db feature parents",
                        "/app/out feature parents",
                        "/app/media feature parents");
        assertThat(found(PYTHON, "\"environment\": [{\"name\": \"ENGINE\", \"value\": \"postgres://db\"}]"))
                .doesNotContain("/app/app.db feature parents");
    }

    @Test
    void whatACommandOfTheStartWritesItCannotDoWithout() throws IOException {
        String django = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD [\"sh\", \"-c\", \"%sgunicorn shop.wsgi\"]\n";
        file("manage.py", "import django\n");
        file("shop/settings.py", """
                BASE_DIR = Path(__file__).resolve().parent.parent
                STATIC_ROOT = os.path.join(BASE_DIR, 'staticfiles')
                MEDIA_ROOT = BASE_DIR / 'media'
                DATABASES = {'default': {'NAME': BASE_DIR / 'db.sqlite3'}}
                """);

        assertThat(found(django.formatted(""))).containsExactly("/app/db.sqlite3 feature parents");
        assertThat(found(django.formatted("python manage.py collectstatic && python manage.py migrate && ")))
                .containsExactlyInAnyOrder("/app/db.sqlite3 fatal parents", "/app/staticfiles fatal parents");
        file("shop/models.py", "picture = models.ImageField()\n");
        assertThat(found(django.formatted("")))
                .containsExactlyInAnyOrder("/app/db.sqlite3 feature parents", "/app/media feature parents");
        file("shop/production.py", "ENGINE = 'django.db.backends.postgresql'\n");
        assertThat(found(django.formatted("python manage.py migrate; "))).containsExactly("/app/media feature parents");
    }

    @Test
    void aDatabaseOfDjangosMayHaveAnyEnding() throws IOException {
        file("manage.py", "import django\n");
        file(
                "shop/settings.py",
                "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'shop.db'}}\n");

        assertThat(found(PYTHON.replace("\"uvicorn\", \"app.main:app\"", "\"python\", \"manage.py\", \"runserver\"")))
                .containsExactly("/app/shop.db fatal parents");
    }

    @Test
    void codeThatTheContainerDoesNotRunIsNotRead() throws IOException {
        file("server.js", "fs.mkdirSync('logs');\n");

        assertThat(found("FROM nginx:1.27\nCOPY . /usr/share/nginx/html/\n")).isEmpty();
    }

    @Test
    void ofSeveralProgramsInDirectoriesOfTheirOwnOnlyTheOneThatStartsIsRead() throws IOException {
        file("go.mod", "module example.com/shop\n");
        file("cmd/shop/main.go", "package main\nfunc main() { os.WriteFile(\"state.json\", b, 0o644) }\n");
        file("cmd/generate/main.go", "package main\nfunc main() { os.WriteFile(\"generated.json\", b, 0o644) }\n");
        file("internal/log.go", "package internal\nfunc log() { os.Create(\"shop.log\") }\n");

        assertThat(found("""
                FROM alpine:3.20
                WORKDIR /data
                COPY . .
                RUN go build -o /usr/local/bin/shop ./cmd/shop
                ENTRYPOINT ["/usr/local/bin/shop"]
                """))
                .containsExactlyInAnyOrder("/data/state.json feature parents", "/data/shop.log feature parents");
        file("magefile.go", "package main\nfunc Release() { os.WriteFile(\"CHANGELOG.md\", b, 0o644) }\n");
        assertThat(found("""
                FROM alpine:3.20
                WORKDIR /data
                COPY . .
                RUN go build -o /usr/local/bin/server ./cmd/shop
                ENTRYPOINT ["/usr/local/bin/server"]
                """))
                .describedAs("neither is named like the command")
                .containsExactly("/data/shop.log feature parents");
    }

    @Test
    void aCommandOfDjangosIsReadOnlyIfTheStartGivesIt() throws IOException {
        file("shop/wsgi.py", "import django\n");
        file("shop/management/commands/fetch.py", "open(\"fetched.csv\", \"w\")\n");
        String dockerfile = "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD [\"%s\"]\n";

        assertThat(found(dockerfile.formatted("gunicorn\", \"shop.wsgi"))).isEmpty();
        assertThat(found(dockerfile.formatted("python\", \"manage.py\", \"fetch")))
                .containsExactly("/app/fetched.csv feature parents");
    }

    @Test
    void callsOfGoRustRubyAndDotnetAreKnown() throws IOException {
        file("main.go", """
                db, err := bolt.Open("shop.db", 0o600, nil)
                log.SetOutput(&lumberjack.Logger{
                    Filename: "logs/shop.log",
                })
                c.SaveUploadedFile(file, "uploads/"+file.Filename)
                options := badger.DefaultOptions("/var/lib/badger")
                """);
        assertThat(found("FROM golang:1.24\nWORKDIR /app\nCOPY main.go ./\nCMD [\"/app/shop\"]\n"))
                .containsExactlyInAnyOrder(
                        "/app/shop.db feature parents",
                        "/app/logs/shop.log feature parents",
                        "/app/uploads feature parents",
                        "/var/lib/badger feature parents");
        file("src/main.rs", """
                fs::write("state.json", text)?;
                let log = OpenOptions::new().create(true).append(true).open("shop.log")?;
                let text = OpenOptions::new().read(true).open("read.txt")?;
                let appender = tracing_appender::rolling::daily("logs", "shop.log");
                let pool = SqlitePool::connect("sqlite://data/shop.db?mode=rwc").await?;
                """);
        assertThat(found("FROM rust:1.85\nWORKDIR /app\nCOPY src src\nCMD [\"/app/shop\"]\n"))
                .containsExactlyInAnyOrder(
                        "/app/state.json feature parents",
                        "/app/shop.log feature parents",
                        "/app/logs feature parents",
                        "/app/data/shop.db feature parents");
        file("app.rb", """
                Dir.mkdir('uploads')
                File.write('state.json', text)
                logger = Logger.new('log/shop.log')
                quiet = Logger.new(STDOUT)
                db = SQLite3::Database.new 'no.db'
                db = SQLite3::Database.new('shop.db')
                """);
        assertThat(found("FROM ruby:3.3\nWORKDIR /app\nCOPY app.rb ./\nCMD [\"ruby\", \"app.rb\"]\n"))
                .containsExactlyInAnyOrder(
                        "/app/uploads feature parents",
                        "/app/state.json feature parents",
                        "/app/log/shop.log feature parents",
                        "/app/shop.db feature parents");
        file("Program.cs", """
                using var writer = new StreamWriter("out.txt");
                using var stream = new FileStream("data.bin", FileMode.Create);
                using var reader = new FileStream("read.bin", FileMode.Open);
                """);
        assertThat(found("FROM debian:13\nWORKDIR /app\nCOPY Program.cs ./\nCMD [\"dotnet\", \"shop.dll\"]\n"))
                .containsExactlyInAnyOrder("/app/out.txt feature parents", "/app/data.bin feature parents");
    }

    /** How each ecosystem's program is started, and the file that has its code. */
    private static final Map<String, List<String>> PROGRAMS = Map.of(
            "npm", List.of("server.js", "node:22", "node server.js"),
            "pypi", List.of("app.py", "python:3.13", "python app.py"),
            "composer", List.of("index.php", "php:8.4-cli", "php index.php"),
            "gem", List.of("app.rb", "ruby:3.4", "ruby app.rb"),
            "go", List.of("main.go", "golang:1.24", "/app/shop"),
            "cargo", List.of("src/main.rs", "rust:1.85", "/app/shop"),
            "nuget", List.of("Program.cs", "mcr.microsoft.com/dotnet/aspnet:9.0", "dotnet shop.dll"));

    @TestFactory
    Stream<DynamicTest> eachLineOfCodeIsFound() throws IOException {
        return rows("src/test/resources/need/source-calls.txt")
                .map(row -> DynamicTest.dynamicTest(row[1], () -> {
                    List<String> program = PROGRAMS.get(row[0]);
                    Path project = Files.createTempDirectory(context, "project");
                    Path code = project.resolve(program.get(0));
                    Files.createDirectories(code.getParent());
                    Files.writeString(code, row[1] + "\n");
                    Files.writeString(project.resolve("manage.py"), row[1] + "\n");
                    String command =
                            row[1].contains("collectstatic") ? "python manage.py collectstatic" : program.get(2);
                    String dockerfile = "FROM %s\nWORKDIR /app\nCOPY . .\nCMD [\"%s\"]\n"
                            .formatted(program.get(1), command.replace(" ", "\", \""));

                    assertThat(Contexts.found("source", Contexts.built(project, dockerfile, "")))
                            .as(row[1])
                            .extracting(need -> need.split(" ")[0])
                            .containsExactly(row[2]);
                }));
    }

    @Test
    void eachRowOfCallsHasALineOfCode() throws IOException {
        List<String[]> examples =
                rows("src/test/resources/need/source-calls.txt").toList();
        rows("src/main/resources/io/github/readonlyrootfs/need/finder/source-calls.txt")
                .forEach(row -> assertThat(examples)
                        .as(String.join(" | ", row))
                        .anyMatch(example -> example[0].equals(row[0])
                                && Pattern.compile(row[3].split(" (?:&&|!!|@@) ")[0])
                                        .matcher(example[1])
                                        .find()));
    }

    private static Stream<String[]> rows(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 4));
    }
}
