// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.http.apache;

import dev.atp4j.fuzz.Must;
import dev.atp4j.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * The header of an answer on the wire, for the Apache transport: it is read whole or refused as its interface declares, and one that
 * was read names no field that could not be sent on.
 */
public final class HeadTarget implements Target {

    @Override
    public void accept(byte[] input) throws IOException {
        var buffer = new SessionInputBufferImpl(8 * 1024, HeadParser.LIMITS.getMaxLineLength());
        try {
            ClassicHttpResponse response = new HeadParser().parse(buffer, new ByteArrayInputStream(input));
            if (response == null) {
                return;
            }
            Must.hold(response.getHeaders().length <= HeadParser.LIMITS.getMaxHeaderCount(), "fields are counted");
            for (Header field : response.getHeaders()) {
                Must.hold(
                        field.getName().indexOf('\n') < 0
                                && String.valueOf(field.getValue()).indexOf('\n') < 0,
                        "a field is one line");
            }
        } catch (IOException | HttpException e) {
            // As its interface declares.
        }
    }
}
