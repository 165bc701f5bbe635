// SPDX-License-Identifier: MIT OR Apache-2.0
// Writes down, in order, what a process asks of the files below one folder: names, contents, and what it has forced to the
// disk. Loaded before the C library (LD_PRELOAD). TAPE names the file to write to, TAPE_ROOT the folder. If TAPE_CALLS is
// there, the process is killed before its call of that number.
//
// Each note is one write: operation, two paths, a number, the bytes. It follows what it tells of, under a lock that all
// processes of the folder share, so the notes' order is that of what happened. What goes past the C library is not seen:
// shared memory, and files that are written with fwrite.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static char root[PATH_MAX], tape_name[PATH_MAX];
static size_t root_length;
static int tape = -1;
static pid_t owner;
static long calls;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void forked(void) { pthread_mutex_init(&mutex, NULL); }

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("TAPE_ROOT"), *file = getenv("TAPE");
  if (folder && file && strlen(folder) < PATH_MAX && strlen(file) < PATH_MAX) {
    strcpy(root, folder); // Some processes write their own title over their environment.
    strcpy(tape_name, file);
    root_length = strlen(root);
    const char *most = getenv("TAPE_CALLS");
    calls = most ? atol(most) : 0;
  }
  pthread_atfork(NULL, NULL, forked);
}

static void lock(void) {
  pthread_mutex_lock(&mutex);
  if (owner != getpid()) { // A lock belongs to an opened file, so each process opens its own.
    owner = getpid();
    tape = (int)syscall(SYS_openat, AT_FDCWD, tape_name, O_WRONLY | O_APPEND | O_CLOEXEC, 0);
  }
  flock(tape, LOCK_EX);
  if (calls && !--calls) kill(getpid(), SIGKILL);
}

static void unlock(void) {
  int saved = errno;
  flock(tape, LOCK_UN);
  errno = saved;
  pthread_mutex_unlock(&mutex);
}

static int below(const char *path) {
  return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static int link_to(const char *link, char *path) {
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static int path_of(int fd, char *path) {
  char link[64] = "/proc/self/fd/";
  if (!root_length || fd < 0) return 0;
  char digits[12], *end = link + strlen(link);
  int n = 0;
  do digits[n++] = (char)('0' + fd % 10); while (fd /= 10);
  while (n) *end++ = digits[--n];
  *end = 0;
  int saved = errno;
  int known = link_to(link, path) && below(path);
  errno = saved;
  return known;
}

static int path_at(int folder, const char *name, char *path) {
  if (!root_length) return 0;
  if (name[0] == '/') {
    if (strlen(name) >= PATH_MAX) return 0;
    strcpy(path, name);
  } else {
    if (folder == AT_FDCWD ? !link_to("/proc/self/cwd", path) : !path_of(folder, path)) return 0;
    if (strlen(path) + strlen(name) + 2 > PATH_MAX) return 0;
    strcat(path, "/");
    strcat(path, name);
  }
  return below(path);
}

static void note(char op, const char *path, const char *other, uint64_t number, const struct iovec *bytes, int count,
                 size_t most) {
  struct { uint32_t op, path, other, bytes; uint64_t number; } __attribute__((packed)) head = {
    (uint32_t)op, (uint32_t)strlen(path), (uint32_t)strlen(other), (uint32_t)most, number };
  struct iovec all[64] = {
    {&head, sizeof head}, {(void *)path, head.path}, {(void *)other, head.other} };
  int n = 3;
  for (int i = 0; i < count && n < 64 && most; i++) {
    size_t length = bytes[i].iov_len < most ? bytes[i].iov_len : most;
    all[n++] = (struct iovec){bytes[i].iov_base, length};
    most -= length;
  }
  int saved = errno;
  if (most || syscall(SYS_writev, tape, all, n) < 0) abort(); // A tape with a gap would prove nothing.
  errno = saved;
}

static void note_plain(char op, const char *path, const char *other, uint64_t number) {
  note(op, path, other, number, NULL, 0, 0);
}

// ---- names

static int opened(int folder, const char *name, int flags, mode_t mode) {
  char path[PATH_MAX];
  int writes = (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
  if (!writes || !path_at(folder, name, path)) return (int)syscall(SYS_openat, folder, name, flags, mode);
  lock();
  int existed = !syscall(SYS_faccessat, folder, name, F_OK);
  int fd = (int)syscall(SYS_openat, folder, name, flags, mode);
  if (fd >= 0) {
    if (!existed) note_plain('c', path, "", 0);
    else if (flags & O_TRUNC) note_plain('t', path, "", 0);
  }
  unlock();
  return fd;
}

#define MODE(last) mode_t mode = 0; if ((flags) & (O_CREAT | __O_TMPFILE)) { \
  va_list list; va_start(list, last); mode = va_arg(list, mode_t); va_end(list); }

int open(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }
int openat64(int folder, const char *name, int flags, ...) { MODE(flags) return opened(folder, name, flags, mode); }
int __open_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int __open64_2(const char *name, int flags) { return opened(AT_FDCWD, name, flags, 0); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *name, mode_t mode) { return creat(name, mode); }

static int made(int folder, const char *name, mode_t mode) {
  char path[PATH_MAX];
  if (!path_at(folder, name, path)) return (int)syscall(SYS_mkdirat, folder, name, mode);
  lock();
  int result = (int)syscall(SYS_mkdirat, folder, name, mode);
  if (!result) note_plain('d', path, "", 0);
  unlock();
  return result;
}
int mkdir(const char *name, mode_t mode) { return made(AT_FDCWD, name, mode); }
int mkdirat(int folder, const char *name, mode_t mode) { return made(folder, name, mode); }

static int removed(int folder, const char *name, int flags) {
  char path[PATH_MAX];
  if (!path_at(folder, name, path)) return (int)syscall(SYS_unlinkat, folder, name, flags);
  lock();
  int result = (int)syscall(SYS_unlinkat, folder, name, flags);
  if (!result) note_plain('u', path, "", 0);
  unlock();
  return result;
}
int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int folder, const char *name, int flags) { return removed(folder, name, flags); }
int rmdir(const char *name) { return removed(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char *name) {
  int result = removed(AT_FDCWD, name, 0);
  return result && errno == EISDIR ? rmdir(name) : result;
}

static int moved(int from_folder, const char *from, int to_folder, const char *to) {
  char old[PATH_MAX], new[PATH_MAX];
  if (!path_at(from_folder, from, old) || !path_at(to_folder, to, new))
    return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
  lock();
  int result = (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
  if (!result) note_plain('m', old, new, 0);
  unlock();
  return result;
}
int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  return moved(from_folder, from, to_folder, to);
}

// ---- contents

#define WRITTEN(at, vector, count, call) \
  char path[PATH_MAX]; \
  if (!path_of(fd, path)) return (ssize_t)(call); \
  lock(); \
  struct stat before; \
  off_t position = (at); \
  if (fcntl(fd, F_GETFL) & O_APPEND && !fstat(fd, &before)) position = before.st_size; \
  ssize_t result = (ssize_t)(call); \
  if (result > 0) note('w', path, "", (uint64_t)position, vector, count, (size_t)result); \
  unlock(); \
  return result;

#define ONE struct iovec one = {(void *)bytes, length};

ssize_t write(int fd, const void *bytes, size_t length) {
  ONE WRITTEN(lseek(fd, 0, SEEK_CUR), &one, 1, syscall(SYS_write, fd, bytes, length))
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  ONE WRITTEN(at, &one, 1, syscall(SYS_pwrite64, fd, bytes, length, at))
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }
ssize_t writev(int fd, const struct iovec *vector, int count) {
  WRITTEN(lseek(fd, 0, SEEK_CUR), vector, count, syscall(SYS_writev, fd, vector, count))
}
ssize_t pwritev(int fd, const struct iovec *vector, int count, off_t at) {
  WRITTEN(at, vector, count, syscall(SYS_pwritev, fd, vector, count, at, 0))
}
ssize_t pwritev64(int fd, const struct iovec *vector, int count, off64_t at) { return pwritev(fd, vector, count, at); }

int ftruncate64(int fd, off64_t size) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return (int)syscall(SYS_ftruncate, fd, size);
  lock();
  int result = (int)syscall(SYS_ftruncate, fd, size);
  if (!result) note_plain('t', path, "", (uint64_t)size);
  unlock();
  return result;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int allocated(int fd, int mode, off64_t at, off64_t length) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return (int)syscall(SYS_fallocate, fd, mode, at, length);
  lock();
  struct stat before;
  int known = !fstat(fd, &before);
  int result = (int)syscall(SYS_fallocate, fd, mode, at, length);
  if (!result && known && !(mode & FALLOC_FL_KEEP_SIZE) && before.st_size < at + length)
    note_plain('t', path, "", (uint64_t)(at + length));
  unlock();
  return result;
}
int fallocate64(int fd, int mode, off64_t at, off64_t length) { return allocated(fd, mode, at, length); }
int fallocate(int fd, int mode, off_t at, off_t length) { return allocated(fd, mode, at, length); }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return allocated(fd, 0, at, length) ? errno : 0; }
int posix_fallocate(int fd, off_t at, off_t length) { return posix_fallocate64(fd, at, length); }

// ---- what is forced to the disk

static int forced(int fd, long call) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return (int)syscall(call, fd);
  lock();
  int result = (int)syscall(call, fd);
  if (!result) note_plain('f', path, "", 0);
  unlock();
  return result;
}
int fsync(int fd) { return forced(fd, SYS_fsync); }
int fdatasync(int fd) { return forced(fd, SYS_fdatasync); }
