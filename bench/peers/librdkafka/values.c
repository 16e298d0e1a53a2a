#include "values.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* More than one object of a line takes, with the 0 at its end. */
#define OBJECT_MAX 64

/* java.util.Random, as its Javadoc defines it: a linear congruential generator of 48 bits. */
#define MULTIPLIER UINT64_C(0x5DEECE66D)
#define INCREMENT UINT64_C(0xB)
#define MASK ((UINT64_C(1) << 48) - 1)

static uint64_t seeded(uint64_t seed)
{
    return (seed ^ MULTIPLIER) & MASK;
}

static uint32_t next31(uint64_t *state)
{
    *state = (*state * MULTIPLIER + INCREMENT) & MASK;
    return (uint32_t)(*state >> (48 - 31));
}

/* Random.nextInt(bound), for a bound that is no power of two: what would make some numbers likelier is drawn again. */
static uint32_t next_below(uint64_t *state, uint32_t bound)
{
    uint32_t drawn;
    uint32_t number;
    do {
        drawn = next31(state);
        number = drawn % bound;
    } while (drawn - number + (bound - 1) > INT32_MAX);
    return number;
}

char *values_lines(size_t size)
{
    char *values = malloc(size * VALUES_DIFFERENT);
    char *line = malloc(size + OBJECT_MAX);
    if (values == NULL || line == NULL) {
        free(values);
        free(line);
        return NULL;
    }
    uint64_t state = seeded(1);
    for (size_t i = 0; i < VALUES_DIFFERENT; i++) {
        size_t length = 0;
        while (length < size) {
            uint32_t id = next_below(&state, 1000000);
            uint32_t user = next_below(&state, 5000);
            uint32_t amount = next_below(&state, 10000);
            length += (size_t)snprintf(line + length, OBJECT_MAX,
                                       "{\"id\":%" PRIu32 ",\"user\":\"u%" PRIu32 "\",\"amount\":%" PRIu32 "}", id,
                                       user, amount);
        }
        memcpy(values + i * size, line, size);
    }
    free(line);
    return values;
}
