/*
 * Load for librdkafka: rounds of messages, as fast as the library takes them, and what each round cost this process.
 *
 *   librdkafka-load --bootstrap HOST:PORT [--name value ...]
 *
 * Prints SETTINGS and what the live client goes by, and at the end RESULT and what was measured, each as one line of JSON. It exits with 0 only
 * if every message was acknowledged.
 */
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <librdkafka/rdkafka.h>

#include "options.h"
#include "values.h"

/*
 * Who serves the delivery reports: the callers themselves, as the example that the library's documentation points producers to does, which is also
 * its authors' tool to measure throughput (rdkafka_performance.c): without waiting after every thousandth message, and waiting when the queue is full.
 * A thread of its own that polls was slower and took more CPU: it frees what the callers allocate.
 */
#define MESSAGES_BETWEEN_POLLS 1000
#define QUEUE_FULL_POLL_MS 10

/* How often the library tells its statistics, which costs it nothing that a round would show. */
#define STATISTICS_MS 1000

/* A round that takes longer than this after its last call has failed. */
#define FLUSH_MS 60000

#define BATCH_MESSAGES_DEFAULT 10000
#define BATCH_MESSAGES_MAX 1000000
#define ERROR_BYTES 512
#define SETTING_BYTES 256
#define NANOS_PER_SECOND INT64_C(1000000000)
#define NANOS_PER_MILLI INT64_C(1000000)

/* What became of messages, as told to one thread: no two threads write to one. */
struct tally {
    int64_t acknowledged;
    int64_t failed;
};

static _Thread_local struct tally told;

/*
 * To a broker that it takes for one that cannot decompress, the library sends what is not compressed, and says so nowhere: only its statistics tell,
 * as the bytes that it sent, and the bytes of the messages in them.
 */
static atomic_llong sent_bytes;
static atomic_llong sent_message_bytes;

/* Whose turn it is among the partitions. */
static atomic_llong turns;

struct load {
    struct options options;
    rd_kafka_t *producer;
    rd_kafka_topic_t *topic;
    char *values;
    pthread_barrier_t start; /* of a round: all callers and the main thread */
    pthread_barrier_t end;   /* of all callers' calls */
    bool over;               /* set before a start that begins no round any more */
};

struct caller {
    struct load *load;
    pthread_t thread;
    long messages; /* in each round */
    int64_t cpu_nanos;
    struct tally tally;
    int64_t refused; /* by produce itself, for another reason than a full queue */
};

/* What one round cost, for each message. */
struct cost {
    double messages_per_second;
    double cpu_nanos;
    double caller_nanos;
};

static int64_t nanos(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * NANOS_PER_SECOND + now.tv_nsec;
}

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

/* --- The client ------------------------------------------------------------------------------------------------------ */

static void on_delivery(rd_kafka_t *producer, const rd_kafka_message_t *message, void *opaque)
{
    (void)producer;
    (void)opaque;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        told.acknowledged++;
    } else if (told.failed++ == 0) {
        fprintf(stderr, "a message failed: %s\n", rd_kafka_err2str(message->err));
    }
}

/* A number of the statistics, which are JSON without spaces. */
static long long statistic(const char *json, const char *quoted_name)
{
    const char *at = strstr(json, quoted_name);
    return at == NULL ? 0 : atoll(at + strlen(quoted_name) + 1);
}

static int on_statistics(rd_kafka_t *producer, char *json, size_t length, void *opaque)
{
    (void)producer;
    (void)length;
    (void)opaque;
    atomic_store(&sent_message_bytes, statistic(json, "\"txmsg_bytes\""));
    atomic_store(&sent_bytes, statistic(json, "\"tx_bytes\""));
    return 0; /* the library keeps the text, and frees it */
}

static bool takes_turns(const struct options *options)
{
    return !options->own_defaults && options->spreads_each;
}

/* One partition after the other, as the other clients have it. The library asks for each message that names no partition. */
static int32_t next_partition(const rd_kafka_topic_t *topic, const void *key, size_t key_length, int32_t partitions,
                              void *topic_opaque, void *message_opaque)
{
    (void)topic;
    (void)key;
    (void)key_length;
    (void)topic_opaque;
    (void)message_opaque;
    return (int32_t)(atomic_fetch_add_explicit(&turns, 1, memory_order_relaxed) % partitions);
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
    char error[ERROR_BYTES];
    if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) {
        fail(name, error);
    }
}

static void set_number(rd_kafka_conf_t *conf, const char *name, long value)
{
    char text[32];
    snprintf(text, sizeof text, "%ld", value);
    set(conf, name, text);
}

static void set_as_told(rd_kafka_conf_t *conf, const struct options *options)
{
    set(conf, "acks", options->acks);
    set(conf, "enable.idempotence", options->idempotent ? "true" : "false");
    set(conf, "linger.ms", options->linger_ms);
    set(conf, "compression.codec", options->compression);
    set_number(conf, "batch.size", options->batch_bytes);
    set_number(conf, "message.max.bytes", options->max_request_bytes);
    set_number(conf, "queue.buffering.max.kbytes", options->buffer_bytes / 1024);
    /* Bytes are to be the only bound, of a batch and of all messages, as they are for the other clients. */
    set(conf, "queue.buffering.max.messages", "0");
    long most = options->batch_bytes / (long)options->size;
    if (most > BATCH_MESSAGES_DEFAULT) {
        set_number(conf, "batch.num.messages", most < BATCH_MESSAGES_MAX ? most : BATCH_MESSAGES_MAX);
    }
    if (options->spreads_each) {
        set(conf, "sticky.partitioning.linger.ms", "0"); /* else messages without a key stick to a partition, whatever the partitioner */
    }
}

static bool compresses(const struct options *options)
{
    return !options->own_defaults && strcmp(options->compression, "none") != 0;
}

static void open_client(struct load *load)
{
    char error[ERROR_BYTES];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", load->options.bootstrap);
    if (!load->options.own_defaults) {
        set_as_told(conf, &load->options);
    }
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    if (compresses(&load->options)) {
        set_number(conf, "statistics.interval.ms", STATISTICS_MS);
        rd_kafka_conf_set_stats_cb(conf, on_statistics);
    }
    load->producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
    if (load->producer == NULL) {
        fail("no producer", error);
    }
    rd_kafka_topic_conf_t *topic_conf = rd_kafka_default_topic_conf_dup(load->producer); /* with what was set above */
    if (takes_turns(&load->options)) {
        rd_kafka_topic_conf_set_partitioner_cb(topic_conf, next_partition);
    }
    load->topic = rd_kafka_topic_new(load->producer, load->options.topic, topic_conf);
    if (load->topic == NULL) {
        fail(load->options.topic, rd_kafka_err2str(rd_kafka_last_error()));
    }
}

/* Whether what was sent was compressed, as the statistics that come next tell. */
static bool has_compressed(const struct load *load)
{
    atomic_store(&sent_bytes, 0);
    int64_t end = nanos(CLOCK_MONOTONIC) + 10 * STATISTICS_MS * NANOS_PER_MILLI;
    while (atomic_load(&sent_bytes) == 0 && nanos(CLOCK_MONOTONIC) < end) {
        rd_kafka_poll(load->producer, STATISTICS_MS);
    }
    return atomic_load(&sent_bytes) != 0 && atomic_load(&sent_bytes) < atomic_load(&sent_message_bytes);
}

/* A value in quotes. Settings are words and numbers: what would need an escape is left out. */
static void print_setting(const char *name, const char *value)
{
    printf(",\"%s\":\"", name);
    for (const char *at = value; *at != '\0'; at++) {
        if (*at >= ' ' && *at != '"' && *at != '\\') {
            putchar(*at);
        }
    }
    putchar('"');
}

/* A callback cannot be read back as a setting: that it was asked for each message is looked at in the end. */
static void print_partitioner(const struct load *load, rd_kafka_topic_conf_t *topic_conf)
{
    char value[SETTING_BYTES];
    size_t size = sizeof value;
    if (takes_turns(&load->options)) {
        print_setting("partitioner", "next_partition");
    } else if (rd_kafka_topic_conf_get(topic_conf, "partitioner", value, &size) == RD_KAFKA_CONF_OK) {
        print_setting("partitioner", value);
    }
}

static void print_settings(const struct load *load)
{
    static const char *const SHOWN[] = {
        "acks",
        "enable.idempotence",
        "linger.ms",
        "batch.size",
        "batch.num.messages",
        "message.max.bytes",
        "queue.buffering.max.kbytes",
        "queue.buffering.max.messages",
        "max.in.flight.requests.per.connection",
        "compression.codec",
        "sticky.partitioning.linger.ms",
    };
    rd_kafka_t *producer = load->producer;
    rd_kafka_topic_conf_t *topic_conf = rd_kafka_default_topic_conf_dup(producer);
    printf("SETTINGS {\"version\":\"%s\"", rd_kafka_version_str());
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++) {
        char value[SETTING_BYTES];
        size_t size = sizeof value;
        if (rd_kafka_conf_get(rd_kafka_conf(producer), SHOWN[i], value, &size) != RD_KAFKA_CONF_OK &&
            rd_kafka_topic_conf_get(topic_conf, SHOWN[i], value, &size) != RD_KAFKA_CONF_OK) {
            fail(SHOWN[i], "cannot be read back");
        }
        print_setting(SHOWN[i], value);
    }
    print_partitioner(load, topic_conf);
    puts("}");
    fflush(stdout);
    rd_kafka_topic_conf_destroy(topic_conf);
}

/* --- The callers ----------------------------------------------------------------------------------------------------- */

/* Hands one message over, and waits while the queue is full. */
static void send_value(struct caller *caller, char *value, size_t size)
{
    struct load *load = caller->load;
    while (rd_kafka_produce(load->topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, value, size, NULL, 0, NULL) != 0) {
        if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            if (caller->refused++ == 0) {
                fprintf(stderr, "a message was refused: %s\n", rd_kafka_err2str(rd_kafka_last_error()));
            }
            return;
        }
        rd_kafka_poll(load->producer, QUEUE_FULL_POLL_MS);
    }
}

static void send_share(struct caller *caller)
{
    struct load *load = caller->load;
    size_t size = load->options.size;
    for (long i = 0; i < caller->messages; i++) {
        send_value(caller, load->values + (size_t)(i & (VALUES_DIFFERENT - 1)) * size, size);
        if ((i + 1) % MESSAGES_BETWEEN_POLLS == 0) {
            rd_kafka_poll(load->producer, 0);
        }
    }
}

static void *run_caller(void *argument)
{
    struct caller *caller = argument;
    while (true) {
        pthread_barrier_wait(&caller->load->start);
        if (caller->load->over) {
            return NULL;
        }
        int64_t before = nanos(CLOCK_THREAD_CPUTIME_ID);
        send_share(caller);
        caller->cpu_nanos = nanos(CLOCK_THREAD_CPUTIME_ID) - before;
        caller->tally = told;
        pthread_barrier_wait(&caller->load->end);
    }
}

static struct caller *start_callers(struct load *load)
{
    int count = load->options.callers;
    struct caller *callers = calloc((size_t)count, sizeof *callers);
    if (callers == NULL || pthread_barrier_init(&load->start, NULL, (unsigned)count + 1) != 0 ||
        pthread_barrier_init(&load->end, NULL, (unsigned)count + 1) != 0) {
        fail("callers", strerror(ENOMEM));
    }
    for (int i = 0; i < count; i++) {
        callers[i].load = load;
        callers[i].messages = load->options.messages / count + (i < load->options.messages % count);
        int error = pthread_create(&callers[i].thread, NULL, run_caller, &callers[i]);
        if (error != 0) {
            fail("callers", strerror(error));
        }
    }
    return callers;
}

/* --- Rounds ---------------------------------------------------------------------------------------------------------- */

static struct cost run_round(struct load *load, struct caller *callers)
{
    double messages = (double)load->options.messages;
    int64_t cpu = nanos(CLOCK_PROCESS_CPUTIME_ID);
    int64_t wall = nanos(CLOCK_MONOTONIC);
    pthread_barrier_wait(&load->start);
    pthread_barrier_wait(&load->end);
    if (rd_kafka_flush(load->producer, FLUSH_MS) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        fail("flush", "not everything was acknowledged in time");
    }
    wall = nanos(CLOCK_MONOTONIC) - wall;
    cpu = nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    int64_t caller_cpu = 0;
    for (int i = 0; i < load->options.callers; i++) {
        caller_cpu += callers[i].cpu_nanos;
    }
    return (struct cost){
        .messages_per_second = messages * (double)NANOS_PER_SECOND / (double)wall,
        .cpu_nanos = (double)cpu / messages,
        .caller_nanos = (double)caller_cpu / messages,
    };
}

/* Whether another round that does not count is wanted, and allowed: as the other clients' loops decide it, but that here no compilers are looked at. */
static bool warm_up_goes_on(const struct options *options, long rounds, int64_t begin)
{
    if (rounds < options->warm_ups) {
        return true;
    }
    bool is_allowed = (rounds + 1) * options->messages * (int64_t)options->size <= options->warm_up_bytes;
    return is_allowed && nanos(CLOCK_MONOTONIC) - begin < options->warm_up_seconds * NANOS_PER_SECOND;
}

/* Rounds that are not counted; gives their number. */
static long warm_up(struct load *load, struct caller *callers)
{
    int64_t begin = nanos(CLOCK_MONOTONIC);
    long rounds = 0;
    while (warm_up_goes_on(&load->options, rounds, begin)) {
        run_round(load, callers);
        rounds++;
    }
    return rounds;
}

static void end_callers(struct load *load, struct caller *callers)
{
    load->over = true;
    pthread_barrier_wait(&load->start);
    for (int i = 0; i < load->options.callers; i++) {
        pthread_join(callers[i].thread, NULL);
    }
}

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

/* The median of a field of the measured rounds; of an even number, the mean of the two in the middle. */
static double median(const struct load *load, const struct cost *costs, size_t field)
{
    size_t count = (size_t)load->options.rounds;
    double *sorted = malloc(count * sizeof *sorted);
    if (sorted == NULL) {
        fail("median", strerror(ENOMEM));
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(&sorted[i], (const char *)&costs[i] + field, sizeof *sorted);
    }
    qsort(sorted, count, sizeof *sorted, compare);
    double middle = count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
    free(sorted);
    return middle;
}

static struct tally total(const struct load *load, const struct caller *callers)
{
    struct tally sum = told; /* the main thread's, from the flushes */
    for (int i = 0; i < load->options.callers; i++) {
        sum.acknowledged += callers[i].tally.acknowledged;
        sum.failed += callers[i].tally.failed + callers[i].refused;
    }
    return sum;
}

int main(int argc, char **argv)
{
    struct load load = {.options = options_parse(argc, argv)};
    load.values = values_lines(load.options.size);
    struct cost *costs = calloc((size_t)load.options.rounds, sizeof *costs);
    if (load.values == NULL || costs == NULL) {
        fail("values", strerror(ENOMEM));
    }
    open_client(&load);
    print_settings(&load);

    struct caller *callers = start_callers(&load);
    long rounds = warm_up(&load, callers);
    for (int round = 0; round < load.options.rounds; round++) {
        costs[round] = run_round(&load, callers);
        rounds++;
    }
    end_callers(&load, callers);

    struct tally sum = total(&load, callers);
    printf("RESULT {\"messages_per_second\":%.0f,\"cpu_ns_per_message\":%.1f,\"caller_ns_per_message\":%.1f,"
           "\"acknowledged\":%" PRId64 ",\"failed\":%" PRId64 "}\n",
           median(&load, costs, offsetof(struct cost, messages_per_second)),
           median(&load, costs, offsetof(struct cost, cpu_nanos)),
           median(&load, costs, offsetof(struct cost, caller_nanos)), sum.acknowledged, sum.failed);

    if (takes_turns(&load.options) && atomic_load(&turns) < sum.acknowledged) {
        fail("partitioner", "the library did not ask for every message's partition");
    }
    if (compresses(&load.options) && !has_compressed(&load)) {
        fail("compression", "the library did not compress for this broker");
    }
    rd_kafka_topic_destroy(load.topic);
    rd_kafka_destroy(load.producer);
    free(callers);
    free(costs);
    free(load.values);
    bool complete = sum.acknowledged == load.options.messages * rounds;
    return sum.failed == 0 && complete ? EXIT_SUCCESS : EXIT_FAILURE;
}
