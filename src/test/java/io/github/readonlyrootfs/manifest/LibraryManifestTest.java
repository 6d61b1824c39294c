// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryManifestTest {

    @TempDir
    Path directory;

    private Set<String> read(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        assertThat(Manifests.namesLibraries(file)).as(name).isTrue();
        return Manifests.libraries(List.of(file)).names();
    }

    @Test
    void packageJsonNamesWhatRunsButNotWhatBuilds() throws IOException {
        assertThat(read("package.json", """
                {"name": "shop", "scripts": {"start": "node ."},
                 "dependencies": {"express": "^4.19.2", "@nestjs/core": "~10.0", "local": "file:../local"},
                 "devDependencies": {"jest": "29"}}
                """)).containsExactly("npm:express", "npm:@nestjs/core", "npm:local");
    }

    @Test
    void requirementsMayHaveVersionsExtrasCommentsAndOtherFiles() throws IOException {
        Files.writeString(directory.resolve("base.txt"), "python_multipart==0.0.9\n");
        assertThat(read("requirements.txt", """
                # comment
                -r base.txt
                Django==4.2.1
                uvicorn[standard]>=0.30 ; python_version > "3.8"
                --index-url https://example.com
                git+https://example.com/x.git
                """)).containsExactly("pypi:django", "pypi:uvicorn", "pypi:git");
        assertThat(Manifests.libraries(List.of(directory.resolve("requirements-prod.txt")))
                        .names())
                .isEmpty();
    }

    @Test
    void pythonProjectsAreReadInBothForms() throws IOException {
        assertThat(read("pyproject.toml", """
                [project]
                name = "app"
                dependencies = [
                  "fastapi[standard]>=0.110",
                  'gradio',
                ]
                [tool.poetry.dependencies]
                python = "^3.11"
                celery = {extras = ["redis"], version = "^5.3"}
                [tool.poetry.group.dev.dependencies]
                pytest = "^8"
                """))
                .contains("pypi:fastapi", "pypi:gradio", "pypi:celery")
                .doesNotContain("pypi:pytest");
        assertThat(read(
                        "Pipfile",
                        "[[source]]\nurl = \"x\"\n[packages]\nflask = \"*\"\n[dev-packages]\nblack = \"*\"\n"))
                .containsExactly("pypi:flask");
    }

    @Test
    void theOtherLanguagesHaveOneFormEach() throws IOException {
        assertThat(read("composer.json", "{\"require\": {\"php\": \"^8.1\", \"laravel/framework\": \"^10.0\"}}"))
                .contains("composer:laravel/framework");
        assertThat(read("Gemfile", """
                source "https://rubygems.org"
                gem "rails", "~> 7.1.2"
                gem 'bootsnap', require: false
                group :development, :test do
                  gem "debug"
                end
                gem "sidekiq"
                """)).containsExactly("gem:rails", "gem:bootsnap", "gem:sidekiq");
        assertThat(read("go.mod", """
                module shop
                require github.com/one/alone v1.2.3
                require (
                \tgithub.com/gin-gonic/gin v1.10.0
                \tgolang.org/x/net v0.20.0 // indirect
                )
                """)).containsExactly("go:github.com/one/alone", "go:github.com/gin-gonic/gin");
        assertThat(
                        read(
                                "Cargo.toml",
                                "[package]\nname = \"x\"\n\n[dependencies]\naxum = \"0.7\"\nserde_json = { version = \"1\" }\n"))
                .containsExactly("cargo:axum", "cargo:serde-json");
        assertThat(read("Shop.csproj", """
                <Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup>
                  <PackageReference Include="Serilog.Sinks.File" Version="5.0.0" />
                </ItemGroup></Project>
                """)).containsExactly("nuget:serilog.sinks.file");
    }
}
