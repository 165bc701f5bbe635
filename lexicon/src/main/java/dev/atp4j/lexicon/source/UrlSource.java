// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.source;

import dev.atp4j.data.DataException;
import dev.atp4j.data.LexBytes;
import dev.atp4j.data.LexJson;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.Headers;
import dev.atp4j.http.HttpTransport;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.http.TransportRequest;
import dev.atp4j.http.TransportRequest.Reach;
import dev.atp4j.http.TransportResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an address has. */
record UrlSource(URI address, HttpTransport transport) implements LexiconSource {

    private static final int MAX_BODY = 32 * 1024 * 1024;
    private static final int MAX_REDIRECTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    UrlSource {
        boolean http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        if (!http || address.getHost() == null || address.getRawUserInfo() != null) {
            // It is not shown, since it may hold a password.
            throw new IllegalArgumentException("lexicons are fetched from http and https addresses without a password");
        }
    }

    @Override
    public List<LexiconFile> files() {
        byte[] body = get();
        try {
            if (Archive.isOne(body)) {
                return Archive.read(name(), new ByteArrayInputStream(body));
            }
            if (!startsWith(body, '[')) {
                return List.of(new LexiconFile(name(), LexBytes.of(body)));
            }
            var files = new ArrayList<LexiconFile>();
            LexList list = (LexList) LexJson.parseLenient(body);
            for (LexValue document : list) {
                files.add(new LexiconFile(name() + "#" + files.size(), LexBytes.of(LexJson.write(document))));
            }
            return files;
        } catch (IOException | DataException e) {
            throw new SourceException(name() + " is neither a lexicon nor an archive: " + e.getMessage(), e);
        }
    }

    /** Returns the address without what may be a key to it. */
    private String name() {
        String text = address.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    private byte[] get() {
        URI uri = address;
        Reach reach = Reach.ANY;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            var request = new TransportRequest(
                    "GET",
                    uri,
                    Headers.of("accept", "application/json, application/zip, */*"),
                    RequestBody.empty(),
                    PATIENCE,
                    reach);
            try (TransportResponse response = transport.send(request)) {
                int status = response.status();
                if (status / 100 == 2) {
                    return limited(response);
                }
                String location = response.headers().first("location").orElse("");
                if (status / 100 != 3 || location.isEmpty()) {
                    throw new SourceException(name() + " answered with status " + status, null);
                }
                URI target = uri.resolve(location);
                if (!sameOrigin(uri, target)) {
                    if (!"https".equalsIgnoreCase(target.getScheme()) || target.getRawUserInfo() != null) {
                        throw new SourceException(name() + " redirects away from https", null);
                    }
                    // Who redirects may not choose addresses in our own network.
                    reach = Reach.PUBLIC;
                }
                uri = target;
            } catch (IOException e) {
                throw new TransportException(
                        TransportException.Kind.BROKEN, true, "the answer of " + uri.getHost() + " broke off", e);
            } catch (IllegalArgumentException e) {
                throw new SourceException(name() + " redirects to what is no address", e);
            }
        }
        throw new SourceException(name() + " redirects more than " + MAX_REDIRECTS + " times", null);
    }

    private byte[] limited(TransportResponse response) throws IOException {
        byte[] body = response.body().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new SourceException(name() + " has more than " + MAX_BODY + " bytes", null);
        }
        return body;
    }

    private static boolean startsWith(byte[] body, char c) {
        int at = 0;
        while (at < body.length && body[at] <= ' ' && body[at] >= 0) {
            at++;
        }
        return at < body.length && body[at] == c;
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }
}
