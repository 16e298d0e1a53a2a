package dev.tubepost.cluster;

/** A message as it was read back. <em>Immutable.</em> */
record Found(int partition, long offset, String value) {}
