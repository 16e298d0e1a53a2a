/* What the process is told, as --name value pairs. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct options {
    const char *bootstrap;   /* HOST:PORT */
    const char *topic;
    long messages;           /* in each round, by all callers together */
    size_t size;             /* of each value, in bytes; keys are null */
    int callers;             /* threads that produce */
    int warm_ups;            /* rounds that are not counted, at the least */
    long warm_up_seconds;    /* how long these go on, at the least */
    int64_t warm_up_bytes;   /* of values that they may have to last so long */
    int rounds;              /* rounds that are */
    const char *acks;        /* 0, 1 or all */
    bool idempotent;         /* only with acks all */
    const char *linger_ms;
    long batch_bytes;
    long max_request_bytes;
    long buffer_bytes;       /* the client's bound of memory */
    const char *compression; /* none, gzip, snappy, lz4 or zstd */
    bool spreads_each;       /* each message goes to any partition, or else the client's own way to fill one batch after the other */
    bool own_defaults;       /* the client is left as it comes, but for the address and the topic */
};

/* Reads the command line; what is unknown or senseless is told on standard error, with what is known, and ends the process with 2. */
struct options options_parse(int argc, char **argv);

#endif
