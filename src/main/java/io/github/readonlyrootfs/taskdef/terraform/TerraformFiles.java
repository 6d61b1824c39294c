// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Body;
import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.hcl.HclReader;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a Terraform configuration, by their paths from its root module. Each is read once. */
public final class TerraformFiles implements Outline.Files {

    static final String ROOT = ".";

    /** The files of variables that Terraform reads without being asked: one of this name, and those of this ending. */
    private static final String VARIABLES = "terraform.tfvars";

    private static final String AUTO_VARIABLES = ".auto.tfvars";

    /** What the names of the same files in JSON end with. */
    private static final String JSON = ".json";

    /** A variable or a local value. */
    private static final Pattern NAME = Pattern.compile("(var|local)\\.([\\w-]+)");

    /** The source of a module in a directory, as Terragrunt's files have it. */
    private static final Pattern MODULE =
            Pattern.compile("\"(?:\\$\\{get_terragrunt_dir\\(\\)}/)?(\\.\\.?/[^\"$?]*+)\"");

    /** A configuration has a few dozen. */
    private static final int MAX_FILES = 1_000;

    private final Directory directory;
    private final Location place;
    private final Optional<String> file;
    private final Optional<SourceFile> terragrunt;
    private final Map<String, SourceFile> read = new LinkedHashMap<>();
    private final Map<String, ModuleBlocks> modules = new HashMap<>();
    private final Map<Location, Optional<ModuleBlocks>> publicModules = new HashMap<>();
    private final Map<Location, Map<String, String>> names = new HashMap<>();

    /** The directory of the root module. Paths are relative to it, with forward slashes. */
    public interface Directory {

        /** The names of the files in a directory, in order; none where it cannot be read. */
        List<String> files(String path);

        /** The names of the directories in the root module's. */
        List<String> directories();

        /** @throws UnreadableSourceException if there is no such file, or it is not a text */
        SourceFile read(String path) throws UnreadableSourceException;
    }

    /**
     * Those of a root module.
     *
     * @param place what the user named, for messages
     * @param file the name of the file whose task definitions count; empty for all
     * @param terragrunt the file of Terragrunt's that runs the module, if one was named
     */
    public TerraformFiles(Directory directory, Location place, Optional<String> file, Optional<SourceFile> terragrunt) {
        this.directory = directory;
        this.place = place;
        this.file = file;
        this.terragrunt = terragrunt;
        terragrunt.ifPresent(source -> read.put(source.name(), source));
    }

    /** The module that a file of Terragrunt's runs, if it is a directory: its path from that of the file. */
    public static Optional<String> module(SourceFile terragrunt) throws UnreadableSourceException {
        return HclReader.read(terragrunt).blocks("terraform").stream()
                .flatMap(block -> block.body().value("source").stream())
                .map(source -> terragrunt.text(source.location()))
                .map(MODULE::matcher)
                .filter(Matcher::matches)
                .map(path -> path.group(1).replace("//", "/"))
                .findFirst();
    }

    /** What Terragrunt gives to the variables, which counts less than the files of variables. */
    private Optional<Body> inputs() throws UnreadableSourceException {
        Optional<Expression> inputs =
                terragrunt.isPresent() ? HclReader.read(terragrunt.get()).value("inputs") : Optional.empty();
        if (inputs.isEmpty() || !(inputs.get() instanceof Expression.ObjectValue object)) {
            return Optional.empty();
        }
        Map<String, Body.Argument> named = new LinkedHashMap<>();
        for (Expression.Item item : object.items()) {
            item.name()
                    .ifPresent(name ->
                            named.put(name, new Body.Argument(name, item.key().location(), item.value())));
        }
        return Optional.of(new Body(named, List.of()));
    }

    Optional<String> file() {
        return file;
    }

    Location place() {
        return place;
    }

    /** The files that have been read. */
    public Collection<SourceFile> sources() {
        return read.values();
    }

    public SourceFile source(Location place) {
        return named(place.file()).orElseGet(() -> SourceFile.of(place.file(), ""));
    }

    private Optional<SourceFile> named(String name) {
        return read.values().stream()
                .filter(source -> source.name().equals(name))
                .findFirst();
    }

    /** Remembers how the object that a public module makes a container of calls ECS's keys. */
    void call(Location object, ObjectNode keys) {
        Map<String, String> written = new HashMap<>();
        keys.members().forEach(row -> row.value().scalar().ifPresent(key -> written.put(key, row.key())));
        names.put(object, written);
    }

    @Override
    public Map<String, String> names(Location object) {
        return names.getOrDefault(object, Map.of());
    }

    @Override
    public Optional<Outline.Written> written(String name) {
        return named(name).map(source -> new Outline.Written(source, WrittenConfiguration.roots(source)));
    }

    @Override
    public Optional<Location> origin(Location reference) {
        Matcher name = NAME.matcher(source(reference).text(reference));
        if (!name.matches()) {
            return Optional.empty();
        }
        Pattern use = Pattern.compile("\\b" + name.group() + "(?![\\w-])");
        String directory = directory(reference.file());
        List<SourceFile> beside = read.values().stream()
                .filter(file -> directory(file.name()).equals(directory))
                .toList();
        long uses = beside.stream()
                .flatMap(file -> use.matcher(file.text()).results())
                .count();
        if (uses != 1) {
            return Optional.empty();
        }
        List<Expression> values = beside.stream()
                .flatMap(file -> value(file, name.group(1), name.group(2)).stream())
                .toList();
        // Of several places, the one that counts is not looked for.
        return values.size() == 1 && Literals.value(values.get(0)).isPresent()
                ? Optional.of(values.get(0).location())
                : Optional.empty();
    }

    private static String directory(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    /** What a file says of a variable or a local value. */
    private static Optional<Expression> value(SourceFile file, String kind, String name) {
        try {
            boolean variable = kind.equals("var");
            if (isVariables(file.name())) {
                return variable ? values(file).value(name) : Optional.empty();
            }
            if (!Notation.isTerraform(file.name())) {
                return Optional.empty();
            }
            ModuleBlocks blocks = new ModuleBlocks(List.of(configuration(file)));
            return variable
                    ? blocks.block("variable", name)
                            .flatMap(block -> block.body().value("default"))
                    : blocks.local(name).map(Body.Argument::value);
        } catch (UnreadableSourceException e) {
            return Optional.empty();
        }
    }

    ModuleBlocks module(String path) throws UnreadableSourceException {
        ModuleBlocks known = modules.get(path);
        if (known == null) {
            known = new ModuleBlocks(bodies(path));
            modules.put(path, known);
        }
        return known;
    }

    /** What is known of a public module, once for all instances of a call. */
    Optional<ModuleBlocks> module(String source, Optional<String> version, Location call) {
        return publicModules.computeIfAbsent(call, place -> PublicModules.find(source, version, place));
    }

    private List<Body> bodies(String path) throws UnreadableSourceException {
        List<Body> bodies = new ArrayList<>();
        List<String> files = directory.files(path);
        for (String each : files) {
            // OpenTofu takes the one of its own where there are both.
            String own = each.replaceFirst("\\.tf((?:\\.json)?)$", ".tofu$1");
            boolean replaced = !own.equals(each) && files.contains(own);
            if (Notation.isTerraform(each) && !replaced) {
                Body body = configuration(read(resolved(path, each)));
                rejectOverride(each, body);
                bodies.add(body);
            }
        }
        return bodies;
    }

    private static Body configuration(SourceFile file) throws UnreadableSourceException {
        return Notation.isTerraformJson(file.name()) ? TerraformJson.configuration(file) : HclReader.read(file);
    }

    private static Body values(SourceFile file) throws UnreadableSourceException {
        return file.name().endsWith(JSON) ? TerraformJson.values(file) : HclReader.read(file);
    }

    /** Whether a file has values for variables. */
    static boolean isVariables(String name) {
        return name.endsWith(".tfvars") || name.endsWith(".tfvars" + JSON);
    }

    /** A file of a certain name changes single arguments of blocks in other files. */
    private static void rejectOverride(String name, Body body) throws UnreadableSourceException {
        if (name.matches("(?:.*_)?override\\.(?:tf|tofu)(?:\\.json)?")
                && !body.blocks().isEmpty()) {
            throw new UnreadableSourceException(new Problem(
                    body.blocks().get(0).typeLocation(),
                    "an override file changes what other files say, and is not evaluated",
                    "set `taskDefinition` to what `terraform show -json` prints of a plan"));
        }
    }

    /** Whether there is a directory with configuration files. */
    boolean isModule(String path) {
        return directory.files(path).stream().anyMatch(Notation::isTerraform);
    }

    /** The values of variables that Terraform reads without being asked, the ones that win last. */
    List<Body> variables() throws UnreadableSourceException {
        List<Body> bodies = new ArrayList<>();
        inputs().ifPresent(bodies::add);
        for (String each : automatic()) {
            bodies.add(values(read(each)));
        }
        return bodies;
    }

    /** The names of the files of variables that Terraform reads without being asked, the ones that win last. */
    private List<String> automatic() {
        List<String> files = directory.files(ROOT);
        return Stream.concat(
                        Stream.of(VARIABLES, VARIABLES + JSON).filter(files::contains),
                        files.stream()
                                .filter(each -> each.endsWith(AUTO_VARIABLES) || each.endsWith(AUTO_VARIABLES + JSON)))
                .toList();
    }

    /** The values of variables that somebody may name when Terraform runs, in the directory or in one below it. */
    List<Body> otherVariables() throws UnreadableSourceException {
        List<String> directories = new ArrayList<>(directory.directories());
        directories.add(ROOT);
        List<String> automatic = automatic();
        List<Body> bodies = new ArrayList<>();
        for (String path : directories) {
            for (String each : directory.files(path)) {
                boolean isRead = path.equals(ROOT) && automatic.contains(each);
                if (isVariables(each) && !isRead) {
                    bodies.add(values(read(resolved(path, each))));
                }
            }
        }
        return bodies;
    }

    /** A file that an expression names. */
    SourceFile read(String path) throws UnreadableSourceException {
        String resolved = resolved(ROOT, path);
        SourceFile known = read.get(resolved);
        if (known == null) {
            if (read.size() == MAX_FILES || path.startsWith("/") || path.startsWith("~") || path.indexOf(':') >= 0) {
                throw new UnreadableSourceException(new Problem(
                        place,
                        "a file is not read: its path is not relative, or there are more than " + MAX_FILES,
                        "set taskDefinition to the right module"));
            }
            known = directory.read(resolved);
            read.put(resolved, known);
        }
        return known;
    }

    /** A path from a directory, as short as it can be. */
    static String resolved(String directory, String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (directory + "/" + path).split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? ROOT : String.join("/", parts);
    }
}
