// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.cli;

/** What the exit status of the command means to a script. */
final class ExitCode {

    static final int OK = 0;

    /** It did not work, and neither waiting nor another login is known to help. */
    static final int FAILED = 1;

    /** The command line, or something that it names, is wrong; nothing was done. */
    static final int USAGE = 2;

    /** There is no session to work with: none is stored, or it is over. */
    static final int NO_SESSION = 3;

    /** Passing trouble with network or server; the same command may work later. */
    static final int TRY_LATER = 4;

    /** The service does not let the account in, or not without a sign-in code. */
    static final int LOGIN_REFUSED = 5;

    private ExitCode() {}
}
