// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.client;

import dev.atp4j.data.BlobRef;
import dev.atp4j.data.CarReader;
import dev.atp4j.data.JsonLines;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.http.RequestBody;
import dev.atp4j.http.TransportException;
import dev.atp4j.lex.LexObject;
import dev.atp4j.lex.PagedQuery;
import dev.atp4j.lex.RecordType;
import dev.atp4j.lex.Upload;
import dev.atp4j.lex.XrpcFunction;
import dev.atp4j.lex.XrpcMethod;
import dev.atp4j.lexicon.Lexicons;
import dev.atp4j.syntax.AtUri;
import dev.atp4j.syntax.Did;
import dev.atp4j.syntax.Nsid;
import dev.atp4j.syntax.RecordKey;
import dev.atp4j.syntax.TidClock;
import dev.atp4j.time.Time;
import dev.atp4j.xrpc.Agent;
import dev.atp4j.xrpc.XrpcDecodeException;
import dev.atp4j.xrpc.XrpcException;
import dev.atp4j.xrpc.XrpcRequest;
import dev.atp4j.xrpc.XrpcResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls the methods of the AT Protocol, and of whoever has lexicons, in types. Immutable and thread-safe.
 *
 * <pre>{@code
 * AtpClient client = AtpClient.of(session);
 * var page = client.call(app.bsky.feed.getTimeline, p -> p.limit(50));
 * }</pre>
 *
 * <p>Every call throws {@link dev.atp4j.xrpc.XrpcResponseException} if the server answers with an error,
 * {@link dev.atp4j.xrpc.XrpcDecodeException} if the answer is not of the method's kind, and
 * {@link dev.atp4j.http.TransportException} if there is none; {@link Attempt} gives the error instead. A session throws more,
 * see there. What in an answer is not as the lexicon says fails nothing, see {@link dev.atp4j.lex.ObjectType}.
 */
public final class AtpClient {

    /** The service that answers the methods of chat.bsky; an account's own server does not. */
    public static final String BSKY_CHAT = "did:web:api.bsky.chat#bsky_chat";

    private static final Nsid UPLOAD_BLOB = Nsid.parse("com.atproto.repo.uploadBlob");

    /** As many records as servers give at once. */
    private static final int LARGEST_PAGE = 100;

    private final Calls calls;
    private final Keys keys;

    private AtpClient(Calls calls, Keys keys) {
        this.calls = calls;
        this.keys = keys;
    }

    /**
     * Returns a client with the standard options.
     *
     * @param agent on whose behalf calls are sent; not closed by the client
     * @return the client
     */
    public static AtpClient of(Agent agent) {
        return builder(agent).build();
    }

    /**
     * Starts a client.
     *
     * @param agent on whose behalf calls are sent; not closed by the client
     * @return a builder
     */
    public static Builder builder(Agent agent) {
        return new Builder(agent);
    }

    /**
     * Returns a client that makes its calls otherwise. It is cheap enough for a single call:
     * {@code client.with(o -> o.timeout(limit)).call(...)}.
     *
     * @param options changes the options; starts with this client's own
     * @return the other client; this one stays as it is
     */
    public AtpClient with(Consumer<? super CallOptions.Builder> options) {
        CallOptions.Builder changed = calls.options().toBuilder();
        options.accept(changed);
        return new AtpClient(calls.using(changed.build()), keys);
    }

    /**
     * Returns the account that calls are made for.
     *
     * @return its DID, or empty if there is none
     */
    public Optional<Did> did() {
        return calls.sender().agent().did();
    }

    /** What the other classes of this package build on. */
    Calls calls() {
        return calls;
    }

    // ---- calls

    /**
     * Calls a method that needs to be told nothing.
     *
     * @param method the method
     * @return what it gives; null if it gives nothing
     * @throws IllegalStateException if it needs to be told something
     * @param <A> its parameters or input
     * @param <B> their builder
     * @param <O> what it gives
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>, O> O call(XrpcFunction<A, B, O> method) {
        return call(method, method.newArgument().build());
    }

    /**
     * Calls a method.
     *
     * @param method the method
     * @param argument sets its parameters or its input
     * @return what it gives; null if it gives nothing
     * @param <A> its parameters or input
     * @param <B> their builder
     * @param <O> what it gives
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>, O> O call(
            XrpcFunction<A, B, O> method, Consumer<? super B> argument) {
        return call(method, built(method, argument));
    }

    /**
     * Calls a method.
     *
     * @param method the method
     * @param argument its parameters or its input
     * @param options for this call alone; usually none, or one; of several, later ones come on top
     * @return what it gives; null if it gives nothing
     * @param <A> its parameters or input
     * @param <B> their builder
     * @param <O> what it gives
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>, O> O call(
            XrpcFunction<A, B, O> method, A argument, CallOptions... options) {
        Calls with = calls.with(options);
        return with.value(method(method), with.send(with.request(method, argument)));
    }

    /**
     * Calls an action, as if it were a method.
     *
     * @param action the action
     * @param argument what it takes
     * @return what it gives
     * @param <A> what it takes
     * @param <R> what it gives
     */
    public <A, R> R call(Action<A, R> action, A argument) {
        return action.run(this, argument);
    }

    /**
     * Calls a procedure that takes bytes.
     *
     * @param method the procedure
     * @param body the bytes
     * @param params sets its parameters
     * @return what it gives; null if it gives nothing
     * @param <P> its parameters
     * @param <B> their builder
     * @param <O> what it gives
     */
    public <P extends LexObject, B extends LexObject.Builder<P, B>, O> O call(
            Upload<P, B, O> method, RequestBody body, Consumer<? super B> params) {
        return exchange(method, body, params).value();
    }

    // ---- results

    /**
     * Calls a method, and gives all there is to know of its answer.
     *
     * @param method the method
     * @param argument sets its parameters or its input
     * @return the result
     * @param <A> its parameters or input
     * @param <B> their builder
     * @param <O> what it gives
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>, O> XrpcResult<O> exchange(
            XrpcFunction<A, B, O> method, Consumer<? super B> argument) {
        return exchange(method, built(method, argument));
    }

    /**
     * Calls a method, and gives all there is to know of its answer.
     *
     * @param method the method
     * @param argument its parameters or its input
     * @param options for this call alone; usually none, or one; of several, later ones come on top
     * @return the result
     * @param <A> its parameters or input
     * @param <B> their builder
     * @param <O> what it gives
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>, O> XrpcResult<O> exchange(
            XrpcFunction<A, B, O> method, A argument, CallOptions... options) {
        Calls with = calls.with(options);
        return with.result(method(method), with.send(with.request(method, argument)));
    }

    /**
     * Calls a procedure that takes bytes, and gives all there is to know of its answer.
     *
     * @param method the procedure
     * @param body the bytes
     * @param params sets its parameters
     * @return the result
     * @param <P> its parameters
     * @param <B> their builder
     * @param <O> what it gives
     */
    public <P extends LexObject, B extends LexObject.Builder<P, B>, O> XrpcResult<O> exchange(
            Upload<P, B, O> method, RequestBody body, Consumer<? super B> params) {
        B builder = method.newParams();
        params.accept(builder);
        return calls.result(method, calls.send(calls.request(method, builder.build(), body)));
    }

    // ---- streams

    /**
     * Calls a method and leaves its answer on the wire, for what is too large for memory.
     *
     * @param method the method
     * @param argument sets its parameters or its input
     * @return the answer, to be read once and closed
     * @param <A> its parameters or input
     * @param <B> their builder
     * @throws dev.atp4j.xrpc.XrpcDecodeException if the answer is of another media type than the method's
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>> XrpcResponse stream(
            XrpcFunction<A, B, ?> method, Consumer<? super B> argument) {
        XrpcRequest request = calls.request(method, built(method, argument));
        return calls.streamed(
                method(method), calls.send(request.toBuilder().streaming().build()));
    }

    /**
     * Calls a method that answers with an archive of blocks, such as a repository, and reads it block by block.
     *
     * @param method the method
     * @param argument sets its parameters or its input
     * @return the archive, to be closed
     * @param <A> its parameters or input
     * @param <B> their builder
     * @throws dev.atp4j.xrpc.XrpcDecodeException if the answer is no archive
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>> CarReader car(
            XrpcFunction<A, B, byte[]> method, Consumer<? super B> argument) {
        return Streams.car(method.nsid(), stream(method, argument));
    }

    /**
     * Calls a method that answers with JSON objects, one a line, and reads them one by one.
     *
     * @param method the method
     * @param argument sets its parameters or its input
     * @return the objects, to be closed
     * @param <A> its parameters or input
     * @param <B> their builder
     * @throws dev.atp4j.xrpc.XrpcDecodeException if the answer is of another media type
     */
    public <A extends LexObject, B extends LexObject.Builder<A, B>> JsonLines lines(
            XrpcFunction<A, B, byte[]> method, Consumer<? super B> argument) {
        return Streams.lines(stream(method, argument));
    }

    // ---- by name

    /**
     * Calls a query by its name.
     *
     * @param nsid its name
     * @param params its parameters
     * @return the answer
     * @throws dev.atp4j.syntax.SyntaxException if the name is no NSID
     */
    public LexMap get(String nsid, Params params) {
        return send(calls.query(nsid, params)).json();
    }

    /**
     * Calls a procedure by its name.
     *
     * @param nsid its name
     * @param input its input
     * @return the answer; an empty map if it has no body
     * @throws dev.atp4j.syntax.SyntaxException if the name is no NSID
     */
    public LexMap post(String nsid, LexMap input) {
        XrpcResponse response = send(calls.procedure(nsid, input));
        return response.bytes().length == 0 ? LexMap.empty() : response.json();
    }

    /**
     * Sends any request with this client's options; what the request says itself comes first.
     *
     * @param request the request
     * @return the answer, with a 2xx status
     */
    public XrpcResponse send(XrpcRequest request) {
        return calls.send(request);
    }

    // ---- pages

    /**
     * Asks for the pages of a query, one by one as they are looked at.
     *
     * @param query the query
     * @param params sets its parameters; a cursor says where to begin
     * @return the pages; nothing is asked for yet
     * @param <P> its parameters
     * @param <B> their builder
     * @param <O> a page
     * @param <I> an item
     */
    public <P extends LexObject, B extends LexObject.Builder<P, B>, O extends LexObject, I> Pages<O, I> pages(
            PagedQuery<P, B, O, I> query, Consumer<? super B> params) {
        return Pages.of(calls, query, built(query, params));
    }

    /**
     * Asks for the items of a query, page by page as they are looked at.
     *
     * @param query the query
     * @param params sets its parameters; {@code limit} is the size of a page, a cursor says where to begin
     * @return the items; nothing is asked for yet
     * @param <P> its parameters
     * @param <B> their builder
     * @param <O> a page
     * @param <I> an item
     */
    public <P extends LexObject, B extends LexObject.Builder<P, B>, O extends LexObject, I> Stream<I> items(
            PagedQuery<P, B, O, I> query, Consumer<? super B> params) {
        return pages(query, params).items();
    }

    // ---- blobs

    /**
     * Uploads a file to the account's own server, read while it is sent; what it is, its first bytes tell. See {@link Blobs} for
     * the way back.
     *
     * @param file the file; it must not change meanwhile
     * @return the blob, to be put into a record soon: the server forgets one that no record mentions
     * @throws IOException if the file's size cannot be read
     * @throws XrpcException if the server answers with an error, or with something that is no XRPC
     * @throws TransportException if there is no answer, or the file cannot be read
     */
    public BlobRef uploadBlob(Path file) throws IOException {
        return uploadBlob(BlobUpload.of(file));
    }

    /**
     * Uploads bytes to the account's own server.
     *
     * @param upload the bytes, and what is known of them
     * @return the blob, to be put into a record soon: the server forgets one that no record mentions
     * @throws IllegalArgumentException if the field that it is for does not allow it; nothing was sent
     * @throws XrpcException if the server answers with an error, or with something that is no XRPC
     * @throws TransportException if there is no answer, or the bytes cannot be read
     */
    public BlobRef uploadBlob(BlobUpload upload) {
        XrpcRequest request =
                XrpcRequest.procedure(UPLOAD_BLOB).body(upload.body()).build();
        // Its name is its content: who uploads it twice has uploaded it once.
        LexValue blob = calls.sendOwn(request, true).json().get("blob");
        return Optional.ofNullable(blob)
                .flatMap(BlobRef::of)
                .orElseThrow(() -> new XrpcDecodeException(UPLOAD_BLOB, "the answer has no blob", null));
    }

    // ---- records

    /**
     * Creates a record in the account's repository. Its key is the one that its lexicon names, or a new TID. If it is not
     * known whether it was created, that is found out; it is never created twice.
     *
     * @param type its type
     * @param record the record
     * @return where it is
     * @param <T> the generated class
     * @throws IllegalArgumentException if the lexicon wants a key that cannot be made up
     * @throws IllegalStateException if the client acts for no account
     */
    public <T extends LexObject> WrittenRecord create(RecordType<T> type, T record) {
        return create(type, record, o -> {});
    }

    /**
     * Creates a record in the account's repository, as {@link #create(RecordType, LexObject)} does.
     *
     * @param type its type
     * @param record the record
     * @param options sets a key, or other terms
     * @return where it is
     * @param <T> the generated class
     */
    public <T extends LexObject> WrittenRecord create(
            RecordType<T> type, T record, Consumer<? super WriteOptions> options) {
        return writes().create(type, record, options);
    }

    /**
     * Returns the record of a type of which the account's repository has one.
     *
     * @param type its type, whose lexicon names the key
     * @return the record
     * @param <T> the generated class
     * @throws IllegalArgumentException if the lexicon names no key
     * @throws dev.atp4j.xrpc.XrpcResponseException with the error {@code RecordNotFound} if there is none
     * @throws dev.atp4j.xrpc.XrpcDecodeException if there is one of another type
     */
    public <T extends LexObject> StoredRecord<T> get(RecordType<T> type) {
        return get(type, uri(type, keys.only(type).value()));
    }

    /**
     * Returns a record of the account's repository.
     *
     * @param type its type
     * @param rkey its key
     * @return the record
     * @param <T> the generated class
     * @throws dev.atp4j.xrpc.XrpcResponseException with the error {@code RecordNotFound} if there is none
     * @throws dev.atp4j.xrpc.XrpcDecodeException if there is one of another type
     */
    public <T extends LexObject> StoredRecord<T> get(RecordType<T> type, String rkey) {
        return get(type, uri(type, rkey));
    }

    /**
     * Returns a record of any repository. The account's server is asked; not all servers have records of accounts that are
     * elsewhere.
     *
     * @param type its type
     * @param uri its address
     * @return the record
     * @param <T> the generated class
     * @throws IllegalArgumentException if it is no address of a record of this type
     * @throws dev.atp4j.xrpc.XrpcResponseException with the error {@code RecordNotFound} if there is none
     * @throws dev.atp4j.xrpc.XrpcDecodeException if there is one of another type
     */
    public <T extends LexObject> StoredRecord<T> get(RecordType<T> type, AtUri uri) {
        return records().get(type, uri);
    }

    /**
     * Writes the record of a type of which a repository has one, whether or not there is one already.
     *
     * @param type its type, whose lexicon names the key
     * @param record the record
     * @return where it is
     * @param <T> the generated class
     * @throws IllegalArgumentException if the lexicon names no key
     */
    public <T extends LexObject> WrittenRecord put(RecordType<T> type, T record) {
        return put(type, keys.only(type).value(), record);
    }

    /**
     * Writes a record under a key, whether or not there is one already.
     *
     * @param type its type
     * @param rkey its key
     * @param record the record
     * @return where it is
     * @param <T> the generated class
     */
    public <T extends LexObject> WrittenRecord put(RecordType<T> type, String rkey, T record) {
        return put(type, rkey, record, o -> {});
    }

    /**
     * Writes a record under a key, on terms.
     *
     * @param type its type
     * @param rkey its key
     * @param record the record
     * @param options sets the terms, such as {@link WriteOptions#swapRecord}
     * @return where it is
     * @param <T> the generated class
     */
    public <T extends LexObject> WrittenRecord put(
            RecordType<T> type, String rkey, T record, Consumer<? super WriteOptions> options) {
        return writes().put(type, RecordKey.parse(rkey), record, options);
    }

    /**
     * Deletes a record.
     *
     * @param type its type
     * @param rkey its key
     * @return the change of the repository; empty if there was no such record, or if the answer was lost and it was found
     *     to be gone
     */
    public Optional<Commit> delete(RecordType<?> type, String rkey) {
        return delete(type, rkey, o -> {});
    }

    /**
     * Deletes a record, on terms.
     *
     * @param type its type
     * @param rkey its key
     * @param options sets the terms, such as {@link WriteOptions#swapRecord}
     * @return the change of the repository, or empty as above
     */
    public Optional<Commit> delete(RecordType<?> type, String rkey, Consumer<? super WriteOptions> options) {
        return writes().delete(type, RecordKey.parse(rkey), options);
    }

    /**
     * Changes a record: reads it, changes it, and writes it unless somebody else has written meanwhile; then it starts
     * again, up to ten times. What the class does not know stays, as long as the change starts with
     * {@link LexObject#toMap what was read}, as {@code toBuilder()} does.
     *
     * @param type its type
     * @param rkey its key
     * @param change gives the record to write; called once or more; if it changes nothing, nothing is written
     * @return where it is, and what it is now
     * @param <T> the generated class
     * @throws dev.atp4j.xrpc.XrpcResponseException with the error {@code RecordNotFound} if there is none, or
     *     {@code InvalidSwap} if others were always faster
     */
    public <T extends LexObject> WrittenRecord update(RecordType<T> type, String rkey, UnaryOperator<T> change) {
        return updates().run(type, RecordKey.parse(rkey), null, change);
    }

    /**
     * Changes a record, or makes one if there is none, otherwise as {@link #update(RecordType, String, UnaryOperator)}.
     *
     * @param type its type
     * @param rkey its key
     * @param absent gives what to change if there is no record
     * @param change gives the record to write; called once or more
     * @return where it is, and what it is now
     * @param <T> the generated class
     */
    public <T extends LexObject> WrittenRecord update(
            RecordType<T> type, String rkey, Supplier<? extends T> absent, UnaryOperator<T> change) {
        return updates().run(type, RecordKey.parse(rkey), absent, change);
    }

    /**
     * Makes several changes of the account's repository, all or none.
     *
     * @param writes names the changes
     * @return the records that were created or updated, in their order; deletions have no entry
     */
    public List<WrittenRecord> applyWrites(Consumer<? super Writes> writes) {
        return writes().apply(writes);
    }

    /**
     * Lists some records of a collection, the newest first.
     *
     * @param type their type
     * @param query says which
     * @return a page; a record that is not of its type fails nothing
     * @param <T> the generated class
     */
    public <T extends LexObject> RecordPage<T> list(RecordType<T> type, Consumer<? super RecordQuery> query) {
        return records().list(type, query);
    }

    /**
     * Returns all records of a collection of the account's repository, the newest first, asking for page by page as they are
     * looked at.
     *
     * @param type their type
     * @return the records; nothing is asked for yet
     * @param <T> the generated class
     */
    public <T extends LexObject> Stream<StoredRecord<T>> records(RecordType<T> type) {
        return records(type, q -> q.limit(LARGEST_PAGE));
    }

    /**
     * Returns all records of a collection, asking for page by page as they are looked at.
     *
     * @param type their type
     * @param query says which; its limit is the size of a page
     * @return the records; nothing is asked for yet
     * @param <T> the generated class
     */
    public <T extends LexObject> Stream<StoredRecord<T>> records(
            RecordType<T> type, Consumer<? super RecordQuery> query) {
        return records().pages(type, query).items();
    }

    /**
     * Makes a key for a new record, so that others can refer to it before it is written.
     *
     * @return a TID that no record of the account has
     */
    public String newKey() {
        return keys.next().value();
    }

    /**
     * Returns the address of a record of the account's.
     *
     * @param type its type
     * @param rkey its key
     * @return the address
     */
    public AtUri uri(RecordType<?> type, String rkey) {
        return new AtUri(calls.own(), type.nsid(), RecordKey.parse(rkey));
    }

    private Records records() {
        return new Records(calls);
    }

    private RecordWrites writes() {
        return new RecordWrites(calls, keys);
    }

    private RecordUpdate updates() {
        return new RecordUpdate(calls, records(), writes());
    }

    private static <A extends LexObject, B extends LexObject.Builder<A, B>> A built(
            XrpcFunction<A, B, ?> method, Consumer<? super B> argument) {
        B builder = method.newArgument();
        argument.accept(builder);
        return builder.build();
    }

    /** Functions are methods; the compiler cannot know, since one is an interface. */
    @SuppressWarnings("unchecked")
    private static <O> XrpcMethod<O> method(XrpcFunction<?, ?, O> function) {
        return (XrpcMethod<O>) function;
    }

    /** Builds an {@link AtpClient}. Confined to one thread. */
    public static final class Builder {

        private final Agent agent;
        private final CallOptions.Builder options = CallOptions.builder();
        private final Map<String, String> services = new TreeMap<>(Map.of("chat.bsky", BSKY_CHAT));
        private @Nullable Lexicons lexicons;
        private Time time = Time.system();
        private RandomGenerator random = RandomGenerator.getDefault();

        private Builder(Agent agent) {
            this.agent = Objects.requireNonNull(agent, "agent");
        }

        /**
         * Changes how all calls are made.
         *
         * @param change changes the options
         * @return this builder
         */
        public Builder options(Consumer<? super CallOptions.Builder> change) {
            change.accept(options);
            return this;
        }

        /**
         * Names the service that the methods of a namespace are passed on to. One with a longer name counts more; options
         * count most. Methods of {@code chat.bsky} go to {@link #BSKY_CHAT} without being told.
         *
         * @param namespace how the methods' names begin, whole segments, such as {@code chat.bsky}
         * @param service the service's DID and fragment
         * @return this builder
         * @throws dev.atp4j.syntax.SyntaxException if the service is not a DID with a fragment
         */
        public Builder proxyFor(String namespace, String service) {
            CallOptions.builder().proxy(service);
            services.put(namespace, service);
            return this;
        }

        /**
         * Has the account's own server answer the methods of a namespace.
         *
         * @param namespace how the methods' names begin, whole segments, such as {@code chat.bsky}
         * @return this builder
         */
        public Builder noProxyFor(String namespace) {
            services.put(namespace, Routes.NONE);
            return this;
        }

        /**
         * Replaces the lexicons that {@linkplain CallOptions.Builder#validate validation} goes by. By default they are those on
         * the class path, which generated jars bring along.
         *
         * @param lexicons the lexicons
         * @return this builder
         */
        public Builder lexicons(Lexicons lexicons) {
            this.lexicons = lexicons;
            return this;
        }

        /**
         * Replaces the clocks.
         *
         * @param time where the client takes its time from
         * @return this builder
         */
        public Builder time(Time time) {
            this.time = time;
            return this;
        }

        /**
         * Replaces chance, which spreads pauses and numbers the clock of record keys.
         *
         * @param random where the client takes its randomness from; used by many threads at once
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /**
         * Returns the client. The builder may be used further.
         *
         * @return the client
         */
        public AtpClient build() {
            var sender = new Sender(agent, time, random);
            return new AtpClient(
                    new Calls(sender, new Routes(services), new Validation(lexicons), options.build()),
                    new Keys(new TidClock(time, random)));
        }
    }
}
