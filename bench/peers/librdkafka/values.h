/* What is sent: seeded lines that compress about as JSON does, the very bytes that the other clients of the benchmarks send. */
#ifndef VALUES_H
#define VALUES_H

#include <stddef.h>

/* How many different values a load sends, in turn; a power of two. */
#define VALUES_DIFFERENT 1024

/* All values, each of the same size, one after the other; the caller frees them. */
char *values_lines(size_t size);

#endif
