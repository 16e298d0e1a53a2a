package dev.tubepost.bench.limit;

import java.util.List;

/**
 * What one connection sends in a round: a batch to each of the broker's partitions, so many times, and then to some of them once more.
 * <em>Immutable.</em>
 *
 * @param cycle the requests that send one batch to each partition
 * @param cycles how often
 * @param rest the requests that come last
 */
record Share(List<EncodedRequest> cycle, int cycles, List<EncodedRequest> rest) {

    int requests() {
        return cycle.size() * cycles + rest.size();
    }

    /** The requests in order, from 0. */
    EncodedRequest request(int number) {
        int inCycles = cycle.size() * cycles;
        return number < inCycles ? cycle.get(number % cycle.size()) : rest.get(number - inCycles);
    }
}
