#include "options.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_USAGE 2

enum name {
    BOOTSTRAP,
    TOPIC,
    MESSAGES,
    SIZE,
    CALLERS,
    WARM_UPS,
    WARM_UP_SECONDS,
    WARM_UP_LIMIT_SECONDS,
    WARM_UP_BYTES,
    ROUNDS,
    ACKS,
    IDEMPOTENT,
    LINGER_MS,
    BATCH_BYTES,
    MAX_REQUEST_BYTES,
    BUFFER_BYTES,
    COMPRESSION,
    PARTITIONER,
    PARTITIONS,
    DEFAULTS,
    NAMES
};

static const struct {
    const char *name;
    const char *otherwise; /* NULL: must be given */
    const char *allowed;   /* NULL: anything */
} KNOWN[NAMES] = {
    [BOOTSTRAP] = {"bootstrap", NULL, NULL},
    [TOPIC] = {"topic", "load", NULL},
    [MESSAGES] = {"messages", "1000000", NULL},
    [SIZE] = {"size", "100", NULL},
    [CALLERS] = {"callers", "1", NULL},
    [WARM_UPS] = {"warm-ups", "15", NULL},
    [WARM_UP_SECONDS] = {"warm-up-seconds", "0", NULL},
    [WARM_UP_LIMIT_SECONDS] = {"warm-up-limit-seconds", "0", NULL},
    [WARM_UP_BYTES] = {"warm-up-bytes", "9223372036854775807", NULL},
    [ROUNDS] = {"rounds", "9", NULL},
    [ACKS] = {"acks", "all", "0|1|all"},
    [IDEMPOTENT] = {"idempotent", "true", "true|false"},
    [LINGER_MS] = {"linger-ms", "5", NULL},
    [BATCH_BYTES] = {"batch-bytes", "131072", NULL},
    [MAX_REQUEST_BYTES] = {"max-request-bytes", "1048576", NULL},
    [BUFFER_BYTES] = {"buffer-bytes", "67108864", NULL},
    [COMPRESSION] = {"compression", "none", "none|gzip|snappy|lz4|zstd"},
    [PARTITIONER] = {"partitioner", "random", "random|sticky"},
    [PARTITIONS] = {"partitions", "6", NULL}, /* told to every client; this one asks the cluster */
    [DEFAULTS] = {"defaults", "false", "true|false"},
};

static _Noreturn void refuse(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s; options are --name value:\n", what, why);
    for (int i = 0; i < NAMES; i++) {
        fprintf(stderr, "  --%-22s%s%s%s\n", KNOWN[i].name, KNOWN[i].otherwise ? KNOWN[i].otherwise : "must be given",
                KNOWN[i].allowed ? ", of " : "", KNOWN[i].allowed ? KNOWN[i].allowed : "");
    }
    exit(EXIT_USAGE);
}

static int index_of(const char *argument)
{
    if (strncmp(argument, "--", 2) == 0) {
        for (int i = 0; i < NAMES; i++) {
            if (strcmp(argument + 2, KNOWN[i].name) == 0) {
                return i;
            }
        }
    }
    refuse(argument, "not known");
}

static bool is_one_of(const char *allowed, const char *value)
{
    size_t length = strlen(value);
    for (const char *at = allowed; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strcspn(at, "|") == length && strncmp(at, value, length) == 0) {
            return true;
        }
    }
    return false;
}

static long number(const char *const *values, enum name name, long least, long most)
{
    char *end;
    errno = 0;
    long value = strtol(values[name], &end, 10);
    if (errno != 0 || *end != '\0' || end == values[name] || value < least || value > most) {
        refuse(KNOWN[name].name, "not a number, or out of range");
    }
    return value;
}

static bool is(const char *value, const char *other)
{
    return strcmp(value, other) == 0;
}

struct options options_parse(int argc, char **argv)
{
    const char *values[NAMES];
    for (int i = 0; i < NAMES; i++) {
        values[i] = KNOWN[i].otherwise;
    }
    for (int i = 1; i < argc; i += 2) {
        int name = index_of(argv[i]);
        if (i + 1 == argc) {
            refuse(argv[i], "has no value");
        }
        values[name] = argv[i + 1]; /* of two, the last counts */
    }
    for (int i = 0; i < NAMES; i++) {
        if (values[i] == NULL) {
            refuse(KNOWN[i].name, "is missing");
        }
        if (KNOWN[i].allowed != NULL && !is_one_of(KNOWN[i].allowed, values[i])) {
            refuse(KNOWN[i].name, "not one of these");
        }
    }
    number(values, LINGER_MS, 0, INT_MAX);
    number(values, PARTITIONS, 1, INT_MAX);
    long warm_up_seconds = number(values, WARM_UP_SECONDS, 0, INT_MAX);
    /* Until the compilers are quiet, a JVM is told. There are none here, but the server has some: it gets as much time as it may get of anybody. */
    long warm_up_limit_seconds = number(values, WARM_UP_LIMIT_SECONDS, 0, INT_MAX);
    return (struct options){
        .bootstrap = values[BOOTSTRAP],
        .topic = values[TOPIC],
        .messages = number(values, MESSAGES, 1, INT_MAX),
        .size = (size_t)number(values, SIZE, 1, INT_MAX),
        .callers = (int)number(values, CALLERS, 1, 1024),
        .warm_ups = (int)number(values, WARM_UPS, 0, INT_MAX),
        .warm_up_seconds = warm_up_seconds > warm_up_limit_seconds ? warm_up_seconds : warm_up_limit_seconds,
        .warm_up_bytes = number(values, WARM_UP_BYTES, 0, LONG_MAX),
        .rounds = (int)number(values, ROUNDS, 1, INT_MAX),
        .acks = values[ACKS],
        .idempotent = is(values[ACKS], "all") && is(values[IDEMPOTENT], "true"),
        .linger_ms = values[LINGER_MS],
        .batch_bytes = number(values, BATCH_BYTES, 1, INT_MAX),
        .max_request_bytes = number(values, MAX_REQUEST_BYTES, 1, INT_MAX),
        .buffer_bytes = number(values, BUFFER_BYTES, 1024, LONG_MAX),
        .compression = values[COMPRESSION],
        .spreads_each = is(values[PARTITIONER], "random"),
        .own_defaults = is(values[DEFAULTS], "true"),
    };
}
