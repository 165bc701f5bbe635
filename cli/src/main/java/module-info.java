// SPDX-License-Identifier: MIT OR Apache-2.0

/** The {@code atp} command. */
@org.jspecify.annotations.NullMarked
module dev.atp4j.cli {
    requires static org.jspecify;
    requires dev.atp4j.core;
    requires dev.atp4j.lexicon;
    requires dev.atp4j.lexicon.generator;
    requires dev.atp4j.session;
    requires dev.atp4j.pds;
    requires info.picocli;

    opens dev.atp4j.cli to
            info.picocli;

    provides java.lang.System.LoggerFinder with
            dev.atp4j.cli.OneLineLogs;
}
