// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.session.store;

import dev.atp4j.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells which files of a folder are replaced, added or removed, by looking at it again and again. That works on every file
 * system, and needs nothing that could run out or overflow, unlike the notices of the operating system.
 *
 * <p>Files are listed only after a change of the folder itself, which every file that is moved into place is, and for some
 * time after that, since the times of files may be coarse: what changes right after a look may bear the same time as what
 * that look has seen.
 */
final class FolderWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FolderWatch.class.getName());

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A look at very many files takes its time. The pauses are longer then, so that a tenth of a core does. */
    private static final int REST = 9;

    /** The coarsest times of files that are in use. */
    static final Duration COARSEST_TIMES = Duration.ofSeconds(2);

    private final PrivateFolder folder;
    private final String suffix;
    private final Time time;
    private final Consumer<String> changed;
    private final CountDownLatch ended = new CountDownLatch(1);

    private PrivateFolder.Stamp folderStamp;
    private long folderSince;
    private boolean settled;
    private Map<String, PrivateFolder.Stamp> files;
    private boolean failing;

    /**
     * Takes the first look. What changes from then on is told.
     *
     * @param suffix how the names end that are told
     * @param changed is told the names
     */
    FolderWatch(PrivateFolder folder, String suffix, Time time, Consumer<String> changed) throws IOException {
        this.folder = folder;
        this.suffix = suffix;
        this.time = time;
        this.changed = changed;
        this.folderStamp = folder.stamp();
        this.folderSince = time.nanos();
        this.files = folder.stamps(suffix);
    }

    /** Looks on a thread of its own, until it is closed. */
    void start() {
        var thread = new Thread(this::run, "atp4j-watch " + folder.path());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Duration pause = PAUSE;
        try {
            while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                long begin = time.nanos();
                look();
                pause = pauseAfter(Duration.ofNanos(time.nanos() - begin));
            }
        } catch (InterruptedException e) {
            // Nobody else knows this thread, so nobody wants it to go on.
        }
    }

    /** Returns how long to wait after a look that has taken so long. */
    static Duration pauseAfter(Duration look) {
        Duration rest = look.multipliedBy(REST);
        return rest.compareTo(PAUSE) > 0 ? rest : PAUSE;
    }

    /** Looks once. What cannot be seen now is seen when it can be again. */
    void look() {
        try {
            long now = time.nanos();
            PrivateFolder.Stamp stamp = folder.stamp();
            if (!stamp.equals(folderStamp)) {
                folderStamp = stamp;
                folderSince = now;
                settled = false;
            }
            if (!settled) {
                Map<String, PrivateFolder.Stamp> seen = folder.stamps(suffix);
                settled = now - folderSince > COARSEST_TIMES.toNanos();
                tellDifference(seen);
            }
            failing = false;
        } catch (IOException | StoreException e) {
            if (!failing) {
                LOG.log(System.Logger.Level.WARNING, "changes in {0} cannot be seen: {1}", folder.path(), e);
            }
            failing = true;
            settled = false;
        }
    }

    private void tellDifference(Map<String, PrivateFolder.Stamp> seen) {
        var gone = new HashMap<>(files);
        files = seen;
        seen.forEach((name, stamp) -> {
            if (!stamp.equals(gone.remove(name))) {
                changed.accept(name);
            }
        });
        gone.keySet().forEach(changed);
    }

    /** Ends it. A change may still be told while this returns. */
    @Override
    public void close() {
        ended.countDown();
    }
}
