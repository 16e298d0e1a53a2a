package dev.tubepost.cli;

import dev.tubepost.MessageTooLargeException;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.ProducerStoppedException;
import java.io.IOException;

/**
 * Takes line after line from the input to the producer. <em>Confined to the input thread.</em>
 *
 * <p>A line that the producer refuses fails alone, and the next one is taken. While the producer has no room this waits, which is what
 * keeps the memory flat whatever the input's size.
 */
final class Pump {

    /** Of a line that is too long, this much gets into the rejects. */
    private static final int KEPT_BYTES = 4 << 20;

    /** What can be kept of one line, whatever the producer takes: an array can hardly be larger, and no broker takes that much. */
    private static final int MOST_BYTES = 1 << 30;

    private final StoppableInput input;
    private final LineReader lines;
    private final Plan plan;
    private final Outlet outlet;
    private final Outcomes outcomes;
    private final Pacer pacer;

    /**
     * What to do with the lines. <em>Immutable.</em>
     *
     * @param format how a line becomes a message
     * @param maxMessageBytes what the producer takes at most
     * @param messagesPerSecond how fast, or 0: as fast as it goes
     */
    record Plan(LineFormat format, int maxMessageBytes, double messagesPerSecond) {

        /** A longer line cannot be sent, and only its head gets into memory; a line that is only a little too long is kept whole. */
        int maxLineBytes() {
            return Math.min(Math.max(maxMessageBytes, KEPT_BYTES), MOST_BYTES);
        }
    }

    Pump(StoppableInput input, Plan plan, Outlet outlet, Outcomes outcomes, Pacer pacer) {
        this.input = input;
        this.lines = new LineReader(input, plan.maxLineBytes());
        this.plan = plan;
        this.outlet = outlet;
        this.outcomes = outcomes;
        this.pacer = pacer;
    }

    /** Runs until the input ends or is stopped. */
    void run() throws IOException {
        while (lines.next() && !input.isStopped()) {
            pacer.awaitTurn();
            if (input.isStopped() || !take()) {
                return;
            }
        }
    }

    /** Takes one line; false if it was not taken because the run is to end. */
    private boolean take() {
        LineFormat.Fields fields = plan.format().parse(lines.array(), lines.offset(), lines.length());
        if (lines.isTruncated()) {
            return refuse(
                    new MessageTooLargeException(lines.lineBytes(), plan.maxMessageBytes(), "maxRequestSize"), fields);
        }
        while (!input.isStopped()) {
            try {
                outlet.send(fields);
                outcomes.tally().read(Outcomes.bytes(fields.key()) + Outcomes.bytes(fields.value()));
                return true;
            } catch (ProducerQueueFullException e) {
                // Nothing was queued. Every message leaves the queue by its delivery timeout at the latest, so there
                // will be room.
            } catch (ProducerInterruptedException e) {
                return false; // and the input is stopped: nobody else interrupts this thread
            } catch (ProducerStoppedException e) {
                throw new IllegalStateException("The producer was stopped while there was input left", e);
            } catch (RuntimeException e) {
                return refuse(e, fields);
            }
        }
        return false;
    }

    private boolean refuse(RuntimeException reason, LineFormat.Fields fields) {
        long bytes =
                lines.isTruncated() ? lines.lineBytes() : Outcomes.bytes(fields.key()) + Outcomes.bytes(fields.value());
        outcomes.tally().read(bytes);
        outcomes.refused(reason, fields, new Rejects.Line(lines.lineNumber(), bytes, lines.isTruncated()));
        return true;
    }
}
