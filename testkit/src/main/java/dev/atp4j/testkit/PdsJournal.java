// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import dev.atp4j.pds.Journal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Not thrown, but attached to the failure of a test, so that it is printed with it wherever that is. */
final class PdsJournal extends Throwable {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 200;

    PdsJournal(List<Journal.Entry> entries) {
        super(text(entries), null, false, false);
    }

    private static String text(List<Journal.Entry> entries) {
        return "the PDS had " + entries.size() + " calls"
                + (entries.size() > MOST ? ", at last" : "")
                + entries.stream()
                        .skip(Math.max(0, entries.size() - MOST))
                        .map(PdsJournal::line)
                        .collect(Collectors.joining());
    }

    private static String line(Journal.Entry entry) {
        String account = entry.account();
        return String.format(
                "%n    %s %s %s%s%s",
                entry.at().truncatedTo(ChronoUnit.MILLIS),
                entry.status() == 0 ? "---" : entry.status(),
                entry.nsid(),
                account == null ? "" : " " + account,
                entry.faulted() ? " (with a fault)" : "");
    }

    /** Returns the calls, without a word about exceptions: this one is an attachment, and nothing went wrong in it. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
