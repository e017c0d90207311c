// The little that Embedded Swift asks of a C library, for the phone's WebAssembly core only.
// Natively this file compiles to nothing.
#ifdef __wasm__
#include <stddef.h>
#include <stdint.h>

// Memory is taken from a heap that only grows within a call. The page notes the mark once the core
// has started and sets the heap back to it before each call: nothing of one person's data outlives
// the next call, and nothing needs a free list.
//
// Values that Swift makes once, when they are first asked for, outlive every call. They are made in
// rooms of their own, which the heap goes around.
extern unsigned char __heap_base;
enum { page = 65536, mostRooms = 64 };
static uintptr_t top, kept, keptEnd;
static struct { uintptr_t start, end; } rooms[mostRooms];
static int roomCount, making;

static int grow(uintptr_t bytes) {
  return __builtin_wasm_memory_grow(0, (bytes + page - 1) / page) != (size_t)-1;
}

// Memory that stays.
static void *keep(size_t size, size_t alignment) {
  uintptr_t start = (kept + alignment - 1) & ~(uintptr_t)(alignment - 1);
  if (start < kept || start + size < start || start + size > keptEnd) {
    uintptr_t have = (uintptr_t)__builtin_wasm_memory_size(0) * page;
    if (roomCount == mostRooms || size > UINT32_MAX / 2 || !grow(size + page)) return NULL;
    kept = start = have;
    keptEnd = (uintptr_t)__builtin_wasm_memory_size(0) * page;
    rooms[roomCount].start = have;
    rooms[roomCount++].end = keptEnd;
  }
  kept = start + size;
  return (void *)start;
}

static void *take(size_t size, size_t alignment) {
  if (making) return keep(size, alignment);
  if (top == 0) top = (uintptr_t)&__heap_base;
  uintptr_t start = (top + alignment - 1) & ~(uintptr_t)(alignment - 1);
  if (start < top || start + size < start) return NULL;
  for (int room = 0; room < roomCount; room++) {
    if (start < rooms[room].end && start + size > rooms[room].start) {
      start = rooms[room].end;  // Ends of rooms are ends of pages.
      if (start + size < start) return NULL;
    }
  }
  uintptr_t have = (uintptr_t)__builtin_wasm_memory_size(0) * page;
  uintptr_t end = start + size;
  if (end > have && !grow(end - have)) return NULL;
  top = end;
  return (void *)start;
}

// In place of Swift's own: there is one thread, and what is made here is kept.
void swift_once(intptr_t *done, void (*make)(void *), void *context) {
  if (*done < 0) return;
  making++;
  make(context);
  making--;
  *done = -1;
}

int posix_memalign(void **out, size_t alignment, size_t size) {
  *out = take(size, alignment < 16 ? 16 : alignment);
  return *out == NULL ? 12 : 0;
}
void *malloc(size_t size) { return take(size, 16); }
void free(void *pointer) { (void)pointer; }

// Where the heap stands, and setting it back there.
uintptr_t phoneMark(void) { return top; }
void phoneRelease(uintptr_t mark) { top = mark; }

// Seeds Swift's hashing. The core hashes nothing that a stranger chooses, so a fixed pattern will do.
void arc4random_buf(void *bytes, size_t count) {
  unsigned char *next = bytes;
  for (size_t i = 0; i < count; i++) next[i] = (unsigned char)(i * 167 + 13);
}

int memcmp(const void *left, const void *right, size_t count) {
  const unsigned char *a = left, *b = right;
  for (; count; count--, a++, b++)
    if (*a != *b) return *a - *b;
  return 0;
}
void *memcpy(void *to, const void *from, size_t count) {
  return __builtin_memcpy(to, from, count);
}
void *memmove(void *to, const void *from, size_t count) {
  return __builtin_memmove(to, from, count);
}
void *memset(void *to, int value, size_t count) {
  return __builtin_memset(to, value, count);
}
#endif
