/**
 * The {@code tubepost} command: lines in, messages out, and a receipt that tells what became of each of them.
 *
 * <p>Stages of {@code produce}: {@link dev.tubepost.cli.StoppableInput} gives bytes, {@link dev.tubepost.cli.LineReader} cuts lines,
 * {@link dev.tubepost.cli.LineFormat} makes key and value of each, {@link dev.tubepost.cli.Pump} hands them to the producer; the
 * producer's report thread tells {@link dev.tubepost.cli.Tally}, of which {@link dev.tubepost.cli.Receipt} is the last word.
 *
 * <p>Threads: <em>main</em> parses, connects, waits, and prints; <em>tubepost-input</em> reads and produces; the library's report
 * thread counts outcomes and writes rejects; the JVM's signal thread only sets flags, or ends the process.
 */
@NullMarked
package dev.tubepost.cli;

import org.jspecify.annotations.NullMarked;
