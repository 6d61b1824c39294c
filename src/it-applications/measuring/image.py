"""What a build left behind, and which directories of it a write needs."""

import json
import os
import posixpath
import re
import subprocess
import sys
import tarfile


def docker(*arguments):
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"docker {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def generalise(text):
    """The text without what differs from run to run: UUIDs, times, long numbers and hexadecimal words, each as `*`.

    >>> generalise("/tmp/tomcat.8080.1234567890/work")
    '/tmp/tomcat.8080.*/work'
    >>> generalise("/tmp/sqlite-3.50.3.0-0b2b1c5e-93a0-4f5c-8f0e-1f3c8a7d2e11-libsqlitejdbc.so")
    '/tmp/sqlite-3.50.3.0-*-libsqlitejdbc.so'
    >>> generalise("/var/log/app/gc-2026-11-25_16-20-00.log")
    '/var/log/app/gc-*.log'
    """
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "*", text)
    text = re.sub(r"\d{4}([-_/]\d\d){2}([-_T :]\d\d([-_:]\d\d){1,2}([.,_]\d+)?)?", "*", text)
    text = re.sub(r"\d\d:\d\d:\d\d([.,]\d+)?", "*", text)
    text = re.sub(r"(?<![0-9a-z])(?=[0-9a-f]*\d)[0-9a-f]{8,}(?![0-9a-z])", "*", text)
    return re.sub(r"\d{5,}", "*", text)


class Image:
    """An image's configuration, and the owner and mode of every directory in it."""

    def __init__(self, tag):
        self.tag = tag
        self.config = json.loads(docker("image", "inspect", tag))[0]["Config"]
        self.directories, self.links = {"/": (0, 0, 0o755)}, {}
        self.container = docker("create", "--network", "none", tag, "true")
        export = subprocess.Popen(["docker", "export", self.container], stdout=subprocess.PIPE)
        with tarfile.open(fileobj=export.stdout, mode="r|") as tar:
            for entry in tar:
                path = posixpath.normpath("/" + entry.name)
                if entry.isdir():
                    self.directories[path] = (entry.uid, entry.gid, entry.mode & 0o7777)
                elif entry.issym():
                    self.links[path] = entry.linkname
        export.wait()

    def close(self):
        docker("rm", "-f", "-v", self.container)

    def resolve(self, path, follow):
        """The path without the image's symbolic links; a link in its last place is kept unless it is followed."""
        names, real = path.split("/"), "/"
        for _ in range(1000):
            if not names:
                return real
            real = posixpath.normpath(posixpath.join(real, names.pop(0)))
            if real in self.links and (names or follow):
                target = self.links[real]
                names = target.split("/") + names
                real = "/" if target.startswith("/") else posixpath.dirname(real)
        raise OSError(f"{path}: too many symbolic links")

    def first_change(self, path):
        """The first path on the way to this one that the image does not have."""
        while posixpath.dirname(path) not in self.directories:
            path = posixpath.dirname(path)
        return path

    def needs(self, tried, whole=()):
        """The directories to make writable, with the writes that each is for. A writer that makes its own directories
        needs the deepest one that holds all it writes and is called the same in every run, for a mount can be put there;
        others need the directory that the image has, and so do all who write below one of `whole`."""
        needs, made = {}, {}
        for path, attempt in tried.items():
            first = self.first_change(path)
            directory = posixpath.dirname(first)
            sticky = self.directories[directory][2] & 0o1000
            makes = first != path or attempt.directory
            if makes and not sticky and generalise(first) == first and directory not in whole:
                made.setdefault(first, []).append(path)
            else:
                needs.setdefault(directory, []).append(path)
        for paths in made.values():
            leaves = [p for p in paths if not any(other.startswith(p + "/") for other in paths)]
            common = posixpath.commonpath([p if tried[p].directory else posixpath.dirname(p) for p in leaves])
            while generalise(common) != common:
                common = posixpath.dirname(common)
            needs.setdefault(common, []).extend(paths)
        return needs

    def copy(self, path, target, otherwise):
        """What the image has at that path, content, owner and mode; an empty directory of `otherwise`'s if it has nothing."""
        target.mkdir(parents=True)
        uid, gid, mode = self.directories.get(path, (*otherwise, 0o755))
        if path in self.directories:
            docker("cp", "-a", f"{self.container}:{path}/.", str(target))
        os.chown(target, uid, gid)
        os.chmod(target, mode)

    def describe(self):
        """The distribution, the Java if there is one, and which image a stand-in stands in for."""
        asked = '. /etc/os-release; echo "$PRETTY_NAME"; if command -v java > /dev/null; then java -version 2>&1 | grep -m1 " version "; fi'
        told = docker("run", "--rm", "--network", "none", "--entrypoint", "sh", self.tag, "-c", asked).splitlines()
        stand_in = (self.config.get("Labels") or {}).get("stand-in")
        return ", ".join([*told, *([f"stands in for {stand_in}"] if stand_in else [])])
