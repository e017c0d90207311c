// Writes the guidelines and forms, packed, as a C file: run once while the phone's core is built,
// and linked into no other program. The core then carries the bytes in place of the code that makes
// the values, which takes more than twice the room.
#if defined(__wasm__) && defined(PHONE_WRITES_DEFINITIONS)
#include <stdint.h>

struct bytes { const void *start; uint32_t count; };
__attribute__((import_module("wasi_snapshot_preview1"), import_name("fd_write")))
int fd_write(int file, const struct bytes *parts, int count, uint32_t *written);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit")))
_Noreturn void proc_exit(int code);

void phoneStart(void);
int32_t phonePackDefinitions(void);
void phoneOutput(unsigned char *room);
void *malloc(__SIZE_TYPE__ size);

// The writer itself has none.
const unsigned char *phoneDefinitions(void) { return 0; }
int32_t phoneDefinitionsCount(void) { return 0; }

static char line[1 << 16];
static uint32_t used;

static void flush(void) {
  const char *next = line;
  while (used > 0) {
    struct bytes part = {next, used};
    uint32_t written = 0;
    if (fd_write(1, &part, 1, &written) != 0 || written == 0) proc_exit(1);
    next += written;
    used -= written;
  }
}

static void put(char letter) {
  if (used == sizeof line) flush();
  line[used++] = letter;
}

static void text(const char *letters) {
  while (*letters) put(*letters++);
}

static void number(uint32_t value) {
  if (value >= 10) number(value / 10);
  put((char)('0' + value % 10));
}

void _start(void) {
  phoneStart();
  int32_t count = phonePackDefinitions();
  if (count <= 0) proc_exit(2);
  unsigned char *bytes = malloc((__SIZE_TYPE__)count);
  if (!bytes) proc_exit(3);
  phoneOutput(bytes);
  text("static const unsigned char bytes[] = {");
  for (int32_t place = 0; place < count; place++) {
    number(bytes[place]);
    put(',');
    if (place % 32 == 31) put('\n');
  }
  text("};\nconst unsigned char *phoneDefinitions(void) { return bytes; }\n");
  text("int phoneDefinitionsCount(void) { return (int)sizeof bytes; }\n");
  flush();
}
#endif
