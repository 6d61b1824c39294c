"""What strace saw a program try to change."""

import posixpath
import re

# The system calls, and which of their arguments are paths that they change.
CHANGES = {
    "open": [0], "openat": [1], "creat": [0], "mkdir": [0], "mkdirat": [1], "mknod": [0], "mknodat": [1],
    "rename": [0, 1], "renameat": [1, 3], "renameat2": [1, 3], "link": [1], "linkat": [3], "symlink": [1],
    "symlinkat": [2], "unlink": [0], "unlinkat": [1], "rmdir": [0], "truncate": [0], "chmod": [0], "fchmodat": [1],
    "fchmodat2": [1], "chown": [0], "lchown": [0], "fchownat": [1], "utimensat": [1], "bind": [1],
}
CREATES = {"open", "openat", "creat", "mkdir", "mkdirat", "mknod", "mknodat", "link", "linkat", "symlink", "symlinkat", "bind"}
FOLLOWS_LINKS = {"open", "openat", "creat", "truncate", "chmod", "chown"}
OPTIONS = ["-ff", "-y", "--seccomp-bpf", "-s", "4096", "-e", "trace=?" + ",?".join(CHANGES)]

CALL = re.compile(r"^(\w+)\((.*)\)\s+= (?:-?\d+|\?)(?:<[^>]*>)?(?: (E\w+))?")
OPENS_FOR_WRITING = re.compile("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE")
CURRENT_DIRECTORY = re.compile(r"AT_FDCWD<([^>]*)>")
DESCRIPTOR = re.compile(r"(?:\d+|AT_FDCWD)<([^>]*)>")
SOCKET = re.compile(r'sa_family=AF_UNIX, sun_path="([^"]+)"')


class Attempt:
    """What was tried at one path: to make a directory? And was that always refused?"""

    def __init__(self):
        self.directory, self.refused = False, True


def attempts(directory, working_directory, resolve):
    """The attempts that the files of `strace -ff` show, by path as `resolve(path, follow)` sees it."""
    found = {}
    for file in directory.iterdir():
        current = working_directory
        for line in file.read_text(errors="replace").splitlines():
            match = CALL.match(line)
            if not match or match[1] not in CHANGES:
                continue
            call, arguments, error = match.groups()
            told = CURRENT_DIRECTORY.search(arguments)
            current = told[1] if told else current
            if call in ("open", "openat") and not OPENS_FOR_WRITING.search(arguments):
                continue
            # Nothing would have changed: it is there already, or nothing is.
            if error == "EEXIST" or error == "ENOENT" and call not in CREATES:
                continue
            words = split(arguments)
            for index in CHANGES[call]:
                path = path_of(words, index, current)
                if path:
                    attempt = found.setdefault(resolve(path, call in FOLLOWS_LINKS), Attempt())
                    attempt.directory |= call in ("mkdir", "mkdirat")
                    attempt.refused &= error in ("EACCES", "EPERM", "EROFS")
    return found


def split(arguments):
    """The arguments of a call; commas inside quotes, braces and <...> part nothing.

    >>> split(r'AT_FDCWD</app>, "a, \\"b", O_WRONLY|O_CREAT, 0666')
    ['AT_FDCWD</app>', '"a, \\\\"b"', 'O_WRONLY|O_CREAT', '0666']
    >>> split('9<UNIX-STREAM:[1]>, {sa_family=AF_UNIX, sun_path="/tmp/s"}, 110')
    ['9<UNIX-STREAM:[1]>', '{sa_family=AF_UNIX, sun_path="/tmp/s"}', '110']
    """
    parts, depth, quoted, escaped, start = [], 0, False, False, 0
    for index, character in enumerate(arguments):
        if escaped or character == "\\":
            escaped = not escaped
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "{[<(":
            depth += 1
        elif not quoted and character in "}]>)":
            depth -= 1
        elif not quoted and depth == 0 and character == ",":
            parts.append(arguments[start:index].strip())
            start = index + 1
    return [*parts, arguments[start:].strip()]


def path_of(words, index, current):
    """The absolute path that is the argument at that index, if it is one.

    >>> path_of(['AT_FDCWD</app>', '"logs/../app.log"', 'O_WRONLY'], 1, "/")
    '/app/app.log'
    >>> path_of(['9<socket:[1]>', '{sa_family=AF_UNIX, sun_path="/tmp/s"}', '110'], 1, "/")
    '/tmp/s'
    """
    if index >= len(words):
        return None
    socket = SOCKET.search(words[index])
    if socket:
        name = socket[1]
    elif words[index].startswith('"'):
        name = words[index][1:-1]
    else:
        return None
    descriptor = DESCRIPTOR.fullmatch(words[index - 1]) if index else None
    return posixpath.normpath(posixpath.join(descriptor[1] if descriptor else current, name))
