"""Runs one container of an application's task, drives it, and tells how far it got."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import trace
from measuring.image import docker, generalise

START_TIMEOUT = 120
COMPLAINT = re.compile(r"read-only file system|permission denied|UnsatisfiedLink|failed to map segment|Unable to create|"
                       r"AccessDenied|FileNotFoundException|NoSuchFile|noexec", re.I)


class Outcome:
    """How far a run got: works, reduced (some feature fails) or dead (does not start, or its main function fails)."""

    IMPACT = {"works": "tolerated", "reduced": "feature", "dead": "fatal"}

    def __init__(self, dead, failed, log):
        self.state = "dead" if dead else "reduced" if failed else "works"
        self.failed, self.log = failed, log

    @property
    def rank(self):
        return list(self.IMPACT).index(self.state)

    @property
    def impact(self):
        return self.IMPACT[self.state]

    @property
    def complaints(self):
        lines = (re.sub(r"^\S*\d\d:\d\d:\d\d\S*\s*", "", line.strip()) for line in self.log.splitlines() if COMPLAINT.search(line))
        return [generalise(line)[:240] for line in lines]

    def json(self, usual=()):
        """The outcome and the first complaint in the log that is not made when all is well."""
        result = {"outcome": self.state, "failed": self.failed} if self.failed else {"outcome": self.state}
        complaint = next((c for c in self.complaints if c not in usual), None)
        return {**result, "log": complaint} if complaint else result


class Container:
    """A container of the task: its image, its part of the task definition, and how to drive it."""

    def __init__(self, directory, name, drive, image, companions=(), logs=False):
        self.directory, self.name, self.drive, self.image, self.companions = directory, name, drive, image, companions
        self.logs = logs
        task = json.loads((directory / "taskdef.json").read_text())
        definition = next(c for c in task["containerDefinitions"] if c["name"] == name)
        self.working_directory = definition.get("workingDirectory") or image.config["WorkingDir"] or "/"
        self.options = ["--workdir", self.working_directory]
        if "user" in definition:
            self.options += ["--user", definition["user"]]
        for variable in definition.get("environment", []):
            self.options += ["--env", f"{variable['name']}={variable['value']}"]
        # As the engine has it: an entry point of the task's own drops the image's command too.
        entrypoint = definition.get("entryPoint")
        command = definition.get("command", image.config["Cmd"] if entrypoint is None else None)
        self.command = [*((image.config["Entrypoint"] if entrypoint is None else entrypoint) or []), *(command or [])]
        ask = ["run", "--rm", "--network", "none", *self.options, "--entrypoint", "id", image.tag]
        self.user = int(docker(*ask, "-u")), int(docker(*ask, "-g"))
        self.runs = 0
        self.work = Path(tempfile.mkdtemp(prefix="measure-", dir="/var/tmp"))
        self.noexec = self.work / "noexec"
        self.noexec.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "noexec", "tmpfs", self.noexec], check=True)

    def close(self):
        subprocess.run(["umount", self.noexec], check=True)
        shutil.rmtree(self.work)
        self.image.close()

    def run(self, granted=(), noexec=(), missing=None):
        """Runs with a read-only root and these directories granted, some of them noexec."""
        self.runs += 1
        options = ["--read-only"]
        for number, path in enumerate(sorted(granted)):
            source = (self.noexec if path in noexec else self.work) / f"{self.runs}-{number}"
            self.image.copy(path, source, self.user)
            # Below another one that is granted, a missing directory would be writable too.
            options += ["--volume", f"{source}:{path}{':ro' if path == missing else ''}"]
        return self.start(options, self.command)

    def traced(self, *options):
        """Runs under strace; gives the outcome and the attempts to change something that the image holds."""
        self.runs += 1
        files = self.work / f"{self.runs}-trace"
        files.mkdir()
        files.chmod(0o777)
        options = [*options, "--cap-add", "SYS_PTRACE", "--security-opt", "seccomp=unconfined",
                   "--volume", f"{self.strace()}:/measure/strace:ro", "--volume", f"{files}:/measure/trace"]
        command = ["/measure/strace/ld.so", "--library-path", "/measure/strace", "/measure/strace/strace", *trace.OPTIONS,
                   "-o", "/measure/trace/t", *self.command]
        outcome = self.start(options, command)
        attempts = trace.attempts(files, self.working_directory, self.image.resolve)
        provided = re.compile("/(dev|proc|sys|measure)(/|$)")
        return outcome, {path: attempt for path, attempt in attempts.items() if not provided.match(path)}

    def strace(self):
        """strace with its own loader and libraries, for an image that has none of them."""
        target = self.work / "strace"
        if not target.exists():
            target.mkdir()
            program = shutil.which("strace") or sys.exit("strace is missing")
            shutil.copy(program, target)
            for library in re.findall(r"(/\S+) \(0x", subprocess.check_output(["ldd", program], text=True)):
                shutil.copy(library, target / ("ld.so" if "/ld-" in library else Path(library).name))
        return target

    def start(self, options, command):
        started = []
        try:
            # The task's other containers only have to be there: their root is writable.
            for other in self.companions:
                started.append(docker("run", "--detach", *network(started), *other.options, other.image.tag))
            container = docker("run", "--detach", *network(started), *self.options, *options, "--entrypoint", command[0],
                               self.image.tag, *command[1:])
            started.append(container)
            dead, failed = self.run_drive(container)
            stop(container)
            log = logs(container)
            if self.logs:
                print(log)
            return Outcome(dead, failed, log)
        finally:
            if started:
                docker("rm", "-f", "-v", *started)

    def run_drive(self, container):
        service = "ready" in self.drive
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            running, _, code = state(container)
            if not running:
                if service or code:
                    return True, [f"exits with {code}"]
                break
            if service and self.passes(container, self.drive["ready"]):
                break
            if time.monotonic() > deadline:
                return True, [f"not {'ready' if service else 'finished'} after {START_TIMEOUT} s"]
            time.sleep(0.5)
        main = [name for name, check in self.drive["main"].items() if not self.passes(container, check)]
        features = [name for name, check in self.drive.get("features", {}).items() if not self.passes(container, check)]
        return bool(main), main + features

    def passes(self, container, check):
        """Runs a command in the container's network, with its log so far in $LOG."""
        running, pid, _ = state(container)
        if "ready" in self.drive and not running:
            return False
        log = self.work / "log"
        log.write_text(logs(container))
        inside = ["nsenter", "-t", str(pid), "-n"] if running else []
        return 0 == subprocess.run([*inside, "timeout", "30", "bash", "-c", check], cwd=self.directory,
                                   env={**os.environ, "LOG": str(log)}, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL).returncode


def network(started):
    """None; but a container's own name resolves, as on ECS."""
    return ["--network", f"container:{started[0]}"] if started else ["--network", "none", "--hostname", "localhost"]


def state(container):
    running, pid, code = docker("inspect", "--format", "{{.State.Running}} {{.State.Pid}} {{.State.ExitCode}}", container).split()
    return running == "true", int(pid), int(code)


def logs(container):
    done = subprocess.run(["docker", "logs", container], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode(errors="replace")


def stop(container):
    """As the engine does it; but strace, the first process of a traced run, keeps signals from the program."""
    running, pid, _ = state(container)
    if not running:
        return
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        traced = "/measure/strace" in Path(f"/proc/{pid}/cmdline").read_text()
        os.kill(int(children[0]) if traced and children else pid, signal.SIGTERM)
    except (FileNotFoundError, ProcessLookupError):
        return
    deadline = time.monotonic() + 10
    while state(container)[0]:
        if time.monotonic() > deadline:
            docker("kill", container)
            return
        time.sleep(0.3)
