// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.need.project.CodeBase;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.start.BaseDirectories;
import io.github.readonlyrootfs.start.Environment;
import io.github.readonlyrootfs.start.Jvm;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.start.StartContext;
import io.github.readonlyrootfs.start.Writer;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known about a container, for the finders of needs. Anything expensive is read once, when it is first needed. */
public final class ContainerContext {

    /** The most characters of its files that are cached; a program's whole configuration is smaller. */
    private static final int MAX_TEXTS = 500_000;

    private final StartContext context;
    private final StartCommand start;
    private final StartCommand healthCheck;
    private final JavaDirectories java;
    private final Map<ContainerPath, Optional<SourceFile>> texts = new HashMap<>();
    private int textLength;
    private final ProjectApplication application;
    private final CodeBase codeBase;
    private @Nullable SourceCode sourceCode;

    private ContainerContext(
            ContainerDefinition definition,
            Image image,
            Optional<ProjectFacts> project,
            CodeBase codeBase,
            Effort effort) {
        this.codeBase = codeBase;
        this.context = StartContext.of(definition, image, effort);
        this.start = StartCommand.of(context);
        this.healthCheck = StartCommand.ofHealthCheck(context);
        this.java = JavaDirectories.of(context, start);
        this.application = new ProjectApplication(this, project);
    }

    /**
     * A container of a task.
     *
     * @param project the one that its image is built from; empty for other containers
     * @param effort what may be spent on following what it starts
     */
    public static ContainerContext of(
            ContainerDefinition definition, Image image, Optional<ProjectFacts> project, Effort effort) {
        return of(definition, image, project, CodeBase.NONE, effort);
    }

    /** @param codeBase what its image is built from, besides a Maven or Gradle project */
    public static ContainerContext of(
            ContainerDefinition definition,
            Image image,
            Optional<ProjectFacts> project,
            CodeBase codeBase,
            Effort effort) {
        return new ContainerContext(definition, image, project, codeBase, effort);
    }

    public ContainerDefinition definition() {
        return context.container();
    }

    public Image image() {
        return context.image();
    }

    /** The text of a file in its image that the Dockerfile copies from the project or writes; empty if it is unknown. */
    public synchronized Optional<SourceFile> text(ContainerPath file) {
        Optional<SourceFile> kept = texts.get(file);
        if (kept != null) {
            return kept;
        }
        Optional<FileContent> content = image().files().content(file);
        Optional<SourceFile> text = content.isPresent() ? content.get().read() : Optional.empty();
        int length = text.isPresent() ? text.get().text().length() : 0;
        if (textLength + length <= MAX_TEXTS) {
            texts.put(file, text);
            textLength += length;
        }
        return text;
    }

    public Environment environment() {
        return context.environment();
    }

    public StartCommand start() {
        return start;
    }

    /** The command of the task definition's health check; without commands if there is none. */
    public StartCommand healthCheck() {
        return healthCheck;
    }

    /** Whether the engine starts a script of the published image, see {@link StartCommand#startsScript}. */
    public Truth startsScript(String name) {
        return start.startsScript(name, image(), directories().workdir());
    }

    /** The directories that relative paths start from. */
    public BaseDirectories directories() {
        return context.directories();
    }

    /** The directories of its JVM, if it runs one. */
    public JavaDirectories java() {
        return java;
    }

    /** The application that it runs, as far as a project tells. */
    public ProjectApplication application() {
        return application;
    }

    /** What its image is built from, besides a Maven or Gradle project. */
    public CodeBase codeBase() {
        return codeBase;
    }

    /** The sources of its application in languages that are not compiled for a JVM. */
    public synchronized SourceCode sourceCode() {
        if (sourceCode == null) {
            sourceCode = SourceCode.of(this);
        }
        return sourceCode;
    }

    /** The user of its application: of its JVM, or of the last command of the start. */
    public Writer applicationWriter() {
        Writer writer = null;
        for (Jvm jvm : java.jvms()) {
            Writer other = jvm.command().writer();
            if (writer != null && !writer.key().equals(other.key())) {
                return Writer.CONTAINERS_OWN;
            }
            writer = writer == null ? other : writer;
        }
        return writer == null ? start.application() : writer;
    }

    /** The user of its application, in the form of {@code USER}; empty if that is unknown. */
    public Optional<String> user() {
        return user(applicationWriter());
    }

    /** The user who writes, in the form of {@code USER}; empty if that is unknown. */
    public Optional<String> user(Writer writer) {
        return writer.user().isAbsent() ? context.user() : writer.user().known();
    }

    /** Where something is mounted: by the task, or as a VOLUME of the image. */
    public List<ContainerPath> mounts() {
        List<ContainerPath> mounts = new ArrayList<>(context.mounts().keySet());
        for (Image.ImageVolume volume : image().config().volumes().declared()) {
            mounts.add(volume.path());
        }
        return mounts;
    }
}
