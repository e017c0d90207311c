// powercut: an LD_PRELOAD shim (glibc, Linux, x86_64) that models a power cut.
//
// For the files under POWERCUT_DIR it keeps, in POWERCUT_SHADOW, what a disk
// would still hold if the power went now: every byte as of the file's last
// successful fsync or fdatasync, and nothing newer. README.md tells how to
// use it and what it does not model.
//
// Rules this file keeps:
// - It calls the kernel directly (syscall), never the next library, so its own
//   work is never traced and nothing here depends on the order of preloading.
// - It never closes a descriptor of a live file: closing any descriptor of a
//   file drops all POSIX locks the process holds on it, and SQLite lives by
//   those locks.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define SECTOR 512u
#define BUCKETS 1024u
#define BUFFER (1u << 20)

// ---------------------------------------------------------------- settings

static bool active;
static char root[PATH_MAX];         // POWERCUT_DIR, resolved
static size_t rootLength;
static char shadow[PATH_MAX];       // POWERCUT_SHADOW
static char lockPath[PATH_MAX + 8]; // shadow + ".lock"
static char partPath[PATH_MAX + 8]; // shadow + ".part"
static char cutPath[PATH_MAX + 8];  // shadow + ".cut"
static int statsFD = -1;            // shadow + ".stats"

static uint64_t cutAtSync;  // POWERCUT_AFTER
static uint64_t cutAtWrite; // POWERCUT_AFTER_WRITES
static bool cutAfterSync;   // POWERCUT_WHEN=after
static bool torn;           // POWERCUT_TORN=seed
static uint64_t randomState;
static bool noRealSync; // POWERCUT_NOSYNC=1
static bool lying;      // POWERCUT_LIE=1
static bool checking;   // POWERCUT_CHECK=1

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static uint64_t syncs, writes;
static char buffer[BUFFER], buffer2[BUFFER];

// ------------------------------------------------------------ small helpers

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
  char text[PATH_MAX + 512] = "powercut: ";
  va_list list;
  va_start(list, format);
  int n = vsnprintf(text + 10, sizeof text - 12, format, list);
  va_end(list);
  if (n < 0) return;
  size_t length = strlen(text);
  text[length++] = '\n';
  (void)!syscall(SYS_write, 2, text, length);
}

// A shim that quietly does nothing would make every test pass: stop instead.
__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  char text[PATH_MAX + 256];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  say("cannot go on: %s", text);
  syscall(SYS_exit_group, 99);
  __builtin_unreachable();
}

static uint64_t randomNext(void) { // splitmix64
  uint64_t z = (randomState += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static int rawOpen(const char *path, int flags, mode_t mode) {
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, mode);
}
static void rawClose(int fd) { syscall(SYS_close, fd); }

static void *need(void *pointer) {
  if (!pointer) fail("out of memory");
  return pointer;
}

static bool isShm(const char *name) {
  size_t n = strlen(name);
  return n >= 4 && strcmp(name + n - 4, "-shm") == 0;
}

static void join(char *out, const char *base, const char *rel) {
  if (snprintf(out, PATH_MAX, "%s/%s", base, rel) >= PATH_MAX) fail("path too long: %s", rel);
}

static void makeParents(const char *path) {
  char copy[PATH_MAX];
  snprintf(copy, sizeof copy, "%s", path);
  for (char *p = copy + 1; *p; p++)
    if (*p == '/') {
      *p = 0;
      if (syscall(SYS_mkdir, copy, 0755) != 0 && errno != EEXIST) fail("mkdir %s: %s", copy, strerror(errno));
      *p = '/';
    }
}

static void writeAll(int fd, const char *bytes, size_t count, uint64_t offset) {
  while (count > 0) {
    ssize_t n = syscall(SYS_pwrite64, fd, bytes, count, (off_t)offset);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("write to the shadow: %s", strerror(errno));
    bytes += n, count -= (size_t)n, offset += (uint64_t)n;
  }
}

static ssize_t readSome(int fd, char *bytes, size_t count, uint64_t offset) {
  size_t done = 0;
  while (done < count) {
    ssize_t n = syscall(SYS_pread64, fd, bytes + done, count - done, (off_t)(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    done += (size_t)n;
  }
  return (ssize_t)done;
}

static void copyRange(int from, int to, uint64_t start, uint64_t end) {
  while (start < end) {
    size_t want = end - start < BUFFER ? (size_t)(end - start) : BUFFER;
    ssize_t n = readSome(from, buffer, want, start);
    if (n < 0) fail("read of the live file: %s", strerror(errno));
    if (n == 0) return;
    writeAll(to, buffer, (size_t)n, start);
    start += (uint64_t)n;
  }
}

static int takeLock(void) {
  int fd = rawOpen(lockPath, O_RDWR | O_CREAT, 0644);
  if (fd < 0) fail("open %s: %s", lockPath, strerror(errno));
  while (syscall(SYS_flock, fd, LOCK_EX) != 0)
    if (errno != EINTR) fail("flock: %s", strerror(errno));
  return fd;
}

// -------------------------------------------------------------- known files

typedef struct File {
  struct File *next;
  uint64_t dev, ino, born;
  char *rel;     // its live name, relative to the root
  char *durable; // its name in the shadow, or NULL: not yet durable
  uint64_t *bits; // one bit for every sector changed since the last sync
  size_t words;
  uint64_t mapLow, mapHigh; // written through a shared mapping: always dirty
  int readFD;               // only when the program opened it write-only
  bool gone;                // unlinked or replaced; the inode may be reused
} File;

static File *files[BUCKETS];

static size_t bucketOf(uint64_t ino) { return (size_t)((ino * 0x9E3779B97F4A7C15u) >> 54) % BUCKETS; }

static void mark(File *f, uint64_t start, uint64_t end) {
  if (start >= end) return;
  uint64_t first = start / SECTOR, last = (end - 1) / SECTOR;
  size_t words = (size_t)(last / 64 + 1);
  if (words > f->words) {
    size_t grown = words > 2 * f->words ? words : 2 * f->words;
    f->bits = need(realloc(f->bits, grown * 8));
    memset(f->bits + f->words, 0, (grown - f->words) * 8);
    f->words = grown;
  }
  for (uint64_t s = first; s <= last;) {
    if (s % 64 == 0 && last - s >= 63) f->bits[s / 64] = ~0ull, s += 64;
    else f->bits[s / 64] |= 1ull << (s % 64), s++;
  }
}

// Calls `run` for each run of dirty sectors, as bytes; the last may reach past
// the end of the file, where a read stops by itself.
static void forEachDirtyRun(File *f, void (*run)(int, int, uint64_t, uint64_t), int from, int to) {
  uint64_t start = 0;
  bool open = false;
  for (size_t w = 0; w < f->words; w++) {
    if (f->bits[w] == 0 || f->bits[w] == ~0ull) {
      bool set = f->bits[w] != 0;
      if (set != open) {
        if (set) start = (uint64_t)w * 64;
        else run(from, to, start * SECTOR, (uint64_t)w * 64 * SECTOR);
        open = set;
      }
      continue;
    }
    for (unsigned b = 0; b < 64; b++) {
      bool set = f->bits[w] >> b & 1;
      if (set == open) continue;
      uint64_t s = (uint64_t)w * 64 + b;
      if (set) start = s;
      else run(from, to, start * SECTOR, s * SECTOR);
      open = set;
    }
  }
  if (open) run(from, to, start * SECTOR, (uint64_t)f->words * 64 * SECTOR);
}

static bool look(int fd, const char *path, struct statx *st) {
  unsigned mask = STATX_BASIC_STATS | STATX_BTIME;
  if (path) return syscall(SYS_statx, fd, path, AT_SYMLINK_NOFOLLOW, mask, st) == 0;
  return syscall(SYS_statx, fd, "", AT_EMPTY_PATH, mask, st) == 0;
}
static uint64_t devOf(const struct statx *st) { return ((uint64_t)st->stx_dev_major << 32) | st->stx_dev_minor; }
static uint64_t bornOf(const struct statx *st) {
  if (!(st->stx_mask & STATX_BTIME)) return 0;
  return (uint64_t)st->stx_btime.tv_sec * 1000000000u + st->stx_btime.tv_nsec;
}

static File *find(const struct statx *st) {
  for (File *f = files[bucketOf(st->stx_ino)]; f; f = f->next)
    if (!f->gone && f->ino == st->stx_ino && f->dev == devOf(st) && f->born == bornOf(st)) return f;
  return NULL;
}

static File *add(const struct statx *st, const char *rel) {
  // An older file of the same inode is gone, whoever removed it.
  for (File *f = files[bucketOf(st->stx_ino)]; f; f = f->next)
    if (f->ino == st->stx_ino && f->dev == devOf(st)) f->gone = true;
  File *f = need(calloc(1, sizeof *f));
  f->dev = devOf(st), f->ino = st->stx_ino, f->born = bornOf(st);
  f->rel = need(strdup(rel));
  f->readFD = -1;
  f->next = files[bucketOf(f->ino)];
  files[bucketOf(f->ino)] = f;
  return f;
}

// The name of a descriptor's file relative to the root ("" for the root
// itself), or NULL when it is elsewhere.
static const char *relativeName(int fd, char path[PATH_MAX]) {
  char link[48];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = syscall(SYS_readlink, link, path, PATH_MAX - 1);
  if (n <= 0) return NULL;
  path[n] = 0;
  if (strncmp(path, root, rootLength) != 0) return NULL;
  if (path[rootLength] == 0) return path + rootLength;
  return path[rootLength] == '/' ? path + rootLength + 1 : NULL;
}

// The tracked file behind a descriptor, or NULL. With the mutex held.
static File *fileOf(int fd, struct statx *st) {
  if (!look(fd, NULL, st) || !S_ISREG(st->stx_mode) || st->stx_nlink == 0) return NULL;
  File *f = find(st);
  if (f) return f;
  char path[PATH_MAX];
  const char *rel = relativeName(fd, path);
  if (!rel || !*rel || isShm(rel)) return NULL;
  f = add(st, rel);
  mark(f, 0, st->stx_size); // whatever is in it was never seen to be synced
  return f;
}

// --------------------------------------------------------------------- cut

static void tornRun(int from, int to, uint64_t start, uint64_t end);
static unsigned tornChance; // of 256

static void tearFile(File *f) {
  char live[PATH_MAX], kept[PATH_MAX];
  join(live, root, f->rel);
  struct statx st;
  if (!look(AT_FDCWD, live, &st) || st.stx_ino != f->ino) return;
  int fresh = 0;
  if (!f->durable) {
    if (randomNext() & 1) return; // the name never reached the disk
    f->durable = f->rel;
    fresh = O_TRUNC; // it may have been another file's name
  }
  static const unsigned chances[] = {0, 16, 128, 240, 256};
  tornChance = chances[randomNext() % 5];
  join(kept, shadow, f->durable);
  makeParents(kept);
  int from = rawOpen(live, O_RDONLY, 0), to = rawOpen(kept, O_RDWR | O_CREAT | fresh, 0644);
  if (from < 0 || to < 0) fail("tear %s: %s", f->rel, strerror(errno));
  mark(f, f->mapLow, f->mapHigh);
  forEachDirtyRun(f, tornRun, from, to);
  struct statx now;
  if (look(to, NULL, &now) && now.stx_size > st.stx_size && (randomNext() & 1))
    syscall(SYS_ftruncate, to, (off_t)st.stx_size);
  rawClose(from), rawClose(to);
}

static void tornRun(int from, int to, uint64_t start, uint64_t end) {
  for (uint64_t s = start; s < end; s += SECTOR)
    if (randomNext() % 256 < tornChance) copyRange(from, to, s, s + SECTOR);
}

// With the mutex held, never returns.
__attribute__((noreturn)) static void cut(const char *why) {
  takeLock();
  if (torn)
    for (size_t b = 0; b < BUCKETS; b++)
      for (File *f = files[b]; f; f = f->next)
        if (!f->gone) tearFile(f);
  int fd = rawOpen(cutPath, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  char text[160];
  int n = snprintf(text, sizeof text, "%s syncs %lu writes %lu\n", why, syncs, writes);
  if (fd >= 0) writeAll(fd, text, (size_t)n, 0);
  syscall(SYS_exit_group, 137);
  __builtin_unreachable();
}

// ------------------------------------------------------------------ writing

static void wrote(int fd, uint64_t start, uint64_t end, bool atPosition) {
  int saved = errno;
  pthread_mutex_lock(&mutex);
  struct statx st;
  File *f = fileOf(fd, &st);
  if (f) {
    if (atPosition) { // write(): the end is where the position is now
      off_t position = syscall(SYS_lseek, fd, (off_t)0, SEEK_CUR);
      uint64_t count = end - start;
      end = position > 0 ? (uint64_t)position : 0;
      start = end > count ? end - count : 0;
    }
    mark(f, start, end);
    if (++writes == cutAtWrite) cut("write");
  }
  pthread_mutex_unlock(&mutex);
  errno = saved;
}

static void resized(int fd, uint64_t before) {
  int saved = errno;
  pthread_mutex_lock(&mutex);
  struct statx st;
  File *f = fileOf(fd, &st);
  if (f) {
    if (before < st.stx_size) mark(f, before, st.stx_size);
    else mark(f, st.stx_size, before);
    if (++writes == cutAtWrite) cut("truncate");
  }
  pthread_mutex_unlock(&mutex);
  errno = saved;
}

static uint64_t sizeOf(int fd) {
  struct statx st;
  int saved = errno;
  uint64_t size = look(fd, NULL, &st) ? st.stx_size : 0;
  errno = saved;
  return size;
}

// ------------------------------------------------------------------ syncing

static void forgetDurable(const char *rel, File *except) {
  for (size_t b = 0; b < BUCKETS; b++)
    for (File *f = files[b]; f; f = f->next)
      if (f != except && f->durable && strcmp(f->durable, rel) == 0) {
        free(f->durable);
        f->durable = NULL;
      }
}

// Moves the durable image to a new name, or makes it from `part`.
static void nameDurable(File *f, const char *rel, const char *part) {
  char from[PATH_MAX], to[PATH_MAX];
  if (part) snprintf(from, sizeof from, "%s", part);
  else join(from, shadow, f->durable);
  join(to, shadow, rel);
  makeParents(to);
  if (syscall(SYS_rename, from, to) != 0) fail("rename %s: %s", from, strerror(errno));
  forgetDurable(rel, f);
  free(f->durable);
  f->durable = need(strdup(rel));
}

static void compare(File *f, int from, int to) {
  for (uint64_t at = 0;; at += BUFFER) {
    ssize_t a = readSome(from, buffer, BUFFER, at), b = readSome(to, buffer2, BUFFER, at);
    if (a != b || memcmp(buffer, buffer2, (size_t)(a < 0 ? 0 : a)) != 0)
      fail("check: the shadow of %s differs near byte %lu after a sync: a write went unseen", f->rel, at);
    if (a < (ssize_t)BUFFER) return;
  }
}

static void makeDirectoryDurable(const char *relDirectory);

static void makeDurable(int fd, File *f, const struct statx *st) {
  char path[PATH_MAX];
  const char *rel = relativeName(fd, path);
  if (!rel || !*rel) return; // moved out of the directory
  if (strcmp(rel, f->rel) != 0) {
    free(f->rel);
    f->rel = need(strdup(rel));
  }
  int from = fd;
  if ((syscall(SYS_fcntl, fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
    if (f->readFD < 0) f->readFD = rawOpen(path, O_RDONLY, 0); // stays open, see the top
    from = f->readFD;
    if (from < 0) fail("open %s: %s", path, strerror(errno));
  }
  // A journal keeps the order of names: when this sync moves a file's name or
  // takes over another's, what happened to names before it is durable too.
  char kept[PATH_MAX];
  struct statx other;
  join(kept, shadow, rel);
  if (f->durable ? strcmp(f->durable, rel) != 0 : look(AT_FDCWD, kept, &other)) {
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s", rel);
    char *slash = strrchr(parent, '/');
    *(slash ? slash : parent) = 0;
    makeDirectoryDurable(parent);
  }
  int to;
  if (!f->durable) {
    to = rawOpen(partPath, O_RDWR | O_CREAT | O_TRUNC, 0644);
    if (to < 0) fail("open %s: %s", partPath, strerror(errno));
    copyRange(from, to, 0, st->stx_size);
    nameDurable(f, rel, partPath);
  } else {
    if (strcmp(f->durable, rel) != 0) nameDurable(f, rel, NULL);
    to = rawOpen(kept, O_RDWR | O_CREAT, 0644);
    if (to < 0) fail("open %s: %s", kept, strerror(errno));
    mark(f, f->mapLow, f->mapHigh);
    forEachDirtyRun(f, copyRange, from, to);
    if (syscall(SYS_ftruncate, to, (off_t)st->stx_size) != 0) fail("ftruncate: %s", strerror(errno));
  }
  if (f->words) memset(f->bits, 0, f->words * 8);
  if (checking) compare(f, from, to);
  rawClose(to);
}

// A synced directory: names gone are gone, names new are there, new files that
// were never synced themselves are there but empty.
static void makeDirectoryDurable(const char *relDirectory) {
  char live[PATH_MAX], kept[PATH_MAX], path[PATH_MAX], rel[PATH_MAX];
  if (*relDirectory) join(live, root, relDirectory), join(kept, shadow, relDirectory);
  else snprintf(live, sizeof live, "%s", root), snprintf(kept, sizeof kept, "%s", shadow);
  join(path, kept, "x");
  makeParents(path);
  struct dirent *entry;
  struct statx st;
  DIR *directory = opendir(live);
  if (!directory) return;
  File *moved[BUCKETS]; // names may have been swapped: first all away, then all back
  File *fresh[BUCKETS]; // new names, still empty on the disk
  size_t moves = 0, freshes = 0;
  while ((entry = readdir(directory))) {
    join(path, live, entry->d_name);
    if (isShm(entry->d_name) || !look(AT_FDCWD, path, &st) || !S_ISREG(st.stx_mode)) continue;
    if (*relDirectory) join(rel, relDirectory, entry->d_name);
    else snprintf(rel, sizeof rel, "%s", entry->d_name);
    File *f = find(&st);
    if (!f) {
      f = add(&st, rel);
      mark(f, 0, st.stx_size);
    }
    if (strcmp(f->rel, rel) != 0) {
      free(f->rel);
      f->rel = need(strdup(rel));
    }
    if (f->durable && strcmp(f->durable, rel) == 0) continue;
    if (!f->durable) {
      if (freshes == BUCKETS) fail("too many new files before one directory sync");
      mark(f, 0, st.stx_size);
      fresh[freshes++] = f;
    } else {
      if (moves == BUCKETS) fail("too many renames before one directory sync");
      char from[PATH_MAX], away[PATH_MAX + 32];
      join(from, shadow, f->durable);
      snprintf(away, sizeof away, "%s.%zu", partPath, moves);
      if (syscall(SYS_rename, from, away) != 0) fail("rename %s: %s", from, strerror(errno));
      free(f->durable);
      f->durable = NULL;
      moved[moves++] = f;
    }
  }
  for (size_t m = 0; m < moves; m++) {
    char away[PATH_MAX + 32];
    snprintf(away, sizeof away, "%s.%zu", partPath, m);
    nameDurable(moved[m], moved[m]->rel, away);
  }
  for (size_t n = 0; n < freshes; n++) {
    int fd = rawOpen(partPath, O_RDWR | O_CREAT | O_TRUNC, 0644);
    if (fd < 0) fail("open %s: %s", partPath, strerror(errno));
    rawClose(fd);
    nameDurable(fresh[n], fresh[n]->rel, partPath);
  }
  closedir(directory);
  directory = opendir(kept);
  if (!directory) return;
  while ((entry = readdir(directory))) {
    join(path, live, entry->d_name);
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || look(AT_FDCWD, path, &st)) continue;
    if (*relDirectory) join(rel, relDirectory, entry->d_name);
    else snprintf(rel, sizeof rel, "%s", entry->d_name);
    forgetDurable(rel, NULL);
    join(path, kept, entry->d_name);
    if (syscall(SYS_unlink, path) != 0) syscall(SYS_rmdir, path);
  }
  closedir(directory);
}

static int sync_(long number, int fd) {
  if (!active) return (int)syscall(number, fd);
  struct statx st = {0};
  char path[PATH_MAX], relDirectory[PATH_MAX] = "";
  pthread_mutex_lock(&mutex);
  File *f = fileOf(fd, &st);
  const char *rel = NULL;
  if (!f && S_ISDIR(st.stx_mode) && (rel = relativeName(fd, path))) snprintf(relDirectory, sizeof relDirectory, "%s", rel);
  if (!f && !rel) {
    pthread_mutex_unlock(&mutex);
    return (int)syscall(number, fd);
  }
  uint64_t mine = ++syncs;
  if (mine == cutAtSync && !cutAfterSync) cut("before sync");
  pthread_mutex_unlock(&mutex);

  if (!noRealSync && syscall(number, fd) != 0) return -1; // the image stays

  pthread_mutex_lock(&mutex);
  if (!lying) {
    int lock = takeLock();
    if (rel) makeDirectoryDurable(relDirectory);
    else if ((f = fileOf(fd, &st))) makeDurable(fd, f, &st);
    rawClose(lock);
  }
  if (statsFD >= 0) {
    char text[96];
    int n = snprintf(text, sizeof text, "syncs %lu writes %lu\n", syncs, writes);
    writeAll(statsFD, text, (size_t)n, 0);
  }
  if (mine == cutAtSync) cut("after sync");
  pthread_mutex_unlock(&mutex);
  return 0;
}

// ------------------------------------------------------------------ starting

// The first process to come takes everything present for durable. A later one
// finds the shadow and takes what differs from it for not yet synced.
static void scan(const char *relDirectory, bool first) {
  char live[PATH_MAX], path[PATH_MAX], kept[PATH_MAX], rel[PATH_MAX];
  if (*relDirectory) join(live, root, relDirectory);
  else snprintf(live, sizeof live, "%s", root);
  DIR *directory = opendir(live);
  if (!directory) fail("opendir %s: %s", live, strerror(errno));
  struct dirent *entry;
  struct statx st;
  while ((entry = readdir(directory))) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || isShm(entry->d_name)) continue;
    if (*relDirectory) join(rel, relDirectory, entry->d_name);
    else snprintf(rel, sizeof rel, "%s", entry->d_name);
    join(path, live, entry->d_name);
    if (!look(AT_FDCWD, path, &st)) continue;
    if (S_ISDIR(st.stx_mode)) {
      char below[PATH_MAX];
      snprintf(below, sizeof below, "%s", rel);
      scan(below, first);
    }
    if (!S_ISREG(st.stx_mode)) continue;
    File *f = add(&st, rel);
    join(kept, shadow, rel);
    int to = rawOpen(kept, O_RDWR, 0);
    if (to < 0 && !first) {
      mark(f, 0, st.stx_size);
      continue;
    }
    int from = rawOpen(path, O_RDONLY, 0); // no locks are held this early
    if (from < 0) fail("open %s: %s", path, strerror(errno));
    if (to < 0) {
      makeParents(kept);
      to = rawOpen(kept, O_RDWR | O_CREAT, 0644);
      if (to < 0) fail("open %s: %s", kept, strerror(errno));
      copyRange(from, to, 0, st.stx_size);
    } else {
      for (uint64_t at = 0;; at += BUFFER) {
        ssize_t a = readSome(from, buffer, BUFFER, at), b = readSome(to, buffer2, BUFFER, at);
        if (a <= 0) break;
        for (size_t s = 0; s < (size_t)a; s += SECTOR) {
          size_t n = (size_t)a - s < SECTOR ? (size_t)a - s : SECTOR;
          if (b < (ssize_t)(s + n) || memcmp(buffer + s, buffer2 + s, n) != 0) mark(f, at + s, at + s + n);
        }
      }
    }
    f->durable = need(strdup(rel));
    rawClose(from), rawClose(to);
  }
  closedir(directory);
}

static uint64_t number(const char *name) {
  const char *text = getenv(name);
  if (!text || !*text) return 0;
  char *end;
  uint64_t value = strtoull(text, &end, 10);
  if (*end) fail("%s is not a number: %s", name, text);
  return value;
}
static bool flag(const char *name) {
  const char *text = getenv(name);
  return text && *text && strcmp(text, "0") != 0;
}

__attribute__((constructor)) static void start(void) {
  const char *directory = getenv("POWERCUT_DIR"), *kept = getenv("POWERCUT_SHADOW");
  if (!directory || !*directory) return;
  if (!kept || !*kept) fail("POWERCUT_SHADOW is not set");
  if (!realpath(directory, root)) fail("POWERCUT_DIR %s: %s", directory, strerror(errno));
  rootLength = strlen(root);
  char absolute[PATH_MAX];
  if (kept[0] == '/') snprintf(absolute, sizeof absolute, "%s", kept);
  else {
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) fail("getcwd");
    join(absolute, here, kept);
  }
  size_t n = strlen(absolute);
  while (n > 1 && absolute[n - 1] == '/') absolute[--n] = 0;
  snprintf(shadow, sizeof shadow, "%s", absolute);
  if (strncmp(shadow, root, rootLength) == 0 && (shadow[rootLength] == '/' || !shadow[rootLength]))
    fail("POWERCUT_SHADOW must lie outside POWERCUT_DIR");
  snprintf(lockPath, sizeof lockPath, "%s.lock", shadow);
  snprintf(partPath, sizeof partPath, "%s.part", shadow);
  snprintf(cutPath, sizeof cutPath, "%s.cut", shadow);
  char path[PATH_MAX + 8];
  snprintf(path, sizeof path, "%s.stats", shadow);

  cutAtSync = number("POWERCUT_AFTER");
  cutAtWrite = number("POWERCUT_AFTER_WRITES");
  const char *when = getenv("POWERCUT_WHEN");
  if (when && *when && strcmp(when, "before") && strcmp(when, "after")) fail("POWERCUT_WHEN is before or after, not %s", when);
  cutAfterSync = when && strcmp(when, "after") == 0;
  const char *seed = getenv("POWERCUT_TORN");
  torn = seed && *seed;
  randomState = number("POWERCUT_TORN");
  noRealSync = flag("POWERCUT_NOSYNC");
  lying = flag("POWERCUT_LIE");
  checking = flag("POWERCUT_CHECK");

  makeParents(shadow);
  int lock = takeLock();
  struct statx st;
  bool first = !look(AT_FDCWD, shadow, &st);
  if (first && syscall(SYS_mkdir, shadow, 0755) != 0) fail("mkdir %s: %s", shadow, strerror(errno));
  scan("", first);
  rawClose(lock);
  statsFD = rawOpen(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
  active = true;
}

// --------------------------------------------------------- the calls replaced

EXPORT int fsync(int fd) { return sync_(SYS_fsync, fd); }
EXPORT int fdatasync(int fd) { return sync_(SYS_fdatasync, fd); }

EXPORT ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t n = syscall(SYS_write, fd, bytes, count);
  if (active && n > 0) wrote(fd, 0, (uint64_t)n, true);
  return n;
}
EXPORT ssize_t writev(int fd, const struct iovec *parts, int count) {
  ssize_t n = syscall(SYS_writev, fd, parts, (long)count);
  if (active && n > 0) wrote(fd, 0, (uint64_t)n, true);
  return n;
}
EXPORT ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  ssize_t n = syscall(SYS_pwrite64, fd, bytes, count, offset);
  if (active && n > 0) wrote(fd, (uint64_t)offset, (uint64_t)offset + (uint64_t)n, false);
  return n;
}
EXPORT ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }
EXPORT ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t offset, int flags) {
  ssize_t n = syscall(SYS_pwritev2, fd, parts, (long)count, (long)offset, 0L, (long)flags);
  if (active && n > 0) wrote(fd, (uint64_t)offset, (uint64_t)offset + (uint64_t)n, offset == -1);
  return n;
}
EXPORT ssize_t pwritev64v2(int fd, const struct iovec *parts, int count, off64_t offset, int flags) {
  return pwritev2(fd, parts, count, offset, flags);
}
EXPORT ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  ssize_t n = syscall(SYS_pwritev, fd, parts, (long)count, (long)offset, 0L);
  if (active && n > 0) wrote(fd, (uint64_t)offset, (uint64_t)offset + (uint64_t)n, false);
  return n;
}
EXPORT ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return pwritev64(fd, parts, count, offset);
}
EXPORT ssize_t copy_file_range(int in, off64_t *inOffset, int out, off64_t *outOffset, size_t count, unsigned flags) {
  ssize_t n = syscall(SYS_copy_file_range, in, inOffset, out, outOffset, count, flags);
  if (active && n > 0) {
    uint64_t end = outOffset ? (uint64_t)*outOffset : (uint64_t)n;
    wrote(out, end - (uint64_t)n, end, !outOffset);
  }
  return n;
}
EXPORT ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
  ssize_t n = syscall(SYS_sendfile, out, in, offset, count);
  if (active && n > 0) wrote(out, 0, (uint64_t)n, true);
  return n;
}
EXPORT ssize_t sendfile(int out, int in, off_t *offset, size_t count) { return sendfile64(out, in, offset, count); }

EXPORT int ftruncate64(int fd, off64_t size) {
  uint64_t before = active ? sizeOf(fd) : 0;
  int result = (int)syscall(SYS_ftruncate, fd, size);
  if (active && result == 0) resized(fd, before);
  return result;
}
EXPORT int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
EXPORT int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  uint64_t before = active ? sizeOf(fd) : 0;
  int result = (int)syscall(SYS_fallocate, fd, mode, offset, length);
  if (active && result == 0) {
    resized(fd, before);
    // Punching, collapsing and zeroing change bytes already there.
    if (mode & ~FALLOC_FL_KEEP_SIZE) wrote(fd, (uint64_t)offset, before, false);
  }
  return result;
}
EXPORT int fallocate(int fd, int mode, off_t offset, off_t length) { return fallocate64(fd, mode, offset, length); }
EXPORT int posix_fallocate64(int fd, off64_t offset, off64_t length) {
  int saved = errno;
  int result = fallocate64(fd, 0, offset, length) == 0 ? 0 : errno;
  errno = saved;
  return result;
}
EXPORT int posix_fallocate(int fd, off_t offset, off_t length) { return posix_fallocate64(fd, offset, length); }

static int open_(int at, const char *path, int flags, mode_t mode) {
  uint64_t before = 0;
  struct statx st;
  if (active && (flags & O_TRUNC) && syscall(SYS_statx, at, path, 0, STATX_BASIC_STATS, &st) == 0) before = st.stx_size;
  int fd = (int)syscall(SYS_openat, at, path, flags, mode);
  if (active && fd >= 0 && (flags & O_TRUNC)) resized(fd, before);
  return fd;
}
#define MODE_OF(flags)                                      \
  mode_t mode = 0;                                          \
  if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {   \
    va_list list;                                           \
    va_start(list, flags);                                  \
    mode = va_arg(list, mode_t);                            \
    va_end(list);                                           \
  }
EXPORT int open(const char *path, int flags, ...) {
  MODE_OF(flags) return open_(AT_FDCWD, path, flags, mode);
}
EXPORT int open64(const char *path, int flags, ...) {
  MODE_OF(flags) return open_(AT_FDCWD, path, flags, mode);
}
EXPORT int openat(int at, const char *path, int flags, ...) {
  MODE_OF(flags) return open_(at, path, flags, mode);
}
EXPORT int openat64(int at, const char *path, int flags, ...) {
  MODE_OF(flags) return open_(at, path, flags, mode);
}
EXPORT int creat(const char *path, mode_t mode) { return open_(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
EXPORT int creat64(const char *path, mode_t mode) { return creat(path, mode); }
EXPORT int __open_2(const char *path, int flags) { return open_(AT_FDCWD, path, flags, 0); }
EXPORT int __open64_2(const char *path, int flags) { return open_(AT_FDCWD, path, flags, 0); }
EXPORT int __openat_2(int at, const char *path, int flags) { return open_(at, path, flags, 0); }
EXPORT int __openat64_2(int at, const char *path, int flags) { return open_(at, path, flags, 0); }
EXPORT int truncate64(const char *path, off64_t size) {
  if (!active) return (int)syscall(SYS_truncate, path, size);
  // Without a descriptor: find the file by its inode, never open it.
  struct statx st;
  bool found = syscall(SYS_statx, AT_FDCWD, path, 0, STATX_BASIC_STATS | STATX_BTIME, &st) == 0;
  int result = (int)syscall(SYS_truncate, path, size);
  if (result == 0 && found) {
    int saved = errno;
    pthread_mutex_lock(&mutex);
    File *f = find(&st);
    uint64_t low = (uint64_t)size < st.stx_size ? (uint64_t)size : st.stx_size;
    uint64_t high = (uint64_t)size < st.stx_size ? st.stx_size : (uint64_t)size;
    if (f) {
      mark(f, low, high);
      if (++writes == cutAtWrite) cut("truncate");
    }
    pthread_mutex_unlock(&mutex);
    errno = saved;
  }
  return result;
}
EXPORT int truncate(const char *path, off_t size) { return truncate64(path, size); }

// A removed or replaced file's inode number may come back as another file.
static bool before_(int at, const char *path, struct statx *st) {
  if (!active) return false;
  int saved = errno;
  bool found = look(at, path, st) && S_ISREG(st->stx_mode);
  errno = saved;
  return found;
}
static void gone(const struct statx *st) {
  int saved = errno;
  pthread_mutex_lock(&mutex);
  File *f = st->stx_nlink <= 1 ? find(st) : NULL;
  if (f) f->gone = true;
  pthread_mutex_unlock(&mutex);
  errno = saved;
}
EXPORT int unlinkat(int at, const char *path, int flags) {
  struct statx st;
  bool known = before_(at, path, &st);
  int result = (int)syscall(SYS_unlinkat, at, path, flags);
  if (known && result == 0) gone(&st);
  return result;
}
EXPORT int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
EXPORT int remove(const char *path) {
  int result = unlinkat(AT_FDCWD, path, 0);
  return result != 0 && errno == EISDIR ? unlinkat(AT_FDCWD, path, AT_REMOVEDIR) : result;
}
EXPORT int renameat2(int fromAt, const char *from, int toAt, const char *to, unsigned flags) {
  struct statx old, new;
  bool moved = before_(fromAt, from, &new), known = before_(toAt, to, &old);
  int result = (int)syscall(SYS_renameat2, fromAt, from, toAt, to, flags);
  bool replaced = known && moved && !(flags & RENAME_EXCHANGE) && old.stx_ino != new.stx_ino;
  if (result == 0 && replaced) gone(&old);
  return result;
}
EXPORT int renameat(int fromAt, const char *from, int toAt, const char *to) { return renameat2(fromAt, from, toAt, to, 0); }
EXPORT int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

EXPORT void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
  void *result = (void *)syscall(SYS_mmap, address, length, (long)protection, (long)flags, (long)fd, offset);
  bool shared = (flags & MAP_TYPE) == MAP_SHARED || (flags & MAP_TYPE) == MAP_SHARED_VALIDATE;
  if (!active || result == MAP_FAILED || fd < 0 || !shared || !(protection & PROT_WRITE)) return result;
  int saved = errno;
  pthread_mutex_lock(&mutex);
  struct statx st;
  File *f = fileOf(fd, &st);
  if (f) {
    uint64_t low = (uint64_t)offset, high = low + length;
    if (f->mapHigh == 0) f->mapLow = low, f->mapHigh = high, say("%s is written through a shared mapping", f->rel);
    if (low < f->mapLow) f->mapLow = low;
    if (high > f->mapHigh) f->mapHigh = high;
  }
  pthread_mutex_unlock(&mutex);
  errno = saved;
  return result;
}
EXPORT void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
  return mmap64(address, length, protection, flags, fd, offset);
}
