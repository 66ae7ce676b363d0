#include <libpq-fe.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

/// Names the calling thread, as ps and gdb show it: prctl is variadic, which Swift cannot call. Clipped to 15 bytes.
static inline void primary_conect_name_thread(const char *name) {
    prctl(PR_SET_NAME, name);
}
