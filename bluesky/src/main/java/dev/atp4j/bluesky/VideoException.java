// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.bluesky;

import dev.atp4j.AtpException;
import java.util.Optional;

/** Thrown when the video service does not take a video, or cannot make anything of it. */
public final class VideoException extends AtpException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String jobId;

    VideoException(String code, String jobId, String message) {
        super(message, null);
        this.code = code;
        this.jobId = jobId;
    }

    /**
     * Returns what went wrong, in the service's words, such as {@code encoding_failure}; {@code timeout} if the video was not
     * ready in time, {@code cannot_upload} if the account may not upload it now.
     *
     * @return the word
     */
    public String code() {
        return code;
    }

    /**
     * Returns the job that handles the video, which {@link VideoUpload#await} can go on waiting for after a timeout.
     *
     * @return the job's identifier, or empty if there is none
     */
    public Optional<String> jobId() {
        return jobId.isEmpty() ? Optional.empty() : Optional.of(jobId);
    }
}
