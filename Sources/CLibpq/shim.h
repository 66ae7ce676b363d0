#include <libpq-fe.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// The C library has these, but shows them only under _GNU_SOURCE, which Swift's own modules do not set.
extern int pipe2(int descriptors[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);

/// Names the calling thread, as ps and gdb show it: prctl is variadic, which Swift cannot call. Clipped to 15 bytes.
static inline void primary_conect_name_thread(const char *name) {
    prctl(PR_SET_NAME, name);
}
