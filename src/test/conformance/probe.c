/*
 * Asks the kernel, as the container's own user, whether a path can be written.
 *
 * For each path given: a directory, and a path that does not exist (it is made with its missing parents, as
 * `mkdir -p` does), is written by creating a file in it; anything else is opened for appending. Symbolic links are
 * followed. Whatever was made is removed again, so that no path's answer depends on another's.
 *
 * Prints one line of JSON about the process, then one for each path.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <grp.h>

static char made[256][PATH_MAX];
static int made_count;

static void print_string(const char *s) {
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') {
            printf("\\%c", *s);
        } else if ((unsigned char)*s < 0x20) {
            printf("\\u%04x", *s);
        } else {
            putchar(*s);
        }
    }
    putchar('"');
}

/* Returns 0 or the first errno. */
static int make_directories(const char *path) {
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length >= PATH_MAX - 32) return ENAMETOOLONG;
    for (size_t end = 1; end <= length; end++) {
        if (path[end] != '/' && path[end] != '\0') continue;
        memcpy(part, path, end);
        part[end] = '\0';
        struct stat st;
        if (stat(part, &st) == 0) {
            if (!S_ISDIR(st.st_mode)) return ENOTDIR;
            continue;
        }
        if (errno != ENOENT) return errno;
        if (mkdir(part, 0777) != 0) return errno;
        if (made_count == 256) return E2BIG;
        strcpy(made[made_count++], part);
    }
    return 0;
}

static int create_in(const char *directory) {
    char file[PATH_MAX];
    snprintf(file, sizeof file, "%s/.write-probe", directory);
    int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) return errno;
    close(fd);
    return unlink(file) == 0 ? 0 : errno;
}

static int write_to(const char *path) {
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode)) {
        int fd = open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0) return errno;
        close(fd);
        return 0;
    }
    int error = make_directories(path);
    return error ? error : create_in(path);
}

static void clean_up(void) {
    while (made_count > 0) rmdir(made[--made_count]);
}

static const char *outcome(int error) {
    switch (error) {
    case 0:
        return "WRITABLE";
    case EROFS:
        return "READ_ONLY";
    case EACCES:
    case EPERM:
        return "NOT_PERMITTED";
    default:
        return strerrorname_np(error);
    }
}

/* Owner and mode of the deepest part of the path that exists, as far as this user may look. */
static void print_deepest(const char *path) {
    char part[PATH_MAX];
    strcpy(part, path);
    struct stat st;
    while (stat(part, &st) != 0 && part[1] != '\0') {
        char *slash = strrchr(part, '/');
        if (slash == part) slash++;
        *slash = '\0';
    }
    printf("\"at\":");
    print_string(part);
    printf(",\"owner\":\"%u:%u\",\"mode\":\"%04o\"", st.st_uid, st.st_gid, st.st_mode & 07777);
}

int main(int argc, char **argv) {
    umask(022);
    gid_t groups[256];
    int count = getgroups(256, groups);
    printf("{\"uid\":%u,\"gid\":%u,\"groups\":[", getuid(), getgid());
    for (int i = 0; i < count; i++) printf("%s%u", i ? "," : "", groups[i]);
    printf("]}\n");
    for (int i = 1; i < argc; i++) {
        printf("{\"path\":");
        print_string(argv[i]);
        putchar(',');
        print_deepest(argv[i]);
        printf(",\"outcome\":\"%s\"}\n", outcome(write_to(argv[i])));
        clean_up();
    }
    return 0;
}
