// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.LexMap;
import java.util.Optional;

/** How a video is doing, as the service says it. */
record VideoJob(String id, LexMap status) {

    private static final String FAILED = "JOB_STATE_FAILED";

    /**
     * Finds a job in an answer. The lexicon wraps it into a field; the service answers uploads without that, and those of a
     * video that it has already with an error that holds a job all the same.
     */
    static Optional<VideoJob> in(LexMap answer) {
        LexMap status = answer.getMap("jobStatus").orElse(answer);
        return status.getString("jobId").filter(id -> !id.isEmpty()).map(id -> new VideoJob(id, status));
    }

    String state() {
        return status.getString("state").orElse("");
    }

    /** Returns how far its state has come, from 0 to 100, or -1 if it does not tell. */
    int percent() {
        long percent = status.getLong("progress").orElse(-1L);
        return percent >= 0 && percent <= 100 ? (int) percent : -1;
    }

    Optional<BlobRef> blob() {
        return Optional.ofNullable(status.get("blob")).flatMap(BlobRef::of);
    }

    boolean failed() {
        return state().equals(FAILED);
    }

    VideoException failure() {
        String code = status.getString("failureCode")
                .or(() -> status.getString("error"))
                .orElse("generic_failure");
        return new VideoException(
                code,
                id,
                "the video service gave up job " + id + ": "
                        + status.getString("message")
                                .or(() -> status.getString("error"))
                                .orElse(code));
    }
}
