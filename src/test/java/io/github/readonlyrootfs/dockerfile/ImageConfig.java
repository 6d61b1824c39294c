package io.github.readonlyrootfs.dockerfile;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Just enough of a builder to show that expansion gives the values BuildKit recorded. No ONBUILD. */
final class ImageConfig {

    /** BuildKit must have rejected it too. */
    static final class RejectedException extends RuntimeException {
        private final transient Problem problem;

        private RejectedException(Problem problem) {
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    static final class UnknownException extends RuntimeException {}

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Dockerfile file;
    private final Map<String, String> buildArgs;
    private final Map<String, String> globals = new HashMap<>();

    /** What one stage leaves behind. */
    private static final class State {
        private final Map<String, String> env = new LinkedHashMap<>();
        /** ENV and ARG together: the last one wins. */
        private final Map<String, String> variables = new HashMap<>();

        private final Map<String, String> labels = new TreeMap<>();
        private final TreeSet<String> volumes = new TreeSet<>();
        private String user = "";
        private String workdir = "";
        private List<String> shell = List.of();
        private List<String> entrypoint = List.of();
        private List<String> cmd = List.of();
        private boolean ownCmd;

        State() {}

        State(State parent) {
            env.putAll(parent.env);
            variables.putAll(parent.variables);
            labels.putAll(parent.labels);
            volumes.addAll(parent.volumes);
            user = parent.user;
            workdir = parent.workdir;
            shell = parent.shell;
            entrypoint = parent.entrypoint;
            cmd = parent.cmd;
        }
    }

    private ImageConfig(Dockerfile file, Map<String, String> buildArgs) {
        this.file = file;
        this.buildArgs = buildArgs;
    }

    static boolean hasTriggers(Dockerfile file) {
        boolean inFile = file.stages().stream()
                .flatMap(stage -> stage.instructions().stream())
                .anyMatch(Instruction.Onbuild.class::isInstance);
        return inFile
                || file.stages().stream()
                        .anyMatch(stage ->
                                GrammarTable.base(stage.from().image().text()).has("OnBuild"));
    }

    static Map<String, Object> of(Dockerfile file, JsonNode recorded) {
        ImageConfig config = new ImageConfig(file, GrammarTable.strings(recorded.path("buildArgs")));
        return config.build(recorded.path("target").asText());
    }

    static Map<String, Object> recorded(JsonNode config) {
        Map<String, Object> result = new TreeMap<>();
        result.put("Env", list(config.path("Env")));
        result.put("Labels", new TreeMap<>(GrammarTable.strings(config.path("Labels"))));
        result.put(
                "Volumes",
                new TreeSet<>(GrammarTable.strings(config.path("Volumes")).keySet()));
        result.put("User", config.path("User").asText());
        result.put("WorkingDir", config.path("WorkingDir").asText());
        result.put("Shell", list(config.path("Shell")));
        result.put("Entrypoint", list(config.path("Entrypoint")));
        result.put("Cmd", list(config.path("Cmd")));
        return result;
    }

    private static List<String> list(JsonNode array) {
        List<String> list = new ArrayList<>();
        array.forEach(node -> list.add(node.asText()));
        return list;
    }

    private Map<String, Object> build(String target) {
        for (String prefix : List.of("BUILD", "TARGET")) {
            globals.put(prefix + "PLATFORM", "linux/amd64");
            globals.put(prefix + "OS", "linux");
            globals.put(prefix + "ARCH", "amd64");
            globals.put(prefix + "VARIANT", "");
        }
        for (Instruction.Arg arg : file.globalArgs()) {
            for (Instruction.Assignment assignment : arg.assignments()) {
                String name = assignment.key().text();
                String value = buildArgs.containsKey(name)
                        ? buildArgs.get(name)
                        : assignment.value().map(text -> expand(text, globals)).orElse("");
                globals.put(name, value);
            }
        }
        List<String> bases = new ArrayList<>();
        for (Dockerfile.Stage stage : file.stages()) {
            bases.add(expand(stage.from().image(), globals));
        }
        int chosen = file.stages().size() - 1;
        for (Dockerfile.Stage stage : file.stages()) {
            if (stage.name().filter(target::equalsIgnoreCase).isPresent()) {
                chosen = stage.index();
            }
        }
        return describe(state(chosen, bases));
    }

    private State state(int index, List<String> bases) {
        State state = null;
        for (int i = index - 1; i >= 0 && state == null; i--) {
            if (file.stages().get(i).name().filter(bases.get(index)::equals).isPresent()) {
                state = new State(state(i, bases));
            }
        }
        if (state == null) {
            state = base(bases.get(index));
        }
        if (!state.env.containsKey("PATH")) {
            setEnv(state, "PATH", DEFAULT_PATH);
        }
        for (Instruction instruction : file.stages().get(index).instructions()) {
            apply(instruction, state);
        }
        return state;
    }

    private static State base(String image) {
        JsonNode config = GrammarTable.base(image);
        State state = new State();
        for (String pair : list(config.path("Env"))) {
            setEnv(state, pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        state.labels.putAll(GrammarTable.strings(config.path("Labels")));
        state.volumes.addAll(GrammarTable.strings(config.path("Volumes")).keySet());
        state.user = config.path("User").asText();
        state.workdir =
                image.equals("scratch") ? "/" : config.path("WorkingDir").asText();
        state.shell = list(config.path("Shell"));
        state.entrypoint = list(config.path("Entrypoint"));
        state.cmd = list(config.path("Cmd"));
        return state;
    }

    private static Map<String, Object> describe(State state) {
        Map<String, Object> result = new TreeMap<>();
        List<String> env = new ArrayList<>();
        state.env.forEach((name, value) -> env.add(name + "=" + value));
        result.put("Env", env);
        result.put("Labels", state.labels);
        result.put("Volumes", state.volumes);
        result.put("User", state.user);
        result.put("WorkingDir", state.workdir);
        result.put("Shell", state.shell);
        result.put("Entrypoint", state.entrypoint);
        result.put("Cmd", state.cmd);
        return result;
    }

    private void apply(Instruction instruction, State state) {
        if (instruction instanceof Instruction.Env env) {
            Map<String, String> values = expandAll(env.assignments(), state);
            values.forEach((name, value) -> setEnv(state, name, value));
        } else if (instruction instanceof Instruction.Label label) {
            state.labels.putAll(expandAll(label.assignments(), state));
        } else if (instruction instanceof Instruction.Arg arg) {
            arg(arg, state);
        } else if (instruction instanceof Instruction.User user) {
            state.user = expand(user.user(), state.variables);
        } else if (instruction instanceof Instruction.Workdir workdir) {
            workdir(expand(workdir.path(), state.variables), state);
        } else if (instruction instanceof Instruction.Volume volume) {
            volume.paths().forEach(path -> state.volumes.add(expand(path, state.variables)));
        } else if (instruction instanceof Instruction.Shell shell) {
            state.shell = shell.words().stream().map(JoinedText::text).toList();
        } else if (instruction instanceof Instruction.Cmd cmd) {
            state.cmd = command(cmd.command(), state);
            state.ownCmd = true;
        } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
            state.entrypoint = command(entrypoint.command(), state);
            if (!state.ownCmd) {
                state.cmd = List.of();
            }
        } else if (instruction instanceof Instruction.Copy copy) {
            copy(copy, state);
        }
    }

    private void copy(Instruction.Copy copy, State state) {
        copy.sources().forEach(source -> expand(source, state.variables));
        expand(copy.destination(), state.variables);
        for (Instruction.Heredoc heredoc : copy.heredocs()) {
            if (heredoc.expand()) {
                text(Expansion.ofHeredocBody(heredoc.body(), name -> lookup(name, state.variables)));
            }
        }
    }

    private void arg(Instruction.Arg arg, State state) {
        Map<String, String> before = new HashMap<>(state.variables);
        for (Instruction.Assignment assignment : arg.assignments()) {
            String name = expand(assignment.key(), before);
            String value = assignment.value().map(text -> expand(text, before)).orElse(null);
            value = buildArgs.getOrDefault(name, value);
            value = value == null ? globals.get(name) : value;
            if (value != null) {
                state.variables.put(name, value);
            }
        }
    }

    private static void workdir(String path, State state) {
        if (path.isEmpty() || path.startsWith("/")) {
            state.workdir = path.isEmpty() ? state.workdir : path;
        } else {
            state.workdir = ContainerPath.of(state.workdir).resolve(path).toString();
        }
    }

    private static List<String> command(Instruction.Command command, State state) {
        if (command instanceof Instruction.Command.Exec exec) {
            return exec.words().stream().map(JoinedText::text).toList();
        }
        List<String> words = new ArrayList<>(state.shell.isEmpty() ? List.of("/bin/sh", "-c") : state.shell);
        words.add(((Instruction.Command.ShellForm) command).text().text());
        return words;
    }

    private Map<String, String> expandAll(List<Instruction.Assignment> assignments, State state) {
        Map<String, String> before = new HashMap<>(state.variables);
        Map<String, String> values = new LinkedHashMap<>();
        for (Instruction.Assignment assignment : assignments) {
            values.put(
                    expand(assignment.key(), before), expand(assignment.value().orElseThrow(), before));
        }
        return values;
    }

    private static void setEnv(State state, String name, String value) {
        state.env.put(name, value);
        state.variables.put(name, value);
    }

    private String expand(JoinedText text, Map<String, String> variables) {
        return text(Expansion.of(text, file.escape(), name -> lookup(name, variables)));
    }

    private static Variables.State lookup(String name, Map<String, String> variables) {
        return variables.containsKey(name) ? new Variables.State.Set(variables.get(name)) : new Variables.State.Unset();
    }

    private static String text(Expansion expansion) {
        if (expansion instanceof Expansion.Rejected rejected) {
            throw new RejectedException(rejected.problem());
        }
        if (expansion instanceof Expansion.Known known) {
            return known.text();
        }
        throw new UnknownException();
    }
}
